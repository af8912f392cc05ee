"""Public keys in inventory/hostkeys.yaml and its like: proposing a change to it, and the lab's way of making one."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from netctl.errors import InvalidNetwork, NetworkNotWritten
from netctl.inventory import files
from netctl.inventory.documents import HostKeysDocument
from netctl.inventory.findings import Problem
from netctl.inventory.places import findings
from netctl.inventory.yamlreader import Unreadable, parse

HostKeys = Mapping[str, Sequence[str]]

_EMPTY = "{}"


def hostkeys_patch(root: Path, found: HostKeys, file: str = files.HOST_KEYS) -> str:
    """A unified diff that gives the devices in `found` exactly these keys, for `patch -p1`; "" without a difference.

    Raises `InvalidNetwork` where the file cannot be read.
    """
    before, after = _before_and_after(root, found, file)
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{file}", f"b/{file}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def write_hostkeys(root: Path, mapping: HostKeys, file: str = files.HOST_KEYS) -> None:
    """Give the devices in `mapping` exactly these keys, in the file itself. The lab may; a person applies a patch."""
    text = _before_and_after(root, mapping, file)[1]
    path = root / file
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        message = f"the host keys could not be written: {error}"
        raise NetworkNotWritten(message, where=file) from error


def _before_and_after(root: Path, found: HostKeys, file: str) -> tuple[str, str]:
    try:
        before = "" if file != files.HOST_KEYS and not (root / file).exists() else files.read_text(root, file)
        return before, _text(before, found, file)
    except Unreadable as error:
        problem = error.problem
    except msgspec.ValidationError as error:
        problem = Problem("NETCTL-E0109", file, (), "", str(error), "`netctl validate` says where")
    raise InvalidNetwork(problem.message, findings=findings([problem], {}), where=file)


def _text(before: str, found: HostKeys, file: str) -> str:
    """The file's text with the keys in `found` laid over those it holds; the comment at its head stays."""
    known = msgspec.convert(parse(before, file) or {}, HostKeysDocument)
    merged = known | {name: list(each) for name, each in found.items()}
    keys = {name: each for name, each in merged.items() if each}
    head: list[str] = []
    for line in before.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        head.append(line)
    body = [line for name in sorted(keys) for line in (f"{name}:", *(f"  - {key}" for key in keys[name]))]
    return "\n".join([*head, *(body or [_EMPTY])]) + "\n"

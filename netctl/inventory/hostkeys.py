"""The routers' public keys in inventory/hostkeys.yaml: proposing a change to it, and the lab's way of making one."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from netctl.inventory import files
from netctl.inventory.yamlreader import parse

HostKeys = Mapping[str, Sequence[str]]

_EMPTY = "{}"


def hostkeys_patch(root: Path, found: HostKeys) -> str:
    """A unified diff that gives the devices in `found` exactly these keys, for `patch -p1`; "" where nothing differs."""
    before = files.read_text(root, files.HOST_KEYS)
    after = _text(before, found)
    name = files.HOST_KEYS
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def write_hostkeys(root: Path, mapping: HostKeys) -> None:
    """Give the devices in `mapping` exactly these keys, in the file itself. The lab may; a person applies a patch."""
    text = _text(files.read_text(root, files.HOST_KEYS), mapping)
    path = root / files.HOST_KEYS
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _text(before: str, found: HostKeys) -> str:
    """The file's text with the keys in `found` laid over those it holds; the comment at its head stays."""
    known = parse(before, files.HOST_KEYS) or {}
    keys = {
        name: list(each) for name, each in (known | {name: list(each) for name, each in found.items()}).items() if each
    }
    head: list[str] = []
    for line in before.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        head.append(line)
    body = [line for name in sorted(keys) for line in (f"{name}:", *(f"  - {key}" for key in keys[name]))]
    return "\n".join([*head, *(body or [_EMPTY])]) + "\n"

"""Files of other programs as rows: CSV as `export` writes it, NetBox's prefixes, addresses and VRFs as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from netctl.errors import ImportRefused

LARGEST = 256 * 1024 * 1024
"""Octets of a file: a NetBox of a million prefixes."""

_MARK = "\ufeff"
_NESTED = ("slug", "value", "name", "display", "label")


class Row(NamedTuple):
    """One line of a file. `names` is what it says beside the prefix, by NetBox's words in lower case."""

    file: str
    line: int
    kind: Literal["ledger", "prefix", "address"]
    prefix: str
    vrf: str
    names: Mapping[str, str]


class Table(NamedTuple):
    """What one file holds: rows, and the names of VRFs by what they are also called (route distinguisher, name)."""

    rows: tuple[Row, ...]
    vrfs: Mapping[str, str]


def read(path: Path) -> Table:
    """One file as rows; raises `ImportRefused` where it cannot be read or is none of the forms known here."""
    try:
        if path.stat().st_size > LARGEST:
            raise ImportRefused(f"the file is larger than {LARGEST >> 20} MiB", where=str(path))
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused("the file is not UTF-8", where=str(path)) from error
    except OSError as error:
        raise ImportRefused(error.strerror or str(error), where=str(path)) from error
    if text.lstrip()[:1] in {"[", "{"}:
        return _of(str(path), _json(text, str(path)))
    return _of(str(path), _csv(text, str(path)))


def _csv(text: str, file: str) -> list[tuple[int, dict[str, str]]]:
    """Line and columns of each record; names of columns in one form: ``IP Address`` is ``ip_address``."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    found: list[tuple[int, dict[str, str]]] = []
    try:
        heads = [_word(each) for each in next(reader, [])]
        found.extend(
            (reader.line_num, dict(zip(heads, (cell.strip() for cell in cells), strict=False)))
            for cells in reader
            if any(cells)
        )
    except csv.Error as error:
        raise ImportRefused(f"not CSV: {error}", where=f"{file}:{reader.line_num}") from error
    if not heads:
        raise ImportRefused("the file is empty", where=file)
    return found or [(0, dict.fromkeys(heads, ""))]


def _json(text: str, file: str) -> list[tuple[int, dict[str, str]]]:
    """Place in the list and plain values of each object: an answer of NetBox's API, or a list of its results."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(f"not JSON: {error}", where=file) from error
    listed = data.get("results") if isinstance(data, dict) else data
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        hint = "an answer of NetBox's API holds its objects under `results`"
        raise ImportRefused("the file holds no list of objects", where=file, hint=hint)
    return [(number, _flat(each)) for number, each in enumerate(listed, start=1)]


def _flat(item: dict[str, Any]) -> dict[str, str]:
    """Values as text: of an object within, its slug, value or name. A scope is what its type says (NetBox 4.2)."""
    found = {_word(key): _text(value) for key, value in item.items()}
    kind = found.get("scope_type", "").rpartition(".")[2]
    if kind and found.get("scope"):
        found.setdefault(kind, found["scope"])
    return found


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in _NESTED if value.get(name)), "")
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def _of(file: str, items: Iterable[tuple[int, dict[str, str]]]) -> Table:
    """The rows of a file by what its first item says it is."""
    listed = list(items)
    words = listed[0][1].keys() if listed else set()
    address = next((word for word in ("address", "ip_address") if word in words), "")
    if "prefix" in words or address:
        kind: Literal["ledger", "prefix", "address"] = (
            "ledger" if {"key", "level"} <= words else "prefix" if "prefix" in words else "address"
        )
        column = "prefix" if "prefix" in words else address
        return Table(
            tuple(
                Row(file, line, kind, item.get(column, ""), item.get("vrf", ""), item)
                for line, item in listed
                if any(item.values())
            ),
            {},
        )
    if "name" in words or not listed:
        called = ((item.get(other, ""), item.get("name", "")) for _, item in listed for other in ("rd", "id", "slug"))
        return Table((), {other: name for other, name in called if other})
    hint = "a table has a column `prefix`, `address`, or, of VRFs, `name`"
    raise ImportRefused("the file holds neither prefixes, nor addresses, nor VRFs", where=file, hint=hint)


def _word(heading: str) -> str:
    return heading.strip().strip(_MARK).lower().replace(" ", "_").replace("-", "_")

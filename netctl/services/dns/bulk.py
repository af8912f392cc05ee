"""Bulk files of zones: found below `dns/` and nowhere else, read whole, in wire form at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from netctl.inventory.files import decode
from netctl.inventory.yamlreader import Unreadable
from netctl.zones import files
from netctl.zones.data import MADE_BY_SERVER, SOA, Key, Name, ZoneData

LARGEST = 256 * 1024 * 1024
"""Octets a bulk file may have: some millions of records."""


class Unusable(Exception):
    """A bulk file that cannot be read at all; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Bulk(NamedTuple):
    """What a bulk file holds; `lines` finds the line of each RRset, which most never ask for."""

    data: ZoneData
    lines: Callable[[], Mapping[Key, int]]


def read(root: Path, file: str, origin: Name, ttl: int) -> Bulk:
    """What the file (relative to `root`) holds of the zone; `ttl` in seconds where it says none.

    Its SOA, and what signing adds, is left out: the one is netctl's to make, the other the server's. Raises `Unusable`,
    or `BulkZoneInvalid` with every error.
    """
    text, form = _text(root, file), files.FORMS[Path(file).suffix]
    found, lines = files.read_with_lines(form, text, origin, ttl)
    kept = found
    if any(kind == SOA or kind in MADE_BY_SERVER for _, kind in found.rrsets):
        ours = {key: rrset for key, rrset in found.rrsets.items() if key[1] != SOA and key[1] not in MADE_BY_SERVER}
        kept = ZoneData(origin, ours)
    return Bulk(kept, lambda: dict(zip(found.rrsets, lines, strict=True)))


def _text(root: Path, file: str) -> str:
    path = root / file
    inside = (root / "dns").resolve()
    try:
        if not path.resolve().is_relative_to(inside):
            raise Unusable(f"{file} is outside dns/", "bulk files live in the network's own dns/ folder")
        if not path.is_file():
            raise Unusable(f"{file} is missing", "the file's name counts from dns/")
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{file} has {path.stat().st_size:,} octets; netctl takes {LARGEST:,}")
        return decode(path.read_bytes(), file)
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror or error}", "check the file's permissions") from error
    except Unreadable as error:
        line, column = error.problem.at
        raise Unusable(f"{file}:{line}:{column}: {error.problem.message}", error.problem.hint) from error

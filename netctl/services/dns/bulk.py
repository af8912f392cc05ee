"""Bulk files of zones: found below `dns/` and nowhere else, read whole, in wire form at once."""

from __future__ import annotations

from netctl.errors import BulkZoneInvalid
from netctl.zones.data import Name, ZoneData

LARGEST = 256 * 1024 * 1024
"""Octets a bulk file may have: some millions of records."""


class Unusable(Exception):
    """A bulk file that cannot be read as one; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def read(root: str, file: str, origin: Name) -> ZoneData:
    """What the file below `dns/` holds of the zone; raises `Unusable`, or `BulkZoneInvalid` with every error."""
    raise Unusable("not yet")


def problems(error: BulkZoneInvalid) -> list[tuple[int, str]]:
    """Line and message of each error of a bulk zone."""
    return [(each.line, each.message) for each in error.findings]

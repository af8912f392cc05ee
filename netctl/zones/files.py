"""Bulk zones: 100,000 records that nobody types, from one file of any of three forms. All errors at once, by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from netctl.zones import master, tables
from netctl.zones.data import Name, ZoneData
from netctl.zones.gathering import Gathering, Sheet, TooManyFlaws

TTL = 3_600
"""Seconds, for records of which neither the file nor the caller says more."""

Form = Callable[[str, Sheet, int], None]
FORMS: Mapping[str, Form] = MappingProxyType(
    {".zone": master.read, ".csv": tables.read_csv, ".jsonl": tables.read_json_lines}
)
"""How a bulk file is read, by the end of its name."""


def read_master(text: str, origin: Name, ttl: int = TTL) -> ZoneData:
    """A master file. Raises BulkZoneInvalid with every error (`findings`: line and message)."""
    return read(master.read, text, origin, ttl)


def read_csv(text: str, origin: Name, ttl: int = TTL) -> ZoneData:
    """A table with the headings name, type, data and perhaps ttl. Raises BulkZoneInvalid with every error."""
    return read(tables.read_csv, text, origin, ttl)


def read_json_lines(text: str, origin: Name, ttl: int = TTL) -> ZoneData:
    """An object a line with name, type, data and perhaps ttl. Raises BulkZoneInvalid with every error."""
    return read(tables.read_json_lines, text, origin, ttl)


def read(form: Form, text: str, origin: Name, ttl: int = TTL) -> ZoneData:
    """A bulk zone in one of `FORMS`; `ttl` in seconds where the file says none. Raises BulkZoneInvalid."""
    return read_with_lines(form, text, origin, ttl)[0]


def read_with_lines(form: Form, text: str, origin: Name, ttl: int = TTL) -> tuple[ZoneData, Sequence[int]]:
    """A bulk zone, and the line on which each of its RRsets begins, in their order. Raises BulkZoneInvalid."""
    sheet = Sheet(origin, Gathering(origin))
    with suppress(TooManyFlaws):  # `Sheet.zone` says those that were found
        form(text, sheet, ttl)
    return sheet.zone(), sheet.lines

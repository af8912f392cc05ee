"""Bulk zones as tables: CSV with a line of headings, or JSON, an object a line.

Both have ``name``, ``type``, ``data`` and, where wanted, ``ttl``. Names are relative to the zone; data is as in a
master file, but TXT without quotes is one text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from netctl.errors import NetctlError, RecordInvalid, ZoneNameInvalid
from netctl.zones import names, records
from netctl.zones.data import Name
from netctl.zones.embedded import TXT
from netctl.zones.gathering import Sheet
from netctl.zones.master import LONGEST_TTL, seconds

COLUMNS = ("name", "type", "data")
_SPF = 99


class Row(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """One line: an owner, a type, and the data of one record or of several."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    type: Annotated[str, msgspec.Meta(min_length=1)]
    data: str | list[str]
    ttl: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_TTL)] | None = None


def read_json_lines(text: str, sheet: Sheet, ttl: int) -> None:
    """All records of a file with an object a line; blank lines are passed over."""
    decode = msgspec.json.Decoder(Row).decode
    reader = _Reader(sheet, ttl)
    for number, line in enumerate(text.split("\n"), 1):
        try:
            reader.take(number, decode(line))
        except msgspec.MsgspecError as wrong:
            if line and not line.isspace():
                sheet.flaw(number, f"no record: {wrong}")
        except NetctlError as wrong:
            sheet.flaw(number, wrong.message)


def read_csv(text: str, sheet: Sheet, ttl: int) -> None:
    """All records of a table; blank lines, and those that begin with ``#``, are passed over."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    reader = _Reader(sheet, ttl)
    places: dict[str, int] | None = None
    for number, cells in _cells(rows, sheet):
        try:
            if places is None:
                places = _headings(cells)
            else:
                reader.take(number, _row(cells, places))
        except NetctlError as wrong:
            sheet.flaw(number, wrong.message)
            if places is None:
                return
    if places is None:
        sheet.flaw(1, f"no headings: {', '.join(COLUMNS)}, and ttl where wanted")


def _cells(rows: Iterator[list[str]], sheet: Sheet) -> Iterator[tuple[int, Sequence[str]]]:
    """Lines of a table by the number they begin at."""
    number = 1
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            sheet.flaw(number, f"no line of a table: {wrong}")
            return  # a quotation that does not end swallows the rest
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            yield number, cells
        number = rows.line_num + 1  # type: ignore[attr-defined]


def _headings(cells: Sequence[str]) -> dict[str, int]:
    places = {cell.strip().lower(): place for place, cell in enumerate(cells)}
    missing = [column for column in COLUMNS if column not in places]
    unknown = sorted(places.keys() - {*COLUMNS, "ttl"})
    if missing or unknown or len(places) != len(cells):
        what = f"without {', '.join(missing)}" if missing else f"with {', '.join(unknown) or 'one of them twice'}"
        raise RecordInvalid(f"headings {what}: name, type, data are due, and ttl where wanted")
    return places


def _row(cells: Sequence[str], places: dict[str, int]) -> Row:
    if len(cells) != len(places):
        raise RecordInvalid(f"{len(cells)} cells instead of {len(places)}")
    ttl_text = cells[places["ttl"]].strip() if "ttl" in places else ""
    ttl = seconds(ttl_text) if ttl_text else None
    if ttl_text and ttl is None:
        raise RecordInvalid(f"{ttl_text!r} is no TTL")
    name, type_, data = (cells[places[column]].strip() for column in COLUMNS)
    return Row(name, type_, data, ttl)


class _Reader:
    """Rows of either kind."""

    def __init__(self, sheet: Sheet, ttl: int) -> None:
        self._sheet = sheet
        self._ttl = ttl
        self._types: dict[str, int] = {}

    def take(self, line: int, row: Row) -> None:
        """One row. Raises ZoneNameInvalid or RecordInvalid."""
        origin = self._sheet.origin
        owner = names.wire(row.name, origin)
        if row.name[-1] == "." and not names.is_under(owner, origin):
            raise ZoneNameInvalid(f"{names.text(owner)} is not in {names.text(origin)}")
        type_ = self._types.get(row.type)
        if type_ is None:
            type_ = self._types[row.type] = records.type_number(row.type)
        key = (owner, type_)
        ttl = self._ttl if row.ttl is None else row.ttl
        if isinstance(row.data, str):
            self._sheet.take(line, key, ttl, _data(type_, row.data, origin))
            return
        if not row.data:
            raise RecordInvalid(f"{row.type} without data")
        for text in row.data:
            self._sheet.take(line, key, ttl, _data(type_, text, origin))


def _data(type_: int, text: str, origin: Name) -> bytes:
    if type_ in {TXT, _SPF} and not text.startswith('"'):
        return records.strings(text.encode("utf-8", "surrogateescape"))
    return records.rdata(type_, text, origin)

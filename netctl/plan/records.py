"""A zone's difference as records: what is there on the left, what is to be there on the right.

It reads the lines that `netctl.zones.difference.diff_lines` writes, so a record's number is its line's, as comments
and ticks know it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from netctl.model.plan import DiffLine
from netctl.plan.facing import Mark, Words, differing


class Record(NamedTuple):
    """One record. `number` is its line's place in the difference, from 1; `origin` where it is declared, or ""."""

    number: int
    ttl: str
    type: str
    data: str
    origin: str = ""


class RecordRow(NamedTuple):
    """One record that goes, one that comes, or both where one takes the other's place.

    `left` and `right` are their data, in pieces that say what differs.
    """

    owner: str
    mark: Mark
    gone: Record | None
    come: Record | None
    left: Words = ()
    right: Words = ()

    @property
    def number(self) -> int:
        """The line that comments on the row are about."""
        return self.numbers[-1]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The lines it shows."""
        return tuple(each.number for each in (self.gone, self.come) if each is not None)

    @property
    def ttl_differs(self) -> bool:
        """True where a record takes another's place with another TTL."""
        return self.gone is not None and self.come is not None and self.gone.ttl != self.come.ttl


def record_rows(diff: Sequence[DiffLine], start: int = 0, stop: int | None = None) -> Iterator[RecordRow]:
    """The difference as rows, in its order; what goes faces what comes for the same owner and type.

    With `start` and `stop` it is those of some lines, as in a slice; the rest is not read.
    """
    above = next((line for line in reversed(diff[:start]) if line.op == "context"), None) if start else None
    owner = above.text if above else ""
    gone: list[Record] = []
    come: list[Record] = []
    for number, line in enumerate(diff[start:stop], start=start + 1):
        record = None if line.op == "context" else _record(number, line)
        if record is None or any(other.type != record.type for other in (*gone[:1], *come[:1])):
            yield from _faced(owner, gone, come)
            gone, come = [], []
        if record is None:
            owner = line.text
        else:
            (gone if line.op == "remove" else come).append(record)
    yield from _faced(owner, gone, come)


def pages_of(diff: Sequence[DiffLine], lines: int) -> tuple[int, ...]:
    """Where pages of about so many lines begin: at an owner, unless one has so many records that it takes several."""
    starts = [0]
    for place, line in enumerate(diff):
        length = place - starts[-1]
        if (length >= lines and line.op == "context") or length >= 2 * lines:
            starts.append(place)
    return tuple(starts)


def _record(number: int, line: DiffLine) -> Record:
    ttl, _, rest = line.text.partition(" ")
    type_, _, data = rest.partition(" ")
    return Record(number, ttl, type_, data, line.origin)


def _faced(owner: str, gone: list[Record], come: list[Record]) -> Iterator[RecordRow]:
    """One owner's records of one type: those that only get another TTL face themselves, the others in their order."""
    again = {record.data: record for record in come}
    kept = again.keys() & {record.data for record in gone}
    new = iter([record for record in come if record.data not in kept])
    for record in gone:
        other = again[record.data] if record.data in kept else next(new, None)
        if other is None:
            yield RecordRow(owner, "remove", record, None, ((record.data, True),), ())
        else:
            yield RecordRow(owner, "change", record, other, *differing(record.data, other.data))
    yield from (RecordRow(owner, "add", None, record, (), ((record.data, True),)) for record in new)

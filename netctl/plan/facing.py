"""A plan's difference as two columns: what a router holds on the left, what it is to hold on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from netctl.model.plan import DiffLine

Mark = Literal["context", "add", "remove", "change"]
Words = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it differs from the other side."""


class Cell(NamedTuple):
    """One side of a row. `number` is the line's place in the difference, from 1; `words` say which of them differ."""

    number: int
    line: DiffLine
    words: Words


class Facing(NamedTuple):
    """What stands beside what; a side that holds nothing is `None`, a section line stands on both."""

    mark: Mark
    left: Cell | None
    right: Cell | None


def facing(diff: Sequence[DiffLine]) -> Iterator[Facing]:
    """The lines in rows, in their order. A line that goes faces the one that comes for the same thing.

    Two lines are about the same thing where they stand in one section at one depth and begin with the same word.
    """
    gone: list[tuple[int, DiffLine]] = []
    come: list[tuple[int, DiffLine]] = []
    for number, line in enumerate(diff, start=1):
        if line.op == "context" or _apart(line, gone, come):
            yield from _pairs(gone, come)
            gone, come = [], []
        if line.op == "context":
            cell = Cell(number, line, ((line.text, False),))
            yield Facing("context", cell, cell)
        else:
            (gone if line.op == "remove" else come).append((number, line))
    yield from _pairs(gone, come)


def _apart(line: DiffLine, gone: list[tuple[int, DiffLine]], come: list[tuple[int, DiffLine]]) -> bool:
    """True where the line begins something new: another file, or what goes after something has come."""
    last = (come or gone)[-1:]
    return bool(last) and (last[0][1].part != line.part or (line.op == "remove" and bool(come)))


def _pairs(gone: list[tuple[int, DiffLine]], come: list[tuple[int, DiffLine]]) -> Iterator[Facing]:
    """Lines that go and come, each once and in order on both sides."""
    waiting = 0
    for number, line in gone:
        partner = next((place for place in range(waiting, len(come)) if _alike(line, come[place][1])), -1)
        if partner < 0:
            yield Facing("remove", Cell(number, line, ((line.text, True),)), None)
            continue
        yield from (_added(*each) for each in come[waiting:partner])
        other = come[partner]
        left, right = differing(line.text, other[1].text)
        yield Facing("change", Cell(number, line, left), Cell(other[0], other[1], right))
        waiting = partner + 1
    yield from (_added(*each) for each in come[waiting:])


def _added(number: int, line: DiffLine) -> Facing:
    return Facing("add", None, Cell(number, line, ((line.text, True),)))


def _alike(old: DiffLine, new: DiffLine) -> bool:
    return old.depth == new.depth and old.text.split(maxsplit=1)[:1] == new.text.split(maxsplit=1)[:1]


def differing(old: str, new: str) -> tuple[Words, Words]:
    """Both texts in up to three pieces: how they begin alike, what differs, how they end alike, cut between words."""
    left, right = old.split(" "), new.split(" ")
    most = min(len(left), len(right))
    start = next((place for place in range(most) if left[place] != right[place]), most)
    rest = most - start
    end = next((place for place in range(rest) if left[-1 - place] != right[-1 - place]), rest)
    return _pieces(left, start, end), _pieces(right, start, end)


def _pieces(words: list[str], start: int, end: int) -> Words:
    stop = len(words) - end
    before, changed, after = words[:start], words[start:stop], words[stop:]
    found = []
    if before:
        found.append((" ".join(before) + (" " if changed or after else ""), False))
    if changed:
        found.append((" ".join(changed) + (" " if after else ""), True))
    if after:
        found.append((" ".join(after), False))
    return tuple(found)

"""Two sequences side by side: what comes, what goes, and the fewest lines that must have moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from typing import Literal

Step = Literal["add", "remove", "move"]


def arrange(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[Step, int]]:
    """What happens to which place, in the order of `new`; a place of `old` for ``remove``, of `new` otherwise.

    Between two values that stay, what goes is told before what comes. Time is n log n: sequences of a router have
    thousands of lines.
    """
    partners = _partners(old, new)
    staying = _longest_rising(partners)
    matched = set(partners)
    gone = [place for place in range(len(old)) if place not in matched]
    told = 0
    come: list[tuple[Step, int]] = []
    for place, partner in enumerate(partners):
        if place not in staying:
            come.append(("add" if partner < 0 else "move", place))
            continue
        until = bisect_left(gone, partner, told)
        for each in gone[told:until]:
            yield "remove", each
        yield from come
        told, come = until, []
    for each in gone[told:]:
        yield "remove", each
    yield from come


def _partners(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int]:
    """For each place of `new` the place in `old` of its equal, the first for the first; -1 where there is none."""
    waiting: dict[Hashable, list[int]] = {}
    for place in range(len(old) - 1, -1, -1):
        waiting.setdefault(old[place], []).append(place)
    return [places.pop() if (places := waiting.get(value)) else -1 for value in new]


def _longest_rising(partners: Sequence[int]) -> set[int]:
    """The most places whose partners rise: these stay where they are. (Patience sorting.)"""
    tops: list[int] = []  # the smallest partner that a run of each length ends with
    ends: list[int] = []  # and its place
    before: list[int] = []
    for place, partner in enumerate(partners):
        before.append(-1)
        if partner < 0:
            continue
        length = bisect_left(tops, partner)
        before[place] = ends[length - 1] if length else -1
        tops[length : length + 1] = [partner]
        ends[length : length + 1] = [place]
    staying: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        staying.add(place)
        place = before[place]
    return staying

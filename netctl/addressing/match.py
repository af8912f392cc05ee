"""Longest prefix match: who has an address, over any number of prefixes.

Nested prefixes cut the numbers into stretches, each of which has one longest prefix. The stretches are found by
bisection, which is C from end to end: no loop over lengths, and no cost for many of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Generic, TypeVar

from netctl.addressing.prefix import Prefix
from netctl.addressing.text import BITS, Version

Value = TypeVar("Value")


class Table(Generic[Value]):
    """Values by prefix; of two for one prefix, the later counts. Made once, never changed."""

    def __init__(self, entries: Iterable[tuple[Prefix, Value]]) -> None:
        known = dict(entries)
        self._stretches: dict[Version, tuple[list[int], list[Value | None]]] = {
            version: _stretches(
                version, sorted((item for item in known.items() if item[0].version == version), key=lambda e: e[0])
            )
            for version in BITS
        }

    def find(self, version: Version, number: int) -> Value | None:
        """The value of the longest prefix that holds the address; None where none does."""
        starts, values = self._stretches[version]
        return values[bisect_right(starts, number)]

    def find_all(self, version: Version, numbers: Iterable[int]) -> Iterator[Value | None]:
        """As `find`, for many addresses, in their order."""
        starts, values = self._stretches[version]
        return map(values.__getitem__, map(partial(bisect_right, starts), numbers))


def _stretches(version: Version, entries: list[tuple[Prefix, Value]]) -> tuple[list[int], list[Value | None]]:
    """Where each stretch begins, and the value of each; the value before the first start stands at 0."""
    starts: list[int] = []
    values: list[Value | None] = [None]
    around: list[tuple[int, Value | None]] = [(1 << BITS[version], None)]  # (end, value) of what is open, inmost last

    def begin(at: int, value: Value | None) -> None:
        if starts and starts[-1] == at:
            values[-1] = value
        else:
            starts.append(at)
            values.append(value)

    for prefix, value in entries:
        while around[-1][0] <= prefix.value:
            end, _ = around.pop()
            begin(end, around[-1][1])
        begin(prefix.value, value)
        around.append((prefix.value + prefix.size, value))
    while len(around) > 1:
        end, _ = around.pop()
        begin(end, around[-1][1])
    return [start + 0 for start in starts], values  # numbers made in order lie in order: bisection misses less cache

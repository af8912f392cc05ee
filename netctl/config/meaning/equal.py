"""Whether two lists of statements read alike, asked of the same sections again and again on the way down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from netctl.config.rules import Section
from netctl.config.syntax import Node


class _Pair(NamedTuple):
    """Two lists of statements, and those one level above that they stand in."""

    old: Sequence[Node]
    new: Sequence[Node]
    above: _Pair | None


class Sides:
    """What one comparison knows of its two sides: nesting may be deep, so a mismatch is looked for only once."""

    def __init__(self, unknown: Section) -> None:
        self.unknown = unknown  # the rules of sections that no rule knows
        self._unequal: dict[tuple[int, int], _Pair] = {}  # by `id`: of lists that are kept, so that no other has it

    def equal(self, old: Sequence[Node], new: Sequence[Node]) -> bool:
        """True where both hold the same lines in the same order; without recursion."""
        if (id(old), id(new)) in self._unequal:
            return False
        waiting = [_Pair(old, new, None)]
        while waiting:
            pair = waiting.pop()
            left, right, _ = pair
            if len(left) != len(right):
                return self._differ(pair)
            for one, other in zip(left, right, strict=True):
                if one.line != other.line:
                    return self._differ(pair)
                if one.children or other.children:
                    waiting.append(_Pair(one.children, other.children, pair))
        return True

    def _differ(self, pair: _Pair | None) -> bool:
        """Where two lists are unequal, so are all in which they stand."""
        while pair is not None:
            self._unequal[id(pair.old), id(pair.new)] = pair
            pair = pair.above
        return False

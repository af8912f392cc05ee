"""What is free within one prefix, as a buddy system: every free block is as large as it can be.

Taking, giving and giving back cost one step a bit of length, whatever the number of children: a /44 has a million
/64s, and none of them exists here before it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import Literal

from netctl.addressing.prefix import Prefix
from netctl.addressing.text import BITS

Order = Literal["sparse", "sequential"]
"""`sparse`: RFC 3531's leftmost order, which leaves each as much room to grow as there is. `sequential`: the lowest."""

Blocks = list[list[tuple[int, int]]]
"""By depth, a heap of (rank, index) that may hold blocks that are not free any more."""


class Space:
    """The free part of `within`. Blocks are known by depth below it and index at that depth."""

    def __init__(self, within: Prefix, taken: Iterable[Prefix] = ()) -> None:
        self.within = within
        self._deepest = BITS[within.version] - within.length
        self._free: list[set[int]] = [set() for _ in range(self._deepest + 1)]
        self._heaps: dict[Order, Blocks] = {}
        self._free[0].add(0)
        for each in outermost(taken):
            if each.holds(within):
                self._free[0].clear()
            elif within.holds(each):
                self.take(each)

    def take(self, wanted: Prefix) -> bool:
        """Take exactly this prefix; False, and nothing taken, where it is not free as a whole."""
        depth, index = self._place(wanted)
        for above in range(depth, -1, -1):
            if (block := index >> (depth - above)) in self._free[above]:
                self._free[above].discard(block)
                for level in range(above + 1, depth + 1):
                    self._add(level, index >> (depth - level) ^ 1)
                return True
        return False

    def first(self, length: int, order: Order) -> Prefix | None:
        """The prefix that `give` would give; None where none of this length is free."""
        found = self._best(length - self.within.length, order)
        if found is None:
            return None
        depth, index = found
        return self._prefix(length - self.within.length, index << (length - self.within.length - depth))

    def give(self, length: int, order: Order) -> Prefix | None:
        """Take the next prefix of this length; None where none is free."""
        wanted = length - self.within.length
        found = self._best(wanted, order)
        if found is None:
            return None
        depth, index = found
        self._free[depth].discard(index)
        for level in range(depth + 1, wanted + 1):
            index <<= 1
            self._add(level, index | 1)
        return self._prefix(wanted, index)

    def take_back(self, given: Prefix) -> None:
        """Make a taken prefix free again; it joins what is free beside it."""
        depth, index = self._place(given)
        while depth and index ^ 1 in self._free[depth]:
            self._free[depth].discard(index ^ 1)
            depth, index = depth - 1, index >> 1
        self._add(depth, index)

    def room(self, length: int) -> int:
        """How many prefixes of this length are free."""
        wanted = length - self.within.length
        return sum(len(free) << (wanted - depth) for depth, free in enumerate(self._free[: wanted + 1]))

    @property
    def left(self) -> int:
        """How many addresses are free."""
        return self.room(BITS[self.within.version])

    def blocks(self) -> Iterator[Prefix]:
        """Every free block, each as large as it can be, by address."""
        return iter(sorted(self._prefix(depth, index) for depth, free in enumerate(self._free) for index in free))

    def _best(self, wanted: int, order: Order) -> tuple[int, int] | None:
        """Depth and index of the free block whose first child is next in order."""
        heaps = self._heaps.get(order) or self._begin(order)
        best: tuple[int, int] | None = None
        place = 0
        for depth in range(wanted + 1):
            heap, free = heaps[depth], self._free[depth]
            while heap and heap[0][1] not in free:
                heappop(heap)
            if heap and (best is None or heap[0] < best):  # ranks of free blocks differ: none lies within another
                best, place = heap[0], depth
        return None if best is None else (place, best[1])

    def _begin(self, order: Order) -> Blocks:
        """The heaps of an order, made when it is first asked for."""
        self._heaps[order] = [
            sorted((self._rank(order, depth, index), index) for index in free) for depth, free in enumerate(self._free)
        ]
        return self._heaps[order]

    def _add(self, depth: int, index: int) -> None:
        self._free[depth].add(index)
        for order, heaps in self._heaps.items():
            heappush(heaps[depth], (self._rank(order, depth, index), index))

    def _rank(self, order: Order, depth: int, index: int) -> int:
        """Where a block's first child stands in the order; comparable over all depths.

        Seen from any length below, the first child's index is the block's with zeros behind it; reversed, they lead.
        """
        return reverse(index, depth) if order == "sparse" else index << (self._deepest - depth)

    def _place(self, inside: Prefix) -> tuple[int, int]:
        depth = inside.length - self.within.length
        return depth, (inside.value - self.within.value) >> (self._deepest - depth)

    def _prefix(self, depth: int, index: int) -> Prefix:
        within = self.within
        return Prefix(within.version, within.value + (index << (self._deepest - depth)), within.length + depth)


def reverse(index: int, bits: int) -> int:
    """`index` with its `bits` bits in the opposite order (RFC 3531 section 3.2: the leftmost is assigned first)."""
    return int(f"{index:0{bits}b}"[::-1], 2) if bits else 0


def outermost(prefixes: Iterable[Prefix]) -> Iterator[Prefix]:
    """The given prefixes by address, without those that lie within another."""
    last: Prefix | None = None
    for each in sorted(prefixes):
        if last is None or not last.holds(each):
            last = each
            yield each

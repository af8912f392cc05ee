"""The order of entries where removals go by words: the terms of a Junos filter, told by their first statement."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netctl.config.meaning.words import Flat
from netctl.config.rules import Section
from netctl.config.syntax import Node

ENTRY = "entry"  # the slot that names one


class Move(NamedTuple):
    """An entry that stands elsewhere: ``LIST ITEM`` belongs right after ``LIST OTHER``, or, without OTHER, first."""

    list: str
    item: str
    other: str
    before: str  # the entry that comes first now, where it belongs before all others
    node: Node

    @property
    def words(self) -> str:
        """What is said behind the platform's word for moving."""
        if self.other:
            return f"{self.list} {self.item} after {self.other}"
        return f"{self.list} {self.item} before {self.before}"

    def place(self) -> tuple[tuple[str, ...], str]:
        """The sections above the entry and its line, as the text writes them."""
        node = self.node
        if isinstance(node, Flat) and self.item in node.path:
            above = node.path.index(self.item)
            return node.path[:above], self.item
        return (), f"{self.list} {self.item}"


def moves(old: Sequence[Node], new: Sequence[Node], section: Section) -> Iterator[Move]:
    """The fewest entries that have to move so that those on both sides stand as in `new`."""
    if not section.entries:
        return
    before, after = _lists(old, section), _lists(new, section)
    for name, entries in after.items():
        held = [item for item in before.get(name, {}) if item in entries]
        wanted = [item for item in entries if item in before.get(name, {})]
        if held == wanted:
            continue
        stay = _longest_rising(wanted, {item: number for number, item in enumerate(held)})
        for number, item in enumerate(wanted):
            if item not in stay:
                yield Move(name, item, wanted[number - 1] if number else "", held[0], entries[item])


def _lists(nodes: Iterable[Node], section: Section) -> dict[str, dict[str, Node]]:
    """List → its entries in their order, each with its first statement."""
    found: dict[str, dict[str, Node]] = {}
    for node in nodes:
        statement = section.read(node.line).statement
        if statement is None or statement not in section.entries:
            continue
        match = statement.pattern.regex.fullmatch(node.line)
        if match is None:
            continue
        start, end = match.span(ENTRY)
        above, _, keyword = node.line[:start].rstrip().rpartition(" ")
        found.setdefault(above, {}).setdefault(f"{keyword} {node.line[start:end]}", node)
    return found


def _longest_rising(items: list[str], places: dict[str, int]) -> set[str]:
    """The most items that stand in rising order already (patience sorting)."""
    tops: list[int] = []
    ends: list[str] = []
    before: dict[str, str] = {}
    for item in items:
        pile = bisect_left(tops, places[item])
        if pile == len(tops):
            tops.append(places[item])
            ends.append(item)
        else:
            tops[pile] = places[item]
            ends[pile] = item
        before[item] = ends[pile - 1] if pile else ""
    found: set[str] = set()
    item = ends[-1] if ends else ""
    while item:
        found.add(item)
        item = before[item]
    return found

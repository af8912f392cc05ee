"""Nested lists of statements are compared once, however deep a difference lies."""

from __future__ import annotations

from netctl.config.meaning import compare
from netctl.config.meaning.equal import Sides
from netctl.config.rules import Section, Words
from netctl.config.syntax import Node

UNKNOWN = Section(Words())


class Counted(Node):
    """A statement that counts how often anybody reads a line."""

    __slots__ = ("text",)
    reads = 0

    @property  # type: ignore[override]
    def line(self) -> str:
        Counted.reads += 1
        return self.text

    @line.setter
    def line(self, line: str) -> None:
        self.text = line


def nested(depth: int, last: str) -> list[Node]:
    """A statement in a statement in a statement; only the innermost says `last`."""
    nodes: list[Node] = []
    top = nodes
    for number in range(depth):
        node = Counted(f"level {number}" if number < depth - 1 else last, "")
        nodes.append(node)
        nodes = node.children
    return top


def reads(depth: int) -> int:
    """How many lines one comparison of such sections reads."""
    old, new = nested(depth, "one"), nested(depth, "two")
    before = Counted.reads
    assert compare(old, new, UNKNOWN, UNKNOWN)
    return Counted.reads - before


def test_what_a_deep_difference_costs_grows_with_its_depth() -> None:
    assert reads(800) < 2.5 * reads(400)


def test_lists_are_unequal_however_often_they_are_asked_about() -> None:
    sides = Sides(UNKNOWN)
    old, new = nested(3, "one"), nested(3, "two")
    assert [sides.equal(old, new), sides.equal(old, new)] == [False, False]
    assert not sides.equal(old[0].children, new[0].children)
    assert sides.equal(old, nested(3, "one"))


def test_nesting_ends_in_no_overflow() -> None:
    depth = 5_000
    found = compare(nested(depth, "one"), nested(depth, "two"), UNKNOWN, UNKNOWN)
    levels = 0
    while found:
        levels += 1
        found = found[0].below
    assert levels == depth

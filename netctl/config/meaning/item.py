"""Items: the statements of one section by their identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netctl.config.rules import Reading, Section, Statement
from netctl.config.rules.slots import members, singles, spans
from netctl.config.syntax import Node

EMPTY = "none"  # how a list of numbers is written that holds none
Meaning = tuple[str, str, tuple[str, ...]]


def meaning_of(reading: Reading) -> Meaning:
    """What a statement says, so that one that is said twice is known again."""
    return reading.key, reading.value, tuple(reading.secrets)


class Item:
    """One statement of a section, as it means.

    `nodes` are the lines it was read from: one as a rule; several for a sequence (``access-list 10 …``), for a section
    that is opened more than once, and for a list that goes on (``allowed vlan add``). `section` are the rules of what
    stands below; an unknown section has the rules of an empty one.
    """

    __slots__ = ("key", "nodes", "numbers", "reading", "said")

    def __init__(self, key: str, reading: Reading, node: Node) -> None:
        self.key = key
        self.reading = reading
        self.nodes = [node]
        self.numbers: frozenset[int] | None = None  # of a value that is a list of numbers
        self.said: set[Meaning] | None = None  # what the lines of a sequence say; None while there is one

    @property
    def line(self) -> str:
        """The statement as written; that of a list that goes on is its whole list."""
        return self.reading.line

    @property
    def statement(self) -> Statement | None:
        return self.reading.statement

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines, for a sequence."""
        return tuple(node.line for node in self.nodes)

    @property
    def children(self) -> list[Node]:
        """The statements below, of all openings of the section."""
        if len(self.nodes) == 1:
            return self.nodes[0].children
        return [child for node in self.nodes for child in node.children]

    @property
    def is_section(self) -> bool:
        statement = self.statement
        known = statement is not None and statement.inside is not None and not self.reading.negated
        return known or any(node.children for node in self.nodes)

    def section(self, unknown: Section) -> Section:
        """The rules of what stands below."""
        statement = self.statement
        return statement.inside if statement is not None and statement.inside is not None else unknown

    def __repr__(self) -> str:
        return f"Item({self.key!r}, {len(self.nodes)} line(s))"


def in_sequence(section: Section, *sides: Iterable[Node]) -> bool:
    """True where the order of lines means something: not where every statement has a number that says its place."""
    if not section.ordered:
        return False
    statements = (section.read(node.line).statement for side in sides for node in side)
    return not all(statement is not None and statement.numbered for statement in statements)


def gather(nodes: Iterable[Node], section: Section) -> dict[str, Item]:
    """The items of a section by identity, in the order of their first line; statements that mean nothing left out.

    A statement that is said twice with one identity counts as it was said last, as on the platform.
    """
    items: dict[str, Item] = {}
    for node in nodes:
        reading = section.read(node.line)
        statement = reading.statement
        if statement is None:
            _add(items, reading.key, reading, node)
        elif statement.each and not reading.negated:
            for single in _each(reading, statement, section):
                _add(items, single.key, single, node)
        elif statement.extends:
            _extend(items, reading, node)
        else:
            _add(items, reading.key, reading, node)
    if section.defaults:
        for key in [key for key, item in items.items() if section.is_default(item.reading)]:
            if not items[key].children:
                del items[key]
    if section.hollow:
        return {key: item for key, item in items.items() if not _is_hollow(item)}
    return items


def _is_hollow(item: Item) -> bool:
    """True where a line only chooses what a section would be about, and nothing is said of it."""
    return item.statement is not None and item.statement.hollow and not item.children


def _add(items: dict[str, Item], key: str, reading: Reading, node: Node) -> None:
    there = items.get(key)
    if there is None:
        items[key] = item = Item(key, reading, node)
    elif reading.statement is not None and reading.statement.sequence and not reading.negated:
        if there.said is None:
            there.said = {meaning_of(there.reading)}
        if (meaning := meaning_of(reading)) not in there.said:  # a platform holds an entry of a sequence once
            there.said.add(meaning)
            there.nodes.append(node)
        return
    elif (node.children or any(old.children for old in there.nodes)) and there.reading.value == reading.value:
        there.nodes.append(node)  # the section is opened once more
        return
    else:
        del items[key]
        items[key] = item = Item(key, reading, node)
    if reading.statement is not None:
        item.numbers = _numbers(reading)


def _numbers(reading: Reading) -> frozenset[int] | None:
    """The numbers of the statement's value of that type, if it has one."""
    statement = reading.statement
    if statement is None or reading.negated:
        return None
    for slot in statement.pattern.slots:
        if slot.value and slot.kind == "numbers":
            return members(reading.slots.get(slot.name, ""))
    return None


def _each(reading: Reading, statement: Statement, section: Section) -> Iterator[Reading]:
    """One reading for each member of the slot that `each` names."""
    listed = reading.slots.get(statement.each, "")
    found = singles(listed, statement.pattern.kind_of(statement.each))
    if len(found) <= 1:
        yield reading
        return
    for single in found:
        yield section.read(reading.value.replace(listed, single, 1))


def _extend(items: dict[str, Item], reading: Reading, node: Node) -> None:
    """Add numbers to the list that is there; without one, and where it already is all there are, that says nothing."""
    there = items.get(reading.key)
    more = _numbers(reading)
    if there is None or more is None:
        return
    if there.numbers is None:
        if EMPTY not in there.reading.slots.values():
            return
        there.numbers = frozenset()
    there.nodes.append(node)
    there.numbers |= more
    old = there.reading
    slot = next(slot.name for slot in old.statement.pattern.slots if slot.kind == "numbers")  # type: ignore[union-attr]
    whole = spans(there.numbers)
    value = old.value.replace(old.slots[slot], whole, 1)
    there.reading = Reading(value, old.key, value, old.statement, {**old.slots, slot: whole}, old.secrets)

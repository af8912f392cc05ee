"""Removals by words: one for all statements that begin alike, where none of them stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from netctl.config.meaning import Flat, Item, Pair
from netctl.config.patch.removal import removal
from netctl.config.rules import Reading, Rules
from netctl.config.syntax import Node

Group = tuple[str, list[Item]]


def collapsed(pairs: list[Pair], staying: Sequence[Node], rules: Rules) -> tuple[list[Group], list[Pair]]:
    """Removals for several statements each, and the differences that are left.

    A removal ends where a name or a section of the text ends, so that it is a complete command.
    """
    going = [pair for pair in pairs if pair.new is None and _plain(pair, rules)]
    if not going:
        return [], pairs
    kept = _prefixes(staying)
    groups: dict[str, list[Pair]] = {}
    for pair in going:
        item = pair.item
        for words in _ends(item):
            if words not in kept:
                groups.setdefault(words, [])
                break
    handled: set[int] = set()
    for pair in going:
        above = next((beginning for beginning in _beginnings(pair.item.line) if beginning in groups), None)
        if above is not None:
            handled.add(id(pair))
            groups[above].append(pair)
    for pair in pairs:
        marked = pair.item.line.removeprefix("deactivate ")
        if pair.new is None and marked != pair.item.line and any(w in groups for w in (*_beginnings(marked), marked)):
            handled.add(id(pair))  # what is gone is not inactive either
    rest = [pair for pair in pairs if id(pair) not in handled]
    return [(words, [pair.item for pair in found]) for words, found in groups.items() if found], rest


def _plain(pair: Pair, rules: Rules) -> bool:
    reading = pair.item.reading
    found = removal(reading, rules)
    return found is not None and f"{rules.words.negate} {reading.line} ".startswith(f"{found} ")


def _prefixes(nodes: Sequence[Node]) -> set[str]:
    """Everything that some statement begins with."""
    found: set[str] = set()
    for node in nodes:
        line = node.line
        found.add(line)
        place = line.rfind(" ")
        while place > 0 and (beginning := line[:place]) not in found:
            found.add(beginning)
            place = line.rfind(" ", 0, place)
    return found


def _beginnings(line: str) -> Iterator[str]:
    """A statement's beginnings, the shortest first."""
    place = line.find(" ")
    while place > 0:
        yield line[:place]
        place = line.find(" ", place + 1)


def _ends(item: Item) -> list[str]:
    """The beginnings of a statement that name something whole, the shortest first."""
    line = item.line
    node = item.nodes[0]
    found: set[str] = set()
    if isinstance(node, Flat):
        words = ""
        for header in node.path:
            words = f"{words} {header}" if words else header
            if line.startswith(words + " "):
                found.add(words)
    return sorted(found | set(_named(item.reading)), key=len)


def _named(reading: Reading) -> list[str]:
    """The beginnings that end behind a name, by the pattern."""
    statement = reading.statement
    if statement is None:
        return []
    match = statement.pattern.regex.fullmatch(reading.line)
    if match is None:
        return []
    found: list[str] = []
    for slot in statement.pattern.slots:
        many = re.search(rf"[{{<]{slot.name}(?::\w+)?\.\.\.", statement.pattern.text)
        end = match.end(slot.name)
        if slot.value or many or end < 0 or reading.line[end : end + 1] != " ":
            continue
        found.append(reading.line[:end])
    return found

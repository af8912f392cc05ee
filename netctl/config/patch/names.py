"""Names that statements define and use, and where a configuration does so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from netctl.config.meaning import statements
from netctl.config.rules import Reading, Rules, Section, Statement
from netctl.config.rules.dispatch import fixed_word, second_words
from netctl.config.rules.nouns import Reference
from netctl.config.rules.pattern import Pattern
from netctl.config.rules.slots import members
from netctl.config.syntax import Node, Tree

Name = tuple[str, str]  # kind, canonical name

_MARK = re.compile(r"\{(\w+)\}|<(\w+)>")


@lru_cache(maxsize=4096)
def slots_in(text: str) -> tuple[str, ...]:
    """The names of the slots that a text with ``{slot}`` and ``<slot>`` wants."""
    return tuple(first or second for first, second in _MARK.findall(text))


def named(references: tuple[Reference, ...], reading: Reading) -> list[Name]:
    """The names that these references of a reading mean; one whose slots are not filled means none."""
    found: list[Name] = []
    slots, statement = reading.slots, reading.statement
    for kind, text in references:
        wanted = slots_in(text)
        if not all(slots.get(slot) for slot in wanted):
            continue
        found.extend((kind, name) for name in _spelled(text, wanted, slots, statement))
    return found


def _spelled(text: str, wanted: tuple[str, ...], slots: dict[str, str], statement: Statement | None) -> Iterable[str]:
    """The text with its slots filled; a list of numbers or words makes one name of each."""
    if statement is not None and len(wanted) == 1:
        listed = slots[wanted[0]]
        kind = next((slot.kind for slot in statement.pattern.slots if slot.name == wanted[0]), "")
        if kind == "words":
            return [text.replace(f"{{{wanted[0]}}}", word).replace(f"<{wanted[0]}>", word) for word in listed.split()]
        numbers = members(listed) if kind == "numbers" else None
        if numbers is not None:
            return [_MARK.sub(str(number), text) for number in sorted(numbers)]
    return [_MARK.sub(lambda match: slots[match[1] or match[2]], text)]


def defines(reading: Reading) -> Sequence[Name]:
    """The names that are there because of the statement."""
    found = reading.defined
    if found is None:
        statement = reading.statement
        known = statement is not None and statement.defines and not reading.negated
        found = reading.defined = named(statement.defines, reading) if statement is not None and known else ()
    return found


def uses(reading: Reading) -> Sequence[Name]:
    """The names that the statement refers to; ``no X`` that stands in a configuration refers to what X does."""
    found = reading.used
    if found is None:
        statement = reading.statement
        known = statement is not None and statement.uses
        found = reading.used = named(statement.uses, reading) if statement is not None and known else ()
    return found


def section_below(reading: Reading, unknown: Section) -> Section:
    """The rules of what stands below a statement."""
    statement = reading.statement
    return statement.inside if statement is not None and statement.inside is not None else unknown


def opens(reading: Reading) -> bool:
    """True where saying the statement enters a section."""
    statement = reading.statement
    return statement is not None and statement.inside is not None and not reading.negated


def readings(nodes: Iterable[Node], section: Section, unknown: Section) -> Iterator[Reading]:
    """What all these statements and those below them mean, in no order."""
    waiting = [(nodes, section)]
    while waiting:
        siblings, rules = waiting.pop()
        for node in siblings:
            reading = rules.read(node.line)
            yield reading
            if node.children:
                waiting.append((node.children, section_below(reading, unknown)))


class Place(NamedTuple):
    """One statement and where it stands; `keys` are the identities of the sections above it."""

    path: tuple[str, ...]
    keys: tuple[str, ...]
    node: Node
    reading: Reading
    section: Section


class Index:
    """Where a configuration defines and, with `users`, uses names of some kinds (None: of all)."""

    def __init__(
        self, nodes: Sequence[Node], rules: Rules, kinds: frozenset[str] | None = None, *, users: bool = True
    ) -> None:
        self._users = users
        self.defined: dict[Name, list[Place]] = {}
        self.used: dict[Name, list[Place]] = {}
        self._kinds = kinds
        self._bearing: dict[int, _Bearing] = {}
        waiting: list[tuple[Sequence[Node], Section, tuple[str, ...], tuple[str, ...]]] = [(nodes, rules.top, (), ())]
        while waiting:
            siblings, section, path, keys = waiting.pop()
            bearing = self._bearing_of(section)
            for node in siblings:
                if not node.children and not bearing.may(node.line):
                    continue
                reading = section.read(node.line)
                if defines(reading) or (users and uses(reading)):
                    self._note(Place(path, keys, node, reading, section))
                if node.children:
                    below = section_below(reading, rules.unknown)
                    if below is not rules.unknown:
                        waiting.append((node.children, below, (*path, node.line), (*keys, reading.key)))

    def _bearing_of(self, section: Section) -> _Bearing:
        found = self._bearing.get(id(section))
        if found is None:
            found = self._bearing[id(section)] = _Bearing(section, self._kinds, users=self._users)
        return found

    def _note(self, place: Place) -> None:
        for name in defines(place.reading):
            if self._kinds is None or name[0] in self._kinds:
                self.defined.setdefault(name, []).append(place)
        for name in uses(place.reading) if self._users else ():
            if self._kinds is None or name[0] in self._kinds:
                self.used.setdefault(name, []).append(place)

    def dangling(self) -> set[Name]:
        """The names that are used and not defined."""
        return self.used.keys() - self.defined.keys()


class _Bearing:
    """The first two words of a section's statements that define or use names of some kinds."""

    def __init__(self, section: Section, kinds: frozenset[str] | None, *, users: bool) -> None:
        self.words: set[str] = set()
        self.seconds: dict[str, set[str]] = {}  # of first words behind which only some words matter
        self.anchors: set[str] = set()  # words of which one stands somewhere in a line that may begin with any
        self.negate = section.words.negate
        self.any = False
        for statement in section.statements():
            named = (*statement.defines, *statement.uses) if users else statement.defines
            if any(kinds is None or kind in kinds for kind, _name in named):
                self._add(statement.pattern)

    def _add(self, pattern: Pattern) -> None:
        if not pattern.first:
            anchor = fixed_word(pattern)
            self.any = self.any or not anchor
            self.anchors.add(anchor)
            return
        seconds = second_words(pattern)
        for word in pattern.first:
            self.seconds.setdefault(word, set()).update(seconds)
            if not seconds:
                self.words.add(word)

    def may(self, line: str) -> bool:
        """False where the line surely names nothing."""
        if self.any:
            return True
        words = line.split(None, 2)
        if self._bear(words) or (words[:1] == [self.negate] and self._bear(line.split(None, 3)[1:])):
            return True
        return bool(self.anchors) and any(anchor in line for anchor in self.anchors)

    def _bear(self, words: Sequence[str]) -> bool:
        if not words or words[0] in self.words:
            return bool(words)
        return len(words) > 1 and words[1] in self.seconds.get(words[0], ())


@lru_cache(maxsize=64)
def kinds_defined(rules: Rules) -> frozenset[str]:
    """The kinds of names that some statement of the platform defines."""
    return frozenset(kind for statement in _statements(rules) for kind, _name in statement.defines)


@lru_cache(maxsize=64)
def kinds_used(rules: Rules) -> frozenset[str]:
    """The kinds of names that some statement of the platform refers to."""
    return frozenset(kind for statement in _statements(rules) for kind, _name in statement.uses)


@lru_cache(maxsize=64)
def kinds_fragile(rules: Rules) -> frozenset[str]:
    """The kinds of names whose definitions cannot always be changed where they stand."""
    return frozenset(
        kind
        for statement in _statements(rules)
        if statement.change != "overwrite" or statement.ordered or statement.unique
        for kind, _name in statement.defines
    )


def _statements(rules: Rules) -> Iterator[Statement]:
    seen: set[int] = set()
    waiting = [rules.top]
    while waiting:
        section = waiting.pop()
        if id(section) in seen:
            continue
        seen.add(id(section))
        for statement in section.statements():
            yield statement
            if statement.inside is not None:
                waiting.append(statement.inside)


def dangling(tree: Tree, rules: Rules) -> frozenset[Name]:
    """The names that a configuration uses and does not define, of the kinds that can be defined at all."""
    return frozenset(Index(statements(tree, rules), rules, kinds_defined(rules)).dangling())

"""The statements known in one kind of section, and the reading of a line by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from netctl.config.rules.dispatch import (
    PLAIN_NUMBER,
    Dispatch,
    Telling,
    removing,
    saying,
    second_words,
    telling_seconds,
)
from netctl.config.rules.nouns import Reading, Statement, Words
from netctl.config.rules.pattern import Pattern
from netctl.config.rules.readings import fill, reading_of, removed
from netctl.config.rules.slots import members

__all__ = ["Section", "fill"]
_MOST_REMEMBERED = 100_000  # lines; a network says the same lines over and over


class Beginnings(NamedTuple):
    """First words, and beginnings of lines (`Section.beginning`); "" stands for all."""

    words: frozenset[str]
    lines: frozenset[str]


class Section:
    """Statements in the order of the file, found by their first word. Filled once, while rules are loaded."""

    def __init__(self, words: Words, *, ordered: bool = False) -> None:
        self.words = words
        self.ordered = ordered
        self.defaults: dict[str, str] = {}  # key → the value that means the same as absence
        self.removals: list[Statement] = []
        self.resizing: list[Statement] = []
        self.entries: list[Statement] = []
        self.unique = False  # some statements are held once, whatever number they stand under
        self.sequences = False  # some statements with one identity are a sequence
        self.hollow = False  # some statements mean nothing without others below them
        self.merging = False  # some statements add to what another one says
        self._by_word: dict[str, list[tuple[int, Statement]]] = {}
        self._aliased: set[str] = set()  # first words of lines whose identity begins with another word, and those
        self._removing: dict[str, Dispatch] | None = None  # what `_dispatch` is for statements, for their `remove`
        self._dispatch: dict[str, Dispatch] = {}  # first word → its statements by the second one; made when asked for
        self._anchored: dict[str, list[tuple[int, Statement]]] = {}
        self._anywhere: list[tuple[int, Statement]] = []
        self._telling: dict[str, Telling] = {}
        self._remembered: dict[str, Reading] = {}

    def add(self, statements: Iterable[Statement], defaults: Iterable[str]) -> None:
        """Take these statements and defaults in, after those that are there."""
        start = sum(1 for _ in self.statements())
        for number, statement in enumerate(statements, start):
            entry = (number, statement)
            pattern = statement.pattern
            for word in pattern.first:
                self._by_word.setdefault(word, []).append(entry)
            for word in pattern.anchor:
                self._anchored.setdefault(word, []).append(entry)
            if not pattern.first and not pattern.anchor:
                self._anywhere.append(entry)
            begins = statement.key.split(None, 1)[:1]
            if begins and set(begins) != set(pattern.first):
                self._aliased.update((*begins, *pattern.first))
            if statement.growing is not None or statement.shrinking is not None:
                self.resizing.append(statement)
            if statement.entries:
                self.entries.append(statement)
            self.sequences = self.sequences or statement.sequence
            self.unique = self.unique or bool(statement.unique)
            self.merging = self.merging or statement.extends
            self.hollow = self.hollow or statement.hollow
            if statement.removal is not None:
                self.removals.append(statement)
        for line in defaults:
            reading = self._read(line)
            self.defaults[reading.key] = reading.value
        self._remembered.clear()
        self._dispatch.clear()
        self._telling.clear()
        self._removing = None

    def statements(self) -> Iterator[Statement]:
        """All statements, in the order of the file."""
        seen: dict[int, Statement] = {}
        for entries in (*self._by_word.values(), *self._anchored.values(), self._anywhere):
            seen.update(entries)
        yield from (seen[number] for number in sorted(seen))

    def read(self, line: str) -> Reading:
        """What the line means here; the same object for the same line."""
        reading = self._remembered.get(line)
        if reading is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                for old in list(islice(self._remembered, _MOST_REMEMBERED // 2)):
                    del self._remembered[old]
            reading = self._remembered[line] = self._read(line)
        return reading

    def first_word(self, line: str) -> str:
        """The word that lines of one identity have in common; "" where a line's identity may begin with another."""
        words = line.split(None, 2)
        first = words[0] if words else ""
        if first == self.words.negate and len(words) > 1:
            first = words[1]
        return "" if first in self._aliased else first

    def beginning(self, line: str) -> str:
        """What lines of one identity begin with: one word, or two where the second surely tells identities apart.

        "" where a line's identity may begin with another word.
        """
        first = self.first_word(line)
        if not first:
            return ""
        telling = self._telling.get(first)
        if telling is None:
            telling = self._telling[first] = telling_seconds(self._by_word.get(first, ()))
        words = line.split(None, 3)
        at = 2 if words[:1] == [self.words.negate] and len(words) > 1 else 1
        if len(words) <= at:
            return first
        second = words[at]
        if second in telling.words or (telling.numbers and PLAIN_NUMBER.fullmatch(second)):
            return f"{first} {second}"
        return first

    def shares(self, line: str, words: AbstractSet[str], beginnings: AbstractSet[str]) -> bool:
        """False where no line of these first words and beginnings has the identity of this one, without a reading."""
        first = self.first_word(line)
        if first not in words:
            return False
        if first in beginnings:
            return True
        begins = self.beginning(line)
        return begins == first or begins in beginnings

    @cached_property
    def several(self) -> Beginnings | None:
        """How statements begin that may stand for several (``vlan 10-12``); None where there are none."""
        return self._beginnings([each.pattern for each in self.statements() if each.each])

    @cached_property
    def in_order(self) -> Beginnings | None:
        """How statements begin whose lines with one identity are a sequence; None where there are none."""
        return self._beginnings([each.pattern for each in self.statements() if each.sequence])

    def _beginnings(self, patterns: Iterable[Pattern]) -> Beginnings | None:
        lines: list[str] = []
        for pattern in patterns:
            if not pattern.first:
                return Beginnings(frozenset({""}), frozenset({""}))
            lines += [f"{word} {second}" for word in pattern.first for second in second_words(pattern) or ("{",)]
        if not lines:
            return None
        return Beginnings(frozenset(map(self.first_word, lines)), frozenset(map(self.beginning, lines)))

    def among(self, line: str, known: Beginnings) -> bool:
        """False where the line surely begins otherwise."""
        return "" in known.words or self.shares(line, known.words, known.lines)

    def is_default(self, reading: Reading) -> bool:
        """True where the statement means the same as its absence."""
        return bool(self.defaults) and self.defaults.get(reading.key) == reading.value

    def read_removal(self, line: str) -> Reading | None:
        """What a command takes away that is a statement's own ``remove`` (``no description``); None where it is none.

        Key and slots of the answer are those of what goes; values that the command does not name are left out.
        """
        for statement in self._removed_by(line):
            removal: Pattern | None = statement.removal
            match = removal.regex.fullmatch(line) if removal is not None else None
            if match is not None:
                return removed(line, statement, match)
        return None

    def _removed_by(self, line: str) -> Iterable[Statement]:
        if self._removing is None:
            self._removing = removing(self.removals)
        words = line.split(None, 2)
        known = self._removing.get(words[0], self._removing.get("")) if words else None
        return known.of(words) if known is not None else ()

    def read_resize(self, line: str) -> tuple[Reading, bool, frozenset[int]] | None:
        """What a command adds to (True) or takes from (False) a list of numbers; None where it does neither."""
        for statement in self.resizing:
            for pattern, grows in ((statement.growing, True), (statement.shrinking, False)):
                match = pattern.regex.fullmatch(line) if pattern is not None else None
                if match is not None:
                    reading = removed(line, statement, match)
                    found = next((members(match[s.name]) for s in statement.pattern.slots if s.kind == "numbers"), None)
                    return reading, grows, found or frozenset()
        return None

    def _find(self, line: str) -> tuple[Statement, re.Match[str]] | None:
        for statement in self._candidates(line):
            match = statement.pattern.regex.fullmatch(line)
            if match is not None:
                return statement, match
        return None

    def _find_short(self, line: str) -> tuple[Statement, re.Match[str]] | None:
        for statement in self._candidates(line):
            short = statement.pattern.short
            match = short.fullmatch(line) if short is not None else None
            if match is not None:
                return statement, match
        return None

    def _candidates(self, line: str) -> Iterable[Statement]:
        words = line.split(None, 2)
        first = words[0] if words else ""
        if not self._anchored:
            if first not in self._by_word:
                first = ""
            known = self._dispatch.get(first)
            if known is None:
                entries = sorted([*self._by_word.get(first, ()), *self._anywhere], key=_number)
                known = self._dispatch[first] = saying([statement for _number, statement in entries])
            return known.of(words)
        found = [*self._by_word.get(first, ()), *self._anywhere]
        for word in set(line.split()):
            found += self._anchored.get(word, ())
        return (statement for _number, statement in sorted(found, key=_number))

    def _read(self, line: str) -> Reading:
        found = self._find(line)
        if found is not None:
            return reading_of(line, *found)
        negate = self.words.negate
        if negate and line.startswith(negate + " "):
            positive = line[len(negate) + 1 :].lstrip()
            found = self._find(positive) or self._find_short(positive)
            if found is not None:
                return reading_of(positive, *found, line)
            return Reading(line, positive, line, negated=True)
        return Reading(line, line, line)


def _number(entry: tuple[int, Statement]) -> int:
    return entry[0]

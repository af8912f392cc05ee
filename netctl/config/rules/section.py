"""The statements known in one kind of section, and the reading of a line by them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from netctl.config.rules.nouns import Reading, Statement, Words
from netctl.config.rules.pattern import Pattern, Slot
from netctl.config.rules.slots import members

_VARIABLE = re.compile(r"[{<\[\]]|\.\.\.")
_MOST_REMEMBERED = 100_000  # lines; a network says the same lines over and over


class Section:
    """Statements in the order of the file, found by their first word. Filled once, while rules are loaded."""

    __slots__ = (
        "_aliased",
        "_anchored",
        "_anywhere",
        "_by_word",
        "_dispatch",
        "_remembered",
        "_removing",
        "defaults",
        "entries",
        "hollow",
        "merging",
        "ordered",
        "removals",
        "resizing",
        "sequences",
        "unique",
        "words",
    )

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
        self._removing: dict[str, _Dispatch] | None = None  # what `_dispatch` is for statements, for their `remove`
        self._dispatch: dict[str, _Dispatch] = {}  # first word → its statements by the second one; made when asked for
        self._anchored: dict[str, list[tuple[int, Statement]]] = {}
        self._anywhere: list[tuple[int, Statement]] = []
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
            if begins and begins[0] not in pattern.first:
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
        first, _, rest = line.partition(" ")
        if first == self.words.negate and rest:
            first = rest.lstrip().partition(" ")[0]
        return "" if first in self._aliased else first

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
                return _removed(line, statement, match)
        return None

    def _removed_by(self, line: str) -> Iterable[Statement]:
        if self._removing is None:
            self._removing = _removing(self.removals)
        words = line.split(None, 2)
        known = self._removing.get(words[0], self._removing.get("")) if words else None
        if known is None:
            return ()
        return known.by_second.get(words[1], known.others) if len(words) > 1 else known.others

    def read_resize(self, line: str) -> tuple[Reading, bool, frozenset[int]] | None:
        """What a command adds to (True) or takes from (False) a list of numbers; None where it does neither."""
        for statement in self.resizing:
            for pattern, grows in ((statement.growing, True), (statement.shrinking, False)):
                match = pattern.regex.fullmatch(line) if pattern is not None else None
                if match is not None:
                    reading = _removed(line, statement, match)
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
        if not self._anchored and not self._anywhere:
            known = self._dispatch.get(first)
            if known is None:
                if first not in self._by_word:
                    return ()
                known = self._dispatch[first] = _dispatch(self._by_word[first])
            return known.by_second.get(words[1], known.others) if len(words) > 1 else known.others
        found = [*self._by_word.get(first, ()), *self._anywhere]
        if self._anchored:
            for word in set(line.split()):
                found += self._anchored.get(word, ())
        return (statement for _number, statement in sorted(found, key=_number))

    def _read(self, line: str) -> Reading:
        found = self._find(line)
        if found is not None:
            return _reading(line, *found)
        negate = self.words.negate
        if negate and line.startswith(negate + " "):
            positive = line[len(negate) + 1 :].lstrip()
            found = self._find(positive) or self._find_short(positive)
            if found is not None:
                return _reading(positive, *found, negated=line)
            return Reading(line, positive, line, negated=True)
        return Reading(line, line, line)


def _number(entry: tuple[int, Statement]) -> int:
    return entry[0]


def _removed(line: str, statement: Statement, match: re.Match[str]) -> Reading:
    slots = {}
    for slot in statement.pattern.slots:
        if slot.name in match.re.groupindex and match[slot.name] is not None:
            text = match[slot.name]
            slots[slot.name] = slot.canonical(text) if slot.canonical is not None else text
    return Reading(line, statement.identity(slots), line, statement, slots, negated=True)


def fill(text: str, slots: dict[str, str]) -> str:
    """A text with ``{slot}`` and ``<slot>`` replaced by what the slots hold; a slot that is not given stays."""
    for name, value in slots.items():
        for mark in (f"{{{name}}}", f"<{name}>"):
            if mark in text:
                text = text.replace(mark, value)
    return text


class _Shape(NamedTuple):
    """What making a reading of a pattern's match takes."""

    slots: tuple[Slot, ...]  # in the order in which they stand
    plain: bool  # words are compared as they stand, and none of them is secret
    values: bool


@functools.lru_cache(maxsize=8192)
def _shape(statement: Statement) -> _Shape:
    pattern = statement.pattern
    known = pattern.regex.groupindex
    slots = tuple(sorted((slot for slot in pattern.slots if slot.name in known), key=lambda slot: known[slot.name]))
    plain = not any(slot.canonical is not None or slot.name.startswith("secret") for slot in slots)
    return _Shape(slots, plain, pattern.has_values)


def _reading(line: str, statement: Statement, match: re.Match[str], *, negated: str = "") -> Reading:
    """The reading of a match in `line`, or, where `negated` is the whole line, in what follows its ``no``."""
    shape = _shape(statement)
    if shape.plain and not shape.values and not statement.key:
        return Reading(negated or line, line, negated or line, statement, match=match, negated=bool(negated))
    key, value, last = "", "", 0
    secrets: list[str] = []
    known = match.re.groupindex
    for slot in shape.slots:
        start, end = match.span(slot.name) if slot.name in known else (-1, -1)
        if start < 0:
            continue
        text = line[start:end]
        before = line[last:start]
        last = end
        if slot.name.startswith("secret"):
            secrets.append(text)
            text = f"<{slot.name}>"
        elif slot.canonical is not None:
            text = slot.canonical(text)
        value += before + text
        key += before if slot.value else before + text
    value += line[last:]
    key += line[last:]
    if negated:
        value = negated.removesuffix(line) + value
    found = Reading(negated or line, key, value, statement, None, tuple(secrets), match=match, negated=bool(negated))
    if statement.key:
        found.key = fill(statement.key, found.slots)
    elif shape.values:
        found.key = " ".join(key.split())
    return found


class _Dispatch(NamedTuple):
    """The statements that begin with one word, in the order of the file: those for each second word, and for others."""

    by_second: dict[str, tuple[Statement, ...]]
    others: tuple[Statement, ...]


def _dispatch(entries: Iterable[tuple[int, Statement]]) -> _Dispatch:
    return _by_second([(each, each.pattern) for _number, each in sorted(entries, key=_number)])


def _removing(statements: Sequence[Statement]) -> dict[str, _Dispatch]:
    """First word of what takes statements away → those statements; "" for any word, where some begin with no word."""
    found: dict[str, list[tuple[Statement, Pattern]]] = {}
    entries = [(each, each.removal) for each in statements if each.removal is not None]
    if any(not removal.first for _statement, removal in entries):
        return {"": _Dispatch({}, tuple(statement for statement, _removal in entries))}
    for statement, removal in entries:
        for word in removal.first:
            found.setdefault(word, []).append((statement, removal))
    return {word: _by_second(known) for word, known in found.items()}


def _by_second(entries: Sequence[tuple[Statement, Pattern]]) -> _Dispatch:
    seconds = [_second_words(pattern) for _statement, pattern in entries]
    words = {word for found in seconds for word in found}

    def beginning(word: str) -> tuple[Statement, ...]:
        fitting = (not second or word in second for second in seconds)
        return tuple(statement for (statement, _), fits in zip(entries, fitting, strict=True) if fits)

    return _Dispatch({word: beginning(word) for word in words}, beginning(""))


def _second_words(pattern: Pattern) -> frozenset[str]:
    """The words of which one must stand second; none where any may."""
    words = pattern.text.split(None, 2)
    if len(words) < 2 or _VARIABLE.search(words[1]):
        return frozenset()
    return frozenset(words[1].split("|"))

"""Statements found by the first two words of a line, so that few patterns are tried on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from netctl.config.rules.nouns import Statement
from netctl.config.rules.pattern import Pattern

_SLOT = re.compile(r"\{\w+\}")
_TYPE = re.compile(r":\w+(?=\})")
_VARIABLE = re.compile(r"[{<\[\]]|\.\.\.")


class Dispatch(NamedTuple):
    """The statements that begin with one word, in the order of the file: those for each second word, and for others."""

    by_second: dict[str, tuple[Statement, ...]]
    others: tuple[Statement, ...]

    def of(self, words: Sequence[str]) -> tuple[Statement, ...]:
        """The statements that may match a line of these words."""
        return self.by_second.get(words[1], self.others) if len(words) > 1 else self.others


def saying(statements: Iterable[Statement]) -> Dispatch:
    """Those of one first word, by their own patterns."""
    return _by_second([(statement, statement.pattern) for statement in statements])


def removing(statements: Iterable[Statement]) -> dict[str, Dispatch]:
    """First word of what takes statements away → those statements; "" for any word, where some begin with no word."""
    entries = [(each, each.removal) for each in statements if each.removal is not None]
    if any(not removal.first for _statement, removal in entries):
        return {"": Dispatch({}, tuple(statement for statement, _removal in entries))}
    found: dict[str, list[tuple[Statement, Pattern]]] = {}
    for statement, removal in entries:
        for word in removal.first:
            found.setdefault(word, []).append((statement, removal))
    return {word: _by_second(known) for word, known in found.items()}


def _by_second(entries: Sequence[tuple[Statement, Pattern]]) -> Dispatch:
    seconds = [second_words(pattern) for _statement, pattern in entries]
    words = {word for found in seconds for word in found}

    def beginning(word: str) -> tuple[Statement, ...]:
        fitting = (not second or word in second for second in seconds)
        return tuple(statement for (statement, _), fits in zip(entries, fitting, strict=True) if fits)

    return Dispatch({word: beginning(word) for word in words}, beginning(""))


def second_words(pattern: Pattern) -> frozenset[str]:
    """The words of which one must stand second; none where any may."""
    words = pattern.text.split(None, 2)
    if len(words) < 2 or _VARIABLE.search(words[1]) or "[" in words[0] or "..." in words[0]:
        return frozenset()
    return frozenset(words[1].split("|"))


def fixed_word(pattern: Pattern) -> str:
    """A word that every line of the pattern holds, the longest; "" where there is none."""
    found, depth = "", 0
    for word in pattern.text.split():
        depth += word.count("[")
        if not depth and not _VARIABLE.search(word) and "|" not in word and len(word) > len(found):
            found = word
        depth -= word.count("]")
    return found


# A number or an IPv4 address that is its own canonical form; no range and no list.
PLAIN_NUMBER = re.compile(r"[1-9]\d*(?:\.\d+)*|0")


class Telling(NamedTuple):
    """Which second words tell identities apart behind one first word: some literal ones, and plain numbers or not."""

    words: frozenset[str]
    numbers: bool


def telling_seconds(entries: Iterable[tuple[int, Statement]]) -> Telling:
    """For the statements that begin with one word.

    A literal second word stands in the identity of its statement, unless `key` says otherwise. A number does where the
    second word of every statement is a slot of the identity, or literal.
    """
    words: set[str] = set()
    mixed: set[str] = set()
    numbers = True
    for _number, statement in entries:
        second = _TYPE.sub("", " ".join(statement.pattern.text.split()[1:2]))
        literal = second_words(statement.pattern)
        if statement.key and " ".join(statement.key.split()[1:2]) != second:
            if not literal:
                return Telling(frozenset(), numbers=False)
            mixed.update((*literal, *statement.key.split()[1:2]))
        words |= literal
        numbers = numbers and bool(literal or _SLOT.fullmatch(second))
    return Telling(frozenset(words - mixed), numbers)

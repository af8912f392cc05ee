"""The nouns of a platform's rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from netctl.config.rules.pattern import Pattern
from netctl.config.syntax.layout import Layout

if TYPE_CHECKING:
    from netctl.config.rules.section import Section

Commit = Literal["immediate", "atomic"]
Change = Literal["overwrite", "remove-first", "whole", "rebuild", "swap"]


class Reference(NamedTuple):
    """A name that a statement defines or uses: its kind, and the text with slots that makes the name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A hazard told when the statement is added, changed or removed."""

    code: str
    on: frozenset[str]
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One rule: what a statement of this pattern means. Attributes as in docs/rules.md."""

    pattern: Pattern
    inside: Section | None = None
    ordered: bool = False
    numbered: bool = False
    key: str = ""
    remove: str | None = None
    removal: Pattern | None = None  # `remove` as something to match
    stays: bool = False
    hollow: bool = False
    change: Change = "overwrite"
    temporary: str = ""
    defines: tuple[Reference, ...] = ()
    uses: tuple[Reference, ...] = ()
    takes: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    gone_first: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    order: Literal["", "first", "last"] = ""
    carries: tuple[Reference, ...] = ()
    grow: str = ""
    shrink: str = ""
    growing: Pattern | None = None  # `grow` and `shrink` as something to match
    shrinking: Pattern | None = None
    extends: bool = False
    each: str = ""
    unique: str = ""
    risk: Risk | None = None

    def identity(self, slots: dict[str, str]) -> str:
        """The key of this statement with these canonical slots, as a reading of it would give."""
        text = self.key or self.pattern.bare
        for name, value in slots.items():
            text = text.replace(f"{{{name}}}", value)
        return " ".join(text.split()) if self.pattern.has_values else text

    @property
    def sequence(self) -> bool:
        """True where the statements with this identity are one sequence of lines."""
        return self.ordered and self.inside is None and not self.entries

    @property
    def entries(self) -> bool:
        """True where the statements belong to entries of a list whose order means something (slot ``{entry}``)."""
        return self.ordered and any(slot.name == "entry" and not slot.value for slot in self.pattern.slots)


def filled(statement: Statement, match: re.Match[str]) -> dict[str, str]:
    """What the slots of the statement's pattern hold, in canonical form."""
    slots: dict[str, str] = {}
    known, line = match.re.groupindex, match.string
    for slot in statement.pattern.slots:
        start, end = match.span(known[slot.name]) if slot.name in known else (-1, -1)
        if start >= 0:
            text = line[start:end]
            slots[slot.name] = slot.canonical(text) if slot.canonical is not None else text
    return slots


class Reading:
    """What one line means in its section.

    `key` is the identity, `value` the whole statement in its canonical form without its secret; two lines with equal
    keys, values and secrets mean the same. `negated`: it was ``no X``; slots and statement are those of ``X``.
    `statement` is None where no rule knows the line. `defined` and `used` remember the names (kind, name) that it
    defines and refers to, once somebody has asked.
    """

    __slots__ = ("_match", "_slots", "defined", "key", "line", "negated", "secrets", "statement", "used", "value")

    def __init__(  # noqa: PLR0917 - made for every line: keywords would cost
        self,
        line: str,
        key: str,
        value: str,
        statement: Statement | None = None,
        slots: dict[str, str] | None = None,
        secrets: tuple[str, ...] = (),
        *,
        match: re.Match[str] | None = None,
        negated: bool = False,
    ) -> None:
        self.line = line
        self.key = key
        self.value = value
        self.statement = statement
        self._slots = slots
        self._match = match
        self.secrets = secrets
        self.negated = negated
        self.defined: Sequence[tuple[str, str]] | None = None
        self.used: Sequence[tuple[str, str]] | None = None

    @property
    def slots(self) -> dict[str, str]:
        """What the pattern's slots hold, in canonical form; looked up in the match when first asked for."""
        if self._slots is None:
            match, statement = self._match, self.statement
            self._slots = filled(statement, match) if match is not None and statement is not None else {}
            self._match = None
        return self._slots

    def positive(self) -> Reading:
        """The reading of what a ``no X`` takes away: that of ``X``."""
        if not self.negated:
            return self
        value = self.value.split(None, 1)[-1]
        return Reading(self.line.split(None, 1)[-1], self.key, value, self.statement, self.slots, self.secrets)

    def __repr__(self) -> str:
        return f"Reading({self.line!r} key={self.key!r} {'negated ' if self.negated else ''}{self.slots!r})"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the platform's own that stand before a statement."""

    negate: str = "no"
    default: str = ""
    say: str = ""
    move: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All the rules of one platform."""

    platform: str
    layout: Layout
    words: Words
    commit: Commit
    leave: str
    top: Section
    unknown: Section  # the rules of sections that no rule knows
    containers: frozenset[str] = frozenset()
    leave_all: bool = False  # `leave` is said at the end of sections of the top level, too
    secrets: tuple[re.Pattern[str], ...] = ()  # statements with groups named `secret`, `secret2`, …
    alone: frozenset[str] = frozenset()  # kinds of names that one statement may define at a time

    @property
    def by_words(self) -> bool:
        """True where a removal takes all statements that begin with its words; never for files without commands."""
        return self.layout.style in {"curly", "flat"} and bool(self.words.negate)

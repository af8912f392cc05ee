"""Patterns: statements with their variable words marked, as docs/rules.md describes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from netctl.config.rules.slots import Abbreviations, Canonical, canonical_for, kinds

# A word ends where white space begins: giving letters back (what ++ forbids) gains nothing and costs time.
_WORD = r'(?:"(?:[^"\\]|\\.)*"|\S++)'
_PART = r'[^\s"]+?'
# Slots of these types match nothing else. AS numbers are written with a dot, too.
_ONLY = {"number": r"\d[\d.]*", "host": r"[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*"}
_ANY = r"(?P<any>(?:\S+ )*?)"
_TOKEN = re.compile(
    r"(?P<many>\.\.\.)(?=\s|$)"
    r"|\{(?P<key>[a-z_]\w*)(?::(?P<key_type>\w+))?(?P<key_rest>\.\.\.)?\}"
    r"|<(?P<value>[a-z_]\w*)(?::(?P<value_type>\w+))?(?P<value_rest>\.\.\.)?>"
    r"|(?P<open>\[(?=\S))|(?P<close>\])|(?P<space>\s+)|(?P<text>[^\s{<\[\]]+|[\[{<])"
)


class BadPattern(ValueError):
    """The pattern cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One variable of a pattern; `value` where it is no part of the identity."""

    name: str
    value: bool
    canonical: Canonical | None
    kind: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    `first`: the words a statement may begin with, empty where any may stand there. `anchor`: for ``... word``, the
    words of which one must be somewhere in the statement. `short` is the beginning up to the first value
    (``description`` of ``description <text...>``), None where something else than values follows, or there are none.
    `bare`: the words with ``{slot}`` for each slot of the identity, and without values and optional words: what an
    identity is written from where there is no statement to match.
    """

    text: str
    regex: re.Pattern[str]
    short: re.Pattern[str] | None
    slots: tuple[Slot, ...]
    first: tuple[str, ...]
    bare: str
    anchor: tuple[str, ...] = ()

    @property
    def has_values(self) -> bool:
        """True where saying the statement again with other words overwrites it."""
        return any(slot.value for slot in self.slots)

    def kind_of(self, name: str) -> str:
        """The type of the slot of this name."""
        return next((slot.kind for slot in self.slots if slot.name == name), "")


def compile_pattern(text: str, names: Mapping[str, Abbreviations]) -> Pattern:
    """The pattern ready to match; raises `BadPattern`."""
    return _Compiler(text.strip(), names).pattern()


class _Compiler:
    """One pattern, word by word, into an expression."""

    def __init__(self, text: str, names: Mapping[str, Abbreviations]) -> None:
        self.text = text
        self.names = names
        self.pieces: list[str] = []
        self.slots: list[Slot] = []
        self.words: list[str] = []
        self.bare: list[str] = []
        self.short: str | None = None
        self.depth = 0

    def pattern(self) -> Pattern:
        for match in _TOKEN.finditer(self.text):
            if match["many"]:
                self.many(match)
            elif match["key"] or match["value"]:
                self.slot(match)
            elif match["space"]:
                self.space()
            elif match["text"]:
                self.literal(match["text"])
            elif match["open"]:
                self.depth += 1
                self.open()
            else:
                self.depth -= 1
                self.pieces.append(")?")
        if self.depth:
            raise BadPattern(f"{self.text!r}: brackets do not match")
        if not self.pieces:
            raise BadPattern("an empty pattern")
        return self.compiled()

    def many(self, match: re.Match[str]) -> None:
        if match.start():
            raise BadPattern(f"{self.text!r}: `...` alone stands only at the beginning")
        self.pieces.append(_ANY)
        self.words.append("...")

    def space(self) -> None:
        if self.pieces[-1] != _ANY:
            self.pieces.append(r"\s+")
        self.words.append(" ")
        self.bare.append(" " if self.depth == 0 else "")

    def literal(self, text: str) -> None:
        choices = [re.escape(choice) for choice in text.split("|")]
        self.only_values_behind()
        self.pieces.append(choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})")
        self.words.append(text)
        self.bare.append(text if self.depth == 0 else "")

    def open(self) -> None:
        """An optional group takes the space before it along."""
        if self.pieces and self.pieces[-1] == r"\s+":
            self.pieces.pop()
            self.pieces.append(r"(?:\s+")
        else:
            self.pieces.append("(?:")

    def only_values_behind(self) -> None:
        """Where a part of the identity stands behind a value, no beginning names the statement."""
        if self.short is not None and self.depth == 0:
            self.short = ""

    def slot(self, match: re.Match[str]) -> None:
        if match["value"] and self.short is None and self.depth == 0:
            self.short = "".join(self.pieces)
        elif match["key"] and self.depth == 0:
            self.only_values_behind()
            self.bare.append(f"{{{match['key']}}}")
        self.pieces.append(self.expression(match))
        self.words.append("{}")

    def expression(self, match: re.Match[str]) -> str:
        name = match["value"] or match["key"]
        kind = match["value_type"] or match["key_type"] or ""
        if any(slot.name == name for slot in self.slots):
            return f"(?P={name})"
        try:
            canonical = canonical_for(kind, self.names)
        except KeyError:
            known = ", ".join(kinds(self.names))
            raise BadPattern(f"{self.text!r}: no slot type {kind!r}; there are {known}") from None
        self.slots.append(Slot(name, match["value"] is not None, canonical, kind or "word"))
        if match["value_rest"] or match["key_rest"]:
            return f"(?P<{name}>.+)"
        if kind in _ONLY:
            return f"(?P<{name}>{_ONLY[kind]})"
        begins = match.start() == 0 or self.text[match.start() - 1] in " ["
        ends = match.end() == len(self.text) or self.text[match.end()] in " ]"
        return f"(?P<{name}>{_WORD if begins and ends else _PART})"

    def compiled(self) -> Pattern:
        words = self.words
        first: tuple[str, ...] = ()
        anchor: tuple[str, ...] = ()
        if words[0] == "...":
            literal = next((word for word in words[1:] if word not in {" ", "{}"}), "")
            anchor = tuple(literal.split("|")) if literal else ()
        elif words[0] != "{}" and (len(words) == 1 or words[1] == " "):
            first = tuple(words[0].split("|"))
        short = (self.short or "").removesuffix(r"\s+")
        return Pattern(
            text=self.text,
            regex=re.compile("".join(self.pieces), re.DOTALL),
            short=re.compile(short, re.DOTALL) if short else None,
            slots=tuple(self.slots),
            first=first,
            bare="".join(self.bare).strip(),
            anchor=anchor,
        )

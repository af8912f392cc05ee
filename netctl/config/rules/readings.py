"""Readings of lines that matched a pattern. Made for every line that is looked at, so nothing is done twice here."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from netctl.config.rules.nouns import Reading, Statement, filled
from netctl.config.rules.slots import Canonical

_RUN = re.compile(r"\s+")
_MARKS = frozenset({"{", "<"})
_SLOT = re.compile(r"([{<]\w+[}>])")


class Spot(NamedTuple):
    """A slot as a match has it: the number of its group, and what becomes of its words."""

    group: int
    value: bool
    canonical: Canonical | None
    mark: str  # what stands for a secret in the value; "" where the slot holds none
    name: str


class Shape(NamedTuple):
    """What making a reading of a pattern's match takes."""

    spots: tuple[Spot, ...]  # in the order in which they stand
    plain: bool  # words are compared as they stand, and none of them is secret
    values: bool
    key: tuple[str, ...]  # of the rule: texts and marks of slots; empty where the line makes the identity


@functools.lru_cache(maxsize=8192)
def shape_of(statement: Statement) -> Shape:
    """The shape of the readings of a statement."""
    pattern = statement.pattern
    known = pattern.regex.groupindex
    spots = tuple(
        Spot(
            known[slot.name],
            slot.value,
            slot.canonical,
            f"<{slot.name}>" if slot.name.startswith("secret") else "",
            slot.name,
        )
        for slot in sorted(pattern.slots, key=lambda slot: known.get(slot.name, 0))
        if slot.name in known
    )
    plain = all(spot.canonical is None and not spot.mark for spot in spots)
    return Shape(spots, plain, pattern.has_values, tuple(_SLOT.split(statement.key)) if statement.key else ())


def reading_of(line: str, statement: Statement, match: re.Match[str], negated: str = "") -> Reading:
    """The reading of a match in `line`, or, where `negated` is the whole line, in what follows its ``no``."""
    spots, plain, values, template = shape_of(statement)
    whole = negated or line
    if plain and "  " not in line and "\t" not in line:
        key = _key(line, spots, match) if values and not template else line
        found = Reading(whole, key, whole, statement, match=match, negated=negated != "")
    else:
        key, value, secrets = _canonical(line, spots, match)
        if negated:
            value = negated.removesuffix(line) + value
        found = Reading(whole, key, value, statement, None, secrets, match=match, negated=negated != "")
    if template:
        slots = filled(statement, match)  # not those of the reading, which would keep them
        found.key = "".join([slots.get(text[1:-1], text) if text[:1] in _MARKS else text for text in template])
    elif values:
        found.key = " ".join(found.key.split())
    return found


def _key(line: str, spots: tuple[Spot, ...], match: re.Match[str]) -> str:
    key, last, groups = "", 0, match.re.groups  # not `match.regs`: the match would keep that, as long as the reading
    for spot in spots:
        if spot.value and spot.group <= groups:
            start, end = match.span(spot.group)
            if start >= 0:
                key += line[last:start]
                last = end
    return key + line[last:]


def _canonical(line: str, spots: tuple[Spot, ...], match: re.Match[str]) -> tuple[str, str, tuple[str, ...]]:
    """Identity, value and secrets."""
    key, value, last, groups = "", "", 0, match.re.groups
    secrets: tuple[str, ...] = ()
    for group, is_value, canonical, mark, _name in spots:
        start, end = match.span(group) if group <= groups else (-1, -1)
        if start < 0:
            continue
        before, text = line[last:start], line[start:end]
        if "  " in before or "\t" in before:
            before = _RUN.sub(" ", before)  # IOS prints `deny   ip`
        last = end
        if mark:
            secrets += (text,)
            text = mark
        elif canonical is not None:
            text = canonical(text)
        value += before + text
        key += before if is_value else before + text
    rest = line[last:]
    return key + rest, value + rest, secrets


def removed(line: str, statement: Statement, match: re.Match[str]) -> Reading:
    """The reading of a command that takes the statement away: its slots are those that the command names."""
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

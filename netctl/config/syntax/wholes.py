"""Texts kept whole: banners, certificates and policies are one statement, whatever stands in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate

from netctl.config.syntax.layout import Whole
from netctl.config.syntax.lines import EDGE

LITERAL = re.compile(r"[\w -]+")
ALTERNATIVES = re.compile(r"\((?:\?:|\?P<\w+>)?([\w -]+(?:\|[\w -]+)*)\)(?![?*{])")

ENDLESS = 64  # as many ends may be looked for in vain: no configuration has more, and time stays linear


def join_wholes(lines: list[str], text: str, wholes: tuple[Whole, ...]) -> dict[str, str]:
    """Join the lines of each whole into its first one, in place; the others become empty, so numbers stay right.

    Answers what each joined text says as a statement, by the text without indentation and line end.
    """
    statements: dict[str, str] = {}
    endless: set[str | Whole] = set()  # ends that no line from here on has, so that each is looked for once
    done = 0
    for index in _candidates(lines, text, wholes):
        if index < done:
            continue
        for whole in wholes:
            stop = _stop(lines, index, whole, endless)
            if stop > index + 1:
                joined = "".join(lines[index:stop])
                lines[index:stop] = [joined, *[""] * (stop - index - 1)]
                statements[joined.strip(EDGE)] = _statement(joined, whole)
            if stop:
                done = stop
                break
    return statements


def _statement(joined: str, whole: Whole) -> str:
    """What a whole says: LF for every line end, and no indentation of a last line that only ends it."""
    said = joined.strip(EDGE).replace("\r\n", "\n").replace("\r", "\n")
    if whole.end is None:
        return said
    body, newline, last = said.rpartition("\n")
    return body + newline + last.strip(EDGE)


def _stop(lines: list[str], index: int, whole: Whole, endless: set[str | Whole]) -> int:
    """The line after the whole that begins at `index`; 0 where none begins there or it never ends."""
    first = lines[index].strip(EDGE)
    if whole.end is not None:
        begins, ends = whole.start.fullmatch(first), whole.end.fullmatch
        return _first(lines, index + 1, whole, endless, lambda raw: bool(ends(raw.strip(EDGE)))) if begins else 0
    match = whole.start.match(first)
    delimiter = match.groupdict().get("delimiter") if match else None
    if not match or not delimiter:
        return 0
    if delimiter in first[match.end("delimiter") :]:
        return index + 1
    return _first(lines, index + 1, delimiter, endless, lambda raw: delimiter in raw)


def _first(
    lines: list[str], index: int, end: str | Whole, endless: set[str | Whole], ends: Callable[[str], bool]
) -> int:
    """The line after the first one from `index` on that `ends`; 0 if none does, which is then known of `end`."""
    if end not in endless and len(endless) < ENDLESS:
        for later in range(index, len(lines)):
            if ends(lines[later]):
                return later + 1
        endless.add(end)
    return 0


def _candidates(lines: list[str], text: str, wholes: tuple[Whole, ...]) -> Iterable[int]:
    """The lines that hold the beginning of a whole, in order: found by its literal words, not line by line."""
    literals = {literal for whole in wholes for literal in beginnings(whole.start)}
    if "" in literals:
        return range(len(lines))
    seen = [literal for literal in literals if literal in text]
    if not seen:
        return ()
    ends = list(accumulate(map(len, lines)))
    found: set[int] = set()
    for literal in seen:
        place = text.find(literal)
        while place >= 0:
            index = bisect_right(ends, place)
            found.add(index)
            place = text.find(literal, ends[index])
    return sorted(found)


@lru_cache(maxsize=256)
def beginnings(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Literal texts one of which begins every match of a pattern; an empty one where that cannot be told."""
    source = pattern.pattern.removeprefix("^")
    if pattern.flags & (re.IGNORECASE | re.VERBOSE) or _has_branches(source):
        return ("",)
    if choice := ALTERNATIVES.match(source):
        return tuple(choice[1].split("|"))
    literal = LITERAL.match(source)
    if literal is None:
        return ("",)
    optional = source[literal.end() : literal.end() + 1] in {"?", "*", "{"}
    return (literal[0][:-1] if optional else literal[0],)


def _has_branches(source: str) -> bool:
    """Whether a pattern offers a choice outside all its groups."""
    plain = re.sub(r"\[\^?\]?[^\]]*\]", "", re.sub(r"\\.", "", source))
    shorter = re.sub(r"\([^()]*\)", "", plain)
    while shorter != plain:
        plain, shorter = shorter, re.sub(r"\([^()]*\)", "", shorter)
    return "|" in plain

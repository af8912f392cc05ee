"""A difference as two columns: what is there on the left, what is to be there on the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Literal, NamedTuple

from netctl.config.views.lines import Change, in_sections, margin

Mark = Literal[" ", "+", "-", "~", ">"]

NARROWEST = 10  # columns of a side, however narrow the terminal is


class Row(NamedTuple):
    """One line of both columns, filled up to their width; `mark` says what it is without any colour.

    `+` stands on the right only, `-` on the left only, `~` has another value on the right, `>` moved here, and a space
    stays where it is.
    """

    left: str
    mark: Mark
    right: str


def side_by_side(changed: Iterable[Change], width: int) -> Iterator[Row]:
    """The changes under the lines of their sections, in rows of `width` columns; what is longer is folded.

    East Asian wide characters count as two columns, combining ones as none (UAX 11).
    """
    side = max((width - 3) // 2, NARROWEST)
    for left, mark, right in _facing(changed):
        folded = zip_longest(_folded(left, side), _folded(right, side), fillvalue="")
        for one, other in folded:
            yield Row(one + " " * (side - columns(one)), mark, other)


def _facing(changed: Iterable[Change]) -> Iterator[tuple[str, Mark, str]]:
    """What stands beside what: both sides of a changed value in one row."""
    gone: list[str] = []
    come: list[str] = []
    for depth, line, change in in_sections(changed, neighbours=True):
        text = margin(depth) + line
        if change is not None and change.changed:
            if change.op == "remove" and come:
                yield from _changed(gone, come)
                gone, come = [], []
            (gone if change.op == "remove" else come).append(text)
            continue
        yield from _changed(gone, come)
        gone, come = [], []
        if change is None:
            yield text, " ", text
        elif change.op == "remove":
            yield text, "-", ""
        else:
            yield "", "+" if change.op == "add" else ">", text
    yield from _changed(gone, come)


def _changed(gone: list[str], come: list[str]) -> Iterator[tuple[str, Mark, str]]:
    for left, right in zip_longest(gone, come):
        yield left or "", "+" if left is None else "-" if right is None else "~", right or ""


def _folded(text: str, side: int) -> list[str]:
    """The lines of a text, none wider than `side` columns."""
    folded: list[str] = []
    for line in text.expandtabs().split("\n"):
        if line.isascii():
            folded += [line[start : start + side] for start in range(0, len(line), side)] or [""]
            continue
        start, used = 0, 0
        for place, character in enumerate(line):
            taken = _columns_of(character)
            if used + taken > side:
                folded.append(line[start:place])
                start, used = place, 0
            used += taken
        folded.append(line[start:])
    return folded


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1

"""A difference as one column: a sign, then the line, indented as deep as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from netctl.config.views.lines import Change, in_sections, margin

Sign = Literal[" ", "+", "-", ">"]
SIGNS: dict[str, Sign] = {"add": "+", "remove": "-", "move": ">"}


class SignedLine(NamedTuple):
    """A line as it is shown: what comes (``+``), goes (``-``), moved here (``>``), or only tells where (a space)."""

    sign: Sign
    text: str


def unified(changed: Iterable[Change]) -> Iterator[SignedLine]:
    """The changes under the lines of their sections; where order means something, under the line they follow.

    A statement that holds line ends, such as a banner, is as many lines, each with its sign.
    """
    for depth, line, change in in_sections(changed, neighbours=True):
        sign: Sign = SIGNS[change.op] if change else " "
        for number, text in enumerate(line.split("\n")):
            yield SignedLine(sign, text if number else margin(depth) + text)

"""How a platform lays its configuration out on lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Whole:
    r"""A text kept whole, as one statement: a banner, a certificate, a policy in a language of its own.

    `start` matches its first line (without indentation). It ends with the line that `end` matches, or, where `end` is
    empty, where the delimiter that `start` names as group ``delimiter`` is seen again (``^C`` is one delimiter).

    Where there is an `end`, both patterns must match the whole line, so that ``route-policy \S+`` does not take the
    ``route-policy NAME in`` of a neighbour for a policy. A text that never ends is no whole: its first line is a
    plain statement and nothing after it is swallowed.
    """

    start: re.Pattern[str]
    end: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Layout:
    """How sections and lines are told apart.

    ``indent``: a line belongs to the nearest line above that is indented less. ``curly``: braces and semicolons; a text
    of ``set`` lines is read as ``flat``. ``flat``: every line stands alone. ``modal``: a line that one of `openers`
    matches as a whole holds what follows until another opener or one of `closers`, however it is indented; only where
    the first line below the opener is indented, as routers print it, does the section end before a line that is not.
    """

    style: Literal["indent", "curly", "flat", "modal"]
    comments: tuple[str, ...] = ("!",)  # a line that begins so says nothing
    closers: frozenset[str] = frozenset()  # lines that only end a section
    openers: tuple[re.Pattern[str], ...] = ()
    wholes: tuple[Whole, ...] = ()
    step: str = " "  # one level of indentation, as the platform prints it
    finals: frozenset[str] = frozenset({"end"})  # lines that, not indented, end all sections at once and say nothing

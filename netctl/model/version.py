"""Version strings of network software in order: a total order over any text, with each platform's own habits.

A text is read as a label (``Ver.``, ``Rev.``, ``V``), which says nothing, and the version proper: numbers and words,
whatever separates them. Numbers compare as numbers, words as words without regard to case; where one version goes on
and the other has ended, the one that goes on is later, except after ``~`` (Debian's "before this"). A text that does
not begin with a number after its label is of unknown shape: all of those come before all others, among each other by
their characters. Versions of two platforms are told apart by the platform's name, which means nothing but is an order.

======================  ===============================================================================================
juniper_junos           ``21.4R3 < 21.4R3.15 < 21.4R3-S5 < 21.4R3-S5.4 < 21.4R3-S10``: the number after a dot is a build
frr                     ``8.5-dev`` and ``8.5-rc1`` come before ``8.5``; ``8.4.4-1.1~deb12u2`` before ``8.4.4-1.1``
fujitsu_sir             the letter before the number (``V20.14``, ``E08.40``) counts only between equal numbers
furukawa_fitelnet       the same (``V01.07(00)``, ``T01.07(00)``); everywhere else that letter says nothing
======================  ===============================================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import total_ordering
from typing import Self

_Token = tuple[int, int, str]  # rank, digits of a number, its digits or the word

_BEFORE, _END, _WORD, _NUMBER = range(4)
_LABEL = re.compile(r"(?:(?:version|ver|rev)(?![a-z])\.?\s*)?", re.IGNORECASE)
_LETTER = re.compile(r"([a-z]?)(?=[0-9])", re.IGNORECASE)
_PIECE = re.compile(r"[0-9]+|~|[^0-9~\s.,:;()\[\]{}+/_-]+")
_SERVICE_RELEASE = re.compile(r"(\d+\.\d+[a-z]\d+)(?:-[sd](\d+))?(?![0-9])", re.IGNORECASE | re.ASCII)
_PRE_RELEASE = frozenset({"alpha", "beta", "dev", "pre", "rc"})
_LETTER_COUNTS = frozenset({"fujitsu_sir", "furukawa_fitelnet"})


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of one platform's software. Equal are those with the same platform and the same `canonical` form."""

    text: str
    platform: str
    known: bool  # False: a text of unknown shape
    canonical: str
    _order: tuple[_Token, ...] = field(repr=False)

    @classmethod
    def parse(cls, text: str, platform: str = "") -> Self:
        """The version a text means on a platform ("" for none in particular). No text is refused."""
        proper, letter = _proper(text.strip())
        if not proper:
            shown = text.strip()
            return cls(text, platform, known=False, canonical=shown, _order=((_WORD, 0, shown),))
        if platform == "juniper_junos":
            proper = _SERVICE_RELEASE.sub(lambda found: f"{found[1]}.{found[2] or 0}", proper, count=1)
        pieces = _PIECE.findall(proper)
        if letter and platform in _LETTER_COUNTS:
            pieces += ["", letter]
        order = [_token(piece, platform) for piece in pieces]
        canonical = ".".join(word for _, _, word in order)
        return cls(text, platform, known=True, canonical=canonical, _order=(*order, (_END, 0, "")))

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Version) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self._key < other._key if isinstance(other, Version) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return self.text

    @property
    def _key(self) -> tuple[str, bool, tuple[_Token, ...]]:
        return self.platform, self.known, self._order


def compare(one: str, other: str, platform: str = "") -> int:
    """-1, 0 or 1: `one` comes before `other`, is the same version, or comes after it."""
    left, right = Version.parse(one, platform), Version.parse(other, platform)
    return (left > right) - (left < right)


def _proper(text: str) -> tuple[str, str]:
    """The version without its label and without what stands behind it, and the letter before its number."""
    rest = text[_LABEL.match(text).end() :]  # type: ignore[union-attr]  # it matches nothing at least
    letter = _LETTER.match(rest)
    if letter is None:
        return "", ""
    return re.split(r"[\s,\[]", rest[letter.end() :], maxsplit=1)[0], letter[1].casefold()


def _token(piece: str, platform: str) -> _Token:
    if piece[:1].isdigit() and piece.isascii():
        digits = piece.lstrip("0") or "0"
        return _NUMBER, len(digits), digits  # compared so, numbers of any length need no arithmetic
    word = piece.casefold()
    if word == "~" or (word in _PRE_RELEASE and platform in {"", "frr"}):
        return _BEFORE, 0, word
    return (_END, 0, "") if not word else (_WORD, 0, word)

"""What a router or a library said, as text that every database and terminal can hold. A reply may be anything."""

from __future__ import annotations

LONGEST = 4000

_SPARED = frozenset("\n\t")


def tame(text: str, longest: int = LONGEST) -> str:
    """The text without control characters and half surrogates, cut to `longest`; the same text gives the same."""
    cut = text[:longest]
    if not cut.isprintable():
        cut = "".join(each if each.isprintable() or each in _SPARED else "\N{REPLACEMENT CHARACTER}" for each in cut)
    return cut if len(text) <= longest else f"{cut}… ({len(text)} characters)"

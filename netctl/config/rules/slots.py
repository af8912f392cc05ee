"""Typed slots: the one form in which words that mean the same are equal."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping

Abbreviations = Mapping[str, str]
Canonical = Callable[[str], str]

_SPLIT_NAME = re.compile(r"([A-Za-z][A-Za-z_-]*?)\s*(\d.*)?")
_SPAN = re.compile(r"(\d+)(?:-(\d+))?")
_LEADING = frozenset("123456789")  # with one of these first, a number is written as it should be
_IPV4 = re.compile(
    r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}(?:/(?:0|[1-9]\d{0,2}))?", re.ASCII
)  # canonical already
_MOST_NUMBERS = 70_000  # a list that spans more is no list of VLANs; it is compared as it is written


def canonical_for(kind: str, names: Mapping[str, Abbreviations]) -> Canonical | None:
    """What brings a slot of type `kind` into its one form; None where words are compared as they stand.

    Raises `KeyError` for a type that does not exist.
    """
    if not kind or kind == "word":
        return None
    if kind in names:
        return _expander(names[kind])
    return _KINDS[kind]


def kinds(names: Mapping[str, Abbreviations]) -> list[str]:
    """The types there are."""
    return sorted({"word", *_KINDS, *names})


def address(word: str) -> str:
    """An address or prefix in its canonical text (RFC 5952); any other word as it is."""
    if _IPV4.fullmatch(word):
        return word
    try:
        if "/" in word:
            host, _, length = word.partition("/")
            return f"{ipaddress.ip_address(host)}/{int(length)}"
        return str(ipaddress.ip_address(word))
    except ValueError:
        return word


def prefix(word: str) -> str:
    """A prefix in its canonical text, without bits of the host; any other word as it is."""
    try:
        return str(ipaddress.ip_network(word, strict=False)) if "/" in word else address(word)
    except ValueError:
        return word


def number(word: str) -> str:
    """A decimal number without leading zeros."""
    if word[:1] in _LEADING:
        return word
    return str(int(word)) if word.isascii() and word.isdigit() and len(word) < 20 else word


def text(words: str) -> str:
    """A text without the quotes around it."""
    return words[1:-1] if len(words) >= 2 and words[0] == words[-1] == '"' else words


def one_spaced(words: str) -> str:
    """A list of words in its order, one space between them."""
    return " ".join(words.split())


def numbers(words: str) -> str:
    """A list of numbers and ranges, sorted and as short as it can be written; other words as they are."""
    found = members(words)
    return words if found is None else spans(found)


def members(words: str) -> frozenset[int] | None:
    """The numbers of a list such as ``1-3,7``; None where it is no such list."""
    found: set[int] = set()
    for piece in words.replace(" ", ",").split(","):
        if not piece:
            continue
        match = _SPAN.fullmatch(piece)
        if match is None or len(piece) > 20:
            return None
        low = int(match[1])
        high = int(match[2] or low)
        if high - low > _MOST_NUMBERS:
            return None
        found.update(range(low, high + 1))
    return frozenset(found)


def singles(words: str, kind: str) -> list[str]:
    """The members of a list one by one: the numbers of a list of type ``numbers``, else each word."""
    if kind == "numbers":
        found = members(words)
        return [] if found is None else [str(number) for number in sorted(found)]
    return list(dict.fromkeys(words.split()))


def spans(found: Iterable[int]) -> str:
    """The numbers as a list of ranges, ascending: ``1-3,7``."""
    pieces: list[str] = []
    start = last = -2
    for value in [*sorted(found), -2]:
        if value == last + 1 and last >= 0:
            last = value
            continue
        if last >= 0:
            pieces.append(str(start) if start == last else f"{start}-{last}")
        start = last = value
    return ",".join(pieces)


def _expander(abbreviations: Abbreviations) -> Canonical:
    full = {name.lower(): name for name in abbreviations.values()}
    short = {name.lower(): long for name, long in abbreviations.items()}

    def expand(word: str) -> str:
        match = _SPLIT_NAME.fullmatch(word)
        if match is None:
            return word
        kind = match[1].lower()
        known = full.get(kind) or short.get(kind)
        return f"{known}{match[2] or ''}" if known else word

    return expand


_KINDS: dict[str, Canonical] = {
    "address": address,
    "host": address,
    "prefix": prefix,
    "number": number,
    "numbers": numbers,
    "text": text,
    "words": one_spaced,
}

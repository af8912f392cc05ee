"""One prefix as numbers. Sorted, a prefix comes right before everything within it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from netctl.addressing.text import BITS, Version, address_number, address_text
from netctl.errors import AddressInvalid

_LENGTH = re.compile(r"0|[1-9][0-9]{0,2}")


class Prefix(NamedTuple):
    """`value` is the first address as a number; the bits beyond `length` are zero."""

    version: Version
    value: int
    length: int

    @property
    def size(self) -> int:
        """How many addresses it holds."""
        return 1 << (BITS[self.version] - self.length)

    @property
    def last(self) -> int:
        """The last address as a number."""
        return self.value + self.size - 1

    def holds(self, other: Prefix) -> bool:
        """True where `other` is this prefix or lies within it."""
        return self.version == other.version and self.length <= other.length and self.value <= other.value <= self.last

    def overlaps(self, other: Prefix) -> bool:
        """True where the two share an address: then one holds the other."""
        return self.holds(other) or other.holds(self)

    def within(self, length: int) -> Prefix:
        """The prefix of this (shorter) length that holds this one."""
        drop = BITS[self.version] - length
        return Prefix(self.version, self.value >> drop << drop, length)

    def __str__(self) -> str:
        return f"{address_text(self.version, self.value)}/{self.length}"


def prefix(text: str) -> Prefix:
    """The prefix in `text`, such as ``3fff:100::/32``; raises `AddressInvalid`, also where host bits are set."""
    found, length = _parts(text)
    made = found.within(length)
    if made.value != found.value:
        raise AddressInvalid(f"{text!r} has host bits set", hint=f"the prefix is {made}")
    return made


def address_or_prefix(text: str) -> Prefix:
    """The prefix in `text`, an address being one of full length; host bits are cut off, as an interface has them."""
    if "/" not in text:
        version, value = address_number(text)
        return Prefix(version, value, BITS[version])
    found, length = _parts(text)
    return found.within(length)


def _parts(text: str) -> tuple[Prefix, int]:
    """The address before the slash at its full length, and the length after it."""
    before, slash, after = text.partition("/")
    version, value = address_number(before)
    if not slash:
        raise AddressInvalid(f"{text!r} has no length", hint=f"such as {text}/{BITS[version]}")
    if not _LENGTH.fullmatch(after) or int(after) > BITS[version]:
        raise AddressInvalid(f"{text[:60]!r} has no length from 0 to {BITS[version]} after its slash")
    return Prefix(version, value, BITS[version]), int(after)


def inside(prefixes: list[Prefix], within: Prefix) -> list[Prefix]:
    """Of sorted prefixes, those that lie within one; itself is none of them."""
    first = bisect_right(prefixes, within)
    return prefixes[first : bisect_left(prefixes, Prefix(within.version, within.last + 1, 0), first)]

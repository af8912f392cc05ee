"""Pages of lists that are held in memory: what comes behind a key, and which key the next page comes behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def page_of(found: Iterable[T], limit: int, key: Callable[[T], str]) -> tuple[tuple[T, ...], str]:
    """At most `limit` of what was found, and the key that the next page comes behind; "" where there is none."""
    some = tuple(islice(found, limit + 1))
    return some[:limit], key(some[limit - 1]) if len(some) > limit else ""


def number_of(name: str) -> int:
    """The number in ``C-000123``, by which such names are in order; 0 for what is no such name."""
    digits = name.rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else 0

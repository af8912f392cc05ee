"""The order people and routers agree on: letters by letter, numbers by value."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECES = re.compile(r"([^0-9]+|(?=[0-9]))([0-9]*)")


@lru_cache(maxsize=65536)  # a network says the same names over and over
def natural_order(text: str) -> tuple[tuple[str, int], ...]:
    """What to sort a name by: ``ac2p1`` before ``ac10p1``, ``seq 5`` before ``seq 10``."""
    return tuple((letters, int(digits or -1)) for letters, digits in _PIECES.findall(text))

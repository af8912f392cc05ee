"""The order people and routers agree on: letters by letter, numbers by value."""

from __future__ import annotations

import re


def natural_order(text: str) -> tuple[tuple[str, int], ...]:
    """What to sort a name by: ``ac2p1`` before ``ac10p1``, ``seq 5`` before ``seq 10``."""
    return tuple((letters, int(digits or -1)) for letters, digits in re.findall(r"([^0-9]+|(?=[0-9]))([0-9]*)", text))

"""What a platform holds once: an entry under a second number is ignored while it stands under the first."""

from __future__ import annotations

from netctl.config.rules import Reading
from netctl.config.rules.section import fill


def held_once(reading: Reading) -> str:
    """What the statement may not share with another of its section; "" where it may share anything."""
    statement = reading.statement
    if statement is None or not statement.unique or reading.negated:
        return ""
    return fill(statement.unique, reading.slots)

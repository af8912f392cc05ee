"""Lists of numbers: grown or shrunk; said anew where both are needed and that is shorter."""

from __future__ import annotations

from netctl.config.meaning import Item
from netctl.config.patch.removal import written
from netctl.config.rules.section import fill
from netctl.config.rules.slots import spans


def resized(old: Item, new: Item) -> list[str]:
    """The commands that add to the list and take from it; none where the list is to be said anew."""
    statement = new.statement
    if statement is None or old.numbers is None or new.numbers is None or not new.numbers:
        return []
    more, less = new.numbers - old.numbers, old.numbers - new.numbers
    if (more and not statement.grow) or (less and not statement.shrink) or not (more or less):
        return []
    name = next((slot.name for slot in statement.pattern.slots if slot.kind == "numbers"), "")
    slots = written(new.reading)
    lines = [
        fill(text, {**slots, name: spans(numbers)})
        for text, numbers in ((statement.grow, more), (statement.shrink, less))
        if numbers
    ]
    shorter = len(new.nodes) == 1 and len(new.line) <= sum(map(len, lines))
    return [] if more and less and shorter else lines

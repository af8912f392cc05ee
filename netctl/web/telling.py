"""What the watch, a plan and a push tell in plain English, in the words of the page."""

from __future__ import annotations

from contextlib import suppress

from netctl.web import moments, naming
from netctl.web.words import t, t_or
from netctl.words import telling


def told(text: str) -> str:
    """The text in the reader's language; what nobody knows stands as it was told."""
    return telling.told(text, t, _named)


def _named(key: str, value: str) -> str:
    match key:
        case "site":
            return naming.site(value)
        case "carrier":
            return naming.carrier(value)
        case "moment":
            with suppress(ValueError):  # the 31st of February
                return moments.local(value)
            return value
        case "before":
            return naming.target(value) if "@" in value else t_or(f"pushing-step-{value}", value)
        case _:
            return value

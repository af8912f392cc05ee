"""When a push may start. A push that is under way goes on after its window closed: half a change is no safer place."""

from __future__ import annotations

from datetime import datetime

from netctl.errors import MomentUnreadable, OutsideWindow
from netctl.model.change import Window
from netctl.model.moments import read_moment, stamp


def window(opens: str = "", closes: str = "") -> Window:
    """A window from two RFC 3339 moments, either of them ""; raises `MomentUnreadable`."""
    start, end = _moment(opens, "opens"), _moment(closes, "closes")
    if start and end and end <= start:
        raise MomentUnreadable(f"the window closes at {closes}, before it opens at {opens}", where="window")
    return Window(opens, closes)


def is_open(when: Window, at: datetime) -> bool:
    """True from the moment a window opens until just before the moment it closes."""
    start, end = _moment(when.opens, "opens"), _moment(when.closes, "closes")
    return (start is None or start <= at) and (end is None or at < end)


def has_closed(when: Window, at: datetime) -> bool:
    """True once a window will not be open again."""
    end = _moment(when.closes, "closes")
    return end is not None and at >= end


def refuse_outside(when: Window, at: datetime) -> None:
    """Nothing, or `OutsideWindow` saying when the window is."""
    if not is_open(when, at):
        opens, closes = when.opens or "any time", when.closes or "no end"
        hint = f"the window is from {opens} to {closes}"
        raise OutsideWindow(f"the window is not open at {stamp(at)}", hint=hint)


def _moment(text: str, side: str) -> datetime | None:
    if not text:
        return None
    if len(text) > 40:
        raise MomentUnreadable("a moment is never that long", where=f"window {side}")
    try:
        return read_moment(text)
    except (ValueError, OverflowError) as error:
        raise MomentUnreadable(str(error), where=f"window {side}") from error

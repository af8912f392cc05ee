"""Moments as people read them: in this host's `timezone`, and how long ago they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from netctl.errors import SettingsInvalid
from netctl.model.moments import read_moment, stamp
from netctl.web.context import Language, here, language
from netctl.web.words import say

_STEPS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone; raises `SettingsInvalid` where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsInvalid(f"there is no time zone {name!r}", hint="write it like Asia/Tokyo") from error


def local(at: str, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """The moment as people here read it; "" for none."""
    return _written(at, form, here().settings.timezone) if at else ""


@lru_cache(maxsize=16384)
def _written(at: str, form: str, zone_name: str) -> str:
    return read_moment(at).astimezone(zone(zone_name)).strftime(form)


def ago(at: str) -> str:
    """How long ago the moment is, or how long until then, in the largest unit that fits; "" for none."""
    return since()(read_moment(at).timestamp()) if at else ""


def since() -> Callable[[float], str]:
    """What says how long before now a moment in seconds since 1970 is: for pages with many of them."""
    tongue, now = language(), here().clock().timestamp()
    return lambda seconds: _since(tongue, int(now - seconds))


@lru_cache(maxsize=16384)
def _since(tongue: Language, seconds: int) -> str:
    size, unit = next(((size, unit) for size, unit in _STEPS if abs(seconds) >= size), (1, "second"))
    count = abs(seconds) // size
    if seconds < 0:
        return say(tongue, f"age-in-{unit}", count=count)
    return say(tongue, f"age-{unit}", count=count) if count else say(tongue, "age-now")


def stamp_now() -> str:
    """The moment it is by the clock of this installation."""
    return stamp(here().clock())

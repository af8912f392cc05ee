"""How long routers say they have been up, in whole seconds."""

from __future__ import annotations

import re
from datetime import datetime

_UNITS = {
    "y": 365 * 86400,  # as IOS counts it
    "w": 7 * 86400,
    "d": 86400,
    "h": 3600,
    "m": 60,
    "s": 1,
    "日": 86400,
    "時": 3600,
    "分": 60,
    "秒": 1,
}
_AMOUNT = re.compile(
    r"(\d+)\s*(?:(y)(?:ea)?r?s?|(w)(?:ee)?k?s?|(d)ays?|(d)|(h)(?:ou)?r?s?|(m)in(?:ute)?s?|(m)|(s)ec(?:ond)?s?|(s)"
    r"|([日時分秒])間?)(?:\(s\))?(?![a-z])",
    re.IGNORECASE | re.ASCII,
)
_CLOCK = re.compile(r"(?<![\d:])(\d+):(\d{2})(?::(\d{2}))?(?![\d:])", re.ASCII)
_PLAIN = re.compile(r"(\d+)(?:\.\d+)?", re.ASCII)
_BARE = re.compile(r"\s*(\d{1,6})\W*", re.ASCII)  # before a clock: days, their word lost with its encoding
_MOMENTS = ("%a %b %d %H:%M:%S %Y", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S")
_LONGEST = 12  # digits of a number of seconds that can be an uptime


def seconds(text: str) -> int | None:
    """The length of time a text tells; None where it tells none.

    ``93784.5`` (seconds), ``1 year, 2 weeks, 3 days, 4 hours, 5 minutes``, ``5days 21:12:17``, ``12 days, 2:44``,
    ``1w2d``, ``2日 18:34:44``. A clock of two numbers is hours and minutes, as uptime(1) writes it.
    """
    text = text.strip()
    plain = _PLAIN.fullmatch(text)
    if plain:
        return int(plain[1]) if len(plain[1]) <= _LONGEST else None
    total, found = 0, False
    clock = _CLOCK.search(text)
    if clock:
        if len(clock[1]) > _LONGEST:
            return None
        total, found = int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0), True
        text = text[: clock.start()] + text[clock.end() :]
    amounts = [(number, unit) for number, *units in _AMOUNT.findall(text) for unit in units if unit]
    bare = _BARE.fullmatch(text) if clock and not amounts else None
    if bare:
        amounts = [(bare[1], "d")]
    if any(len(number) > _LONGEST for number, _ in amounts):
        return None
    total += sum(int(number) * _UNITS[unit.lower()] for number, unit in amounts)
    return total if found or amounts else None


def between(since: str, now: str) -> int | None:
    """Seconds from one moment of a router's own clock to a later one; None where either cannot be read."""
    started, current = _moment(since), _moment(now)
    if started is None or current is None or current < started:
        return None
    return int((current - started).total_seconds())


def _moment(text: str) -> datetime | None:
    for form in _MOMENTS:
        try:
            return datetime.strptime(" ".join(text.split()), form)  # noqa: DTZ007  both are of one clock
        except ValueError:
            continue
    return None

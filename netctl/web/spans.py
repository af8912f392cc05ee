"""A span of time as people write it in a form: a day, or a day and a time, in this host's time zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from netctl.errors import QueryRefused
from netctl.model.moments import stamp

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def moment_asked(text: str, zone: tzinfo, *, end: bool = False) -> str:
    """The moment in UTC, "" for none; a day that is an end lasts until its last moment. Raises `QueryRefused`."""
    text = text.strip()
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        if end and _DAY.fullmatch(text):
            moment += timedelta(days=1)
        return stamp(moment)
    except (ValueError, OverflowError) as error:
        hint = "write it like 2026-11-22 or 2026-11-22T21:00"
        raise QueryRefused(f"{text[:40]!r} is no moment", hint=hint) from error

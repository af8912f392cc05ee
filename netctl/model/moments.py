"""Moments as text: RFC 3339, in UTC, always of the same length, so that they sort as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The clock on the wall; tests pass another one."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """``2026-11-22T05:40:00.000000Z``; raises `ValueError` for a moment without an offset."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset from UTC")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_moment(text: str) -> datetime:
    """The moment of an RFC 3339 text; raises `ValueError` where it is none or has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC")
    return moment.astimezone(UTC)

"""Whether what watching found is still worth saying."""

from __future__ import annotations

from datetime import datetime, timedelta

from netctl.model.moments import read_moment
from netctl.model.watch import RoundMark

INTERVALS = 2.5
"""A datum older than so many intervals of its round is stale: pages show it as unknown."""


def stale(tried_at: str, mark: RoundMark | None, now: datetime) -> bool:
    """True where nobody has looked for too long, or never."""
    if mark is None or not tried_at:
        return True
    return now - read_moment(tried_at) > timedelta(seconds=INTERVALS * mark.interval)

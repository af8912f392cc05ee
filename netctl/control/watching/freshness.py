"""Whether what watching found is still worth saying."""

from __future__ import annotations

from datetime import datetime, timedelta

from netctl.model.moments import stamp
from netctl.model.watch import STALE_AFTER, RoundMark


def stale(tried_at: str, mark: RoundMark | None, now: datetime) -> bool:
    """True where nobody has looked for too long, or never."""
    return tried_at < stale_before(mark, now)


def stale_before(mark: RoundMark | None, now: datetime) -> str:
    """The moment before which a look is too long ago; moments sort as text. Before the first round all are."""
    return stamp(now - timedelta(seconds=STALE_AFTER * mark.interval)) if mark is not None else "9"

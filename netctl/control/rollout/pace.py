"""How long a push may take, by how long the last ones took."""

from __future__ import annotations

from typing import NamedTuple

from netctl.control.changes.sheets import Sheet
from netctl.model.moments import read_moment
from netctl.store import Books

__all__ = ["Expected", "expected"]

ASSUMED = 45.0  # seconds a router takes while no push was seen here: drained, changed, verified, traffic returned
_CHANGES, _MEMBERS = 3, 10  # how much of what was done is looked at


class Expected(NamedTuple):
    """How long a push may take in seconds; `measured` where it is by what was seen here, and not assumed."""

    seconds: float
    each: float
    measured: bool


def expected(books: Books, sheet: Sheet, side_by_side: int) -> Expected:
    """How long the rollout of a plan may take, where so many groups go at the same time."""
    seen = sorted(_seen(books))
    each = seen[len(seen) // 2] if seen else ASSUMED
    return Expected(sheet.radius.seconds(each, side_by_side), each, bool(seen))


def _seen(books: Books) -> list[float]:
    """How long routers of the last changes took that were changed."""
    found = []
    for change in books.changes.last("done", _CHANGES):
        for member in books.rollout.members(change)[:_MEMBERS]:
            lines = books.rollout.lines(change, member.target)
            if any(line.step == "release" for line in lines):
                found.append((read_moment(lines[-1].at) - read_moment(lines[0].at)).total_seconds())
    return found

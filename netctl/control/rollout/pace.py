"""How long a push may take, by how long the last ones took."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from netctl.control.changes.sheets import Sheet
from netctl.model.moments import read_moment
from netctl.model.places import zone_target
from netctl.model.plan import TargetKind
from netctl.store import Books

__all__ = ["Expected", "expected"]

ASSUMED: Mapping[TargetKind, float] = MappingProxyType({"router": 45.0, "server": 20.0, "zone": 5.0})
"""Seconds one takes while none was seen to be changed here: a router drained, changed, verified, traffic returned."""

_CHANGES, _MEMBERS = 3, 10  # how much of what was done is looked at


class Expected(NamedTuple):
    """How long a push may take in seconds; `each` is of one router, `measured` where it was seen and not assumed."""

    seconds: float
    each: float
    measured: bool


def expected(books: Books, sheet: Sheet, side_by_side: int) -> Expected:
    """How long the rollout of a plan may take, where so many groups go at the same time."""
    seen = _seen(books)
    each: dict[TargetKind, float] = {
        kind: sorted(seen[kind])[len(seen[kind]) // 2] if seen[kind] else ASSUMED[kind] for kind in ASSUMED
    }
    return Expected(sheet.radius.seconds(each, side_by_side), each["router"], bool(seen["router"]))


def _seen(books: Books) -> Mapping[TargetKind, list[float]]:
    """How long targets of the last changes took that were changed, by kind."""
    found: dict[TargetKind, list[float]] = {kind: [] for kind in ASSUMED}
    for change in books.changes.last("done", _CHANGES):
        for member in books.rollout.members(change)[:_MEMBERS]:
            lines = books.rollout.lines(change, member.target)
            steps = {line.step for line in lines}
            if "release" in steps:
                took = (read_moment(lines[-1].at) - read_moment(lines[0].at)).total_seconds()
                found[_kind(member.target, steps)].append(took)
    return found


def _kind(target: str, steps: set[str]) -> TargetKind:
    """What it was by what was done to it; its plan may be large, and is not read for this."""
    if zone_target(target) is not None:
        return "zone"
    return "router" if "drain" in steps else "server"

"""What comes when in a plan, and how many targets of which kind it is about."""

from __future__ import annotations

from netctl.model.counts import TargetCount
from netctl.model.plan import Plan
from netctl.plan import Fold
from netctl.plan.phases import Phase, phases

__all__ = ["Phase", "count", "count_alike", "phases"]


def count(plan: Plan) -> TargetCount:
    """How many targets a plan changes."""
    return TargetCount.of(plan.targets)


def count_alike(fold: Fold) -> TargetCount:
    """How many targets share one difference."""
    many = len(fold.targets)
    match fold.kind:
        case "router":
            return TargetCount(routers=many)
        case "server":
            return TargetCount(servers=many)
        case _:
            return TargetCount(zones=many)

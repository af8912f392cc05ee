"""What would change: the declared network against what routers and name servers hold now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netctl import inventory
from netctl.control.books import open_store
from netctl.control.changes.making import Making, Progress
from netctl.control.changes.reaching import connector, rules_for
from netctl.control.changes.scope import choose, speaks_of_names
from netctl.errors import AllowanceInvalid
from netctl.model.moments import Clock, now, stamp
from netctl.model.plan import Finding, Plan
from netctl.plan import Fold, fold, read_plan, write_plan
from netctl.plan.namerisk import obstacles
from netctl.services.dns.reading import declares_dns
from netctl.settings import Settings

__all__ = ["Fold", "PlanReport", "choose", "connector", "fold", "plan", "read_plan", "rules_for"]


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan, its differences each told once, and where its file is ("" where nothing differs)."""

    plan: Plan
    folds: tuple[Fold, ...]
    path: str

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """What keeps the plan from being proposed, beside what could not be read."""
        return obstacles(self.plan.findings)

    def as_dict(self) -> dict[str, Any]:
        """The plan as JSON output shows it."""
        return {"digest": self.plan.digest, "path": self.path, "empty": self.plan.empty, **self.plan.as_dict()}


def plan(
    root: Path,
    settings: Settings,
    *,
    names: Collection[str] = (),
    out: Path | None = None,
    allow: Collection[str] = (),
    clock: Clock = now,
    progress: Progress = lambda _name, _error, _done, _total: None,
) -> PlanReport:
    """The plan for the whole network, or for `names`: routers, sites, centres, organisations, name servers or zones.

    `allow` says what the plan may do to zones beyond the policy's limits, as in ``ZONE:deletions=250,apex_ns``. What
    cannot be read is listed in the plan and stops nothing else. Raises `InvalidNetwork`, `RenderError`,
    `UnknownDevice`, `AllowanceInvalid`, `SecretMissing`, `StoreError` or `PlanFileUnreadable`.
    """
    network = inventory.load(root, cache=settings.home / "cache")
    making = Making(root, settings, network, stamp(clock()), progress)
    if not declares_dns(root):
        if allow:
            raise AllowanceInvalid("this network declares no names: there is no zone to allow anything")
        made = making.routers(choose(network, names))
    elif not allow and not speaks_of_names(network, names):
        made = making.routers(choose(network, names))
    else:
        with open_store(settings, create=True) as store:
            made = making.whole(names, allow, store)
    path = "" if made.empty else str(out or settings.home / "plans" / f"{made.digest[:16]}.json")
    if path:
        write_plan(made, Path(path))
    return PlanReport(made, fold(made), path)

"""The plan that takes a change back: from what it made to what was kept before it, read from the boxes themselves.

The way back is made of recorded states, not of a new rendering: the declared network may have moved on. It needs no
approval of its own, because it leads to states that ran before an approved change, and because an emergency is no time
to look for a second person; who went back, and when, is in the audit log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from netctl.config.diff import diff_parts, orders_of
from netctl.config.rules import Rules
from netctl.devices.rules import RulesOf
from netctl.errors import NothingToRollBack
from netctl.model.artefact import RunningState
from netctl.model.plan import Finding, Plan, TargetPlan
from netctl.push.bench import drained_name
from netctl.push.zones_back import waves_back
from netctl.store import Receipts


def plan_back(
    plan: Plan,
    change: str,
    receipts: Receipts,
    running: Mapping[str, RunningState],
    created_at: str,
    *,
    zones: Iterable[TargetPlan] = (),
    rules: RulesOf = lambda _platform: None,
) -> Plan:
    """The plan from what the routers and name servers of `running` hold now to what they held before `change`.

    `zones` are the shares of its zones. Raises `NothingToRollBack` where nothing was kept, or where all of them hold it
    already.
    """
    boxes = tuple(
        share
        for target in plan.targets
        if target.target in running
        for share in _share(target, change, receipts, running[target.target], rules(target.platform))
    )
    targets = (*boxes, *zones)
    if not targets:
        raise NothingToRollBack(f"nothing holds what {change} wrote", where=change)
    names = {target.target for target in targets}
    return Plan(
        network=plan.network,
        network_digest=plan.network_digest,
        created_at=created_at,
        targets=targets,
        waves=waves_back(plan, names),
        findings=(Finding("RISK-WAY-BACK", "high", "", f"takes {change} back on {_counted(targets)}"),),
        names_digest=plan.names_digest,
    )


def _counted(targets: Iterable[TargetPlan]) -> str:
    """``2 router(s)``, and name servers and zones where there are some."""
    kinds = [target.kind for target in targets]
    words = {"router": "router(s)", "server": "name server(s)", "zone": "zone(s)"}
    return ", ".join(f"{kinds.count(kind)} {word}" for kind, word in words.items() if kind in kinds)


def _share(
    target: TargetPlan, change: str, receipts: Receipts, running: RunningState, rules: Rules | None
) -> Iterable[TargetPlan]:
    before = receipts.kept(change, target.target)
    drained = receipts.kept(change, drained_name(target.target))
    if before is None or (drained is None and target.kind == "router"):
        return
    lines = diff_parts(running.parts, before.parts, rules)
    if lines:
        orders = orders_of(running.parts, before.parts, rules)
        yield TargetPlan(
            target=target.target,
            platform=target.platform,
            group=target.group,
            running_digest=running.digest,
            intended=before.parts,
            drained=drained.parts if drained is not None else (),
            drain=target.drain,
            diff=lines,
            commands=orders.commands,
            rollback=orders.rollback,
            organisation=target.organisation,
            kind=target.kind,
        )

"""The plan that takes a change back: from what it made to what was kept before it, read from the routers themselves.

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
from netctl.model.plan import Finding, Plan, TargetPlan, Wave
from netctl.push.bench import drained_name
from netctl.store import Receipts


def plan_back(
    plan: Plan,
    change: str,
    receipts: Receipts,
    running: Mapping[str, RunningState],
    created_at: str,
    *,
    rules: RulesOf = lambda _platform: None,
) -> Plan:
    """The plan from what the routers of `running` hold now to what they held before `change`.

    Raises `NothingToRollBack` where nothing was kept, or where all of them hold it already.
    """
    targets = tuple(
        share
        for target in plan.targets
        if target.target in running
        for share in _share(target, change, receipts, running[target.target], rules(target.platform))
    )
    if not targets:
        raise NothingToRollBack(f"no router holds what {change} wrote", where=change)
    names = {target.target for target in targets}
    return Plan(
        network=plan.network,
        network_digest=plan.network_digest,
        created_at=created_at,
        targets=targets,
        waves=tuple(_waves(plan.waves, names)),
        findings=(Finding("RISK-WAY-BACK", "high", "", f"takes {change} back on {len(targets)} router(s)"),),
    )


def _share(
    target: TargetPlan, change: str, receipts: Receipts, running: RunningState, rules: Rules | None
) -> Iterable[TargetPlan]:
    before = receipts.kept(change, target.target)
    drained = receipts.kept(change, drained_name(target.target))
    if before is None or drained is None:
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
            drained=drained.parts,
            drain=target.drain,
            diff=lines,
            commands=orders.commands,
            rollback=orders.rollback,
            organisation=target.organisation,
        )


def _waves(waves: Iterable[Wave], names: set[str]) -> Iterable[Wave]:
    number = 0
    for wave in waves:
        groups = tuple((group, tuple(name for name in members if name in names)) for group, members in wave.groups)
        left = tuple((group, members) for group, members in groups if members)
        if left:
            number += 1
            yield Wave(number, left)

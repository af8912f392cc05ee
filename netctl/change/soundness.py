"""Whether a plan is what netctl makes: targets of their kinds, in an order that holds, and lines of what is written."""

from __future__ import annotations

from typing import get_args

from netctl.errors import PlanBeyondLimits, PlanUnsafe, ZoneImpossible
from netctl.model.dns import ServerRole
from netctl.model.places import server_group, zone_target
from netctl.model.plan import Plan, TargetPlan
from netctl.plan.namerisk import BEYOND_LIMITS, IMPOSSIBLE
from netctl.plan.zonepart import change_of
from netctl.zones.names import wire

_HINT = "plan again; netctl makes no such plan"
_SERVERS, _LEAVING, _ROUTERS, _COMING = range(4)
_GROUPS = frozenset(server_group(role) for role in get_args(ServerRole))


def refuse_unsound(plan: Plan) -> None:
    """Nothing, or `PlanUnsafe`, `PlanBeyondLimits`, `ZoneImpossible` or `ZonePartDamaged`."""
    _refuse_findings(plan)
    stages = {target.target: _stage(target) for target in plan.targets}
    ordered = [(target, group) for wave in plan.waves for group, members in wave.groups for target in members]
    wanted = sorted((target.target, target.group) for target in plan.targets)
    if sorted(ordered) != wanted or len(stages) != len(wanted):
        # A router outside all waves, or in a group that is not its own, would slip past safety law 1.
        raise PlanUnsafe("the plan's waves and its targets do not agree", hint=_HINT)
    order = [stages[member] for wave in plan.waves for _, members in wave.groups for member in members]
    several = any(len({stages[each] for _, group in wave.groups for each in group}) > 1 for wave in plan.waves)
    if several or order != sorted(order):
        # An address would be there before its name is gone, or a name before its address is there.
        raise PlanUnsafe("name servers, names and routers do not come in their order", hint=_HINT)


def _refuse_findings(plan: Plan) -> None:
    for finding in plan.findings:
        if finding.code == BEYOND_LIMITS:
            raise PlanBeyondLimits(finding.message, where=finding.target)
        if finding.code == IMPOSSIBLE:
            raise ZoneImpossible(finding.message, where=finding.target)


def _stage(target: TargetPlan) -> int:
    """When the target comes; raises where its name and its group are not those of its kind."""
    zone = zone_target(target.target)
    if target.kind == "zone" and zone is not None:
        if (str(zone), zone.group, "zone") != (target.target, target.group, target.platform):
            raise PlanUnsafe("the zone and its group do not agree", where=target.target, hint=_HINT)
        change_of(target, wire(zone.zone))
        return _LEAVING if zone.leaving else _COMING
    if target.kind == "zone" or zone is not None or (target.kind == "server") != (target.group in _GROUPS):
        raise PlanUnsafe(f"this is no {target.kind}", where=target.target, hint=_HINT)
    return _SERVERS if target.kind == "server" else _ROUTERS

"""Plans of zones and name servers that nobody may be asked to approve: another order, other lines, more than is said."""

from dataclasses import replace

import pytest
from mixed_plans import RIVERS, ROUTERS, SERVER, mixed_plan

from netctl.change.approvals import refuse_unproposable
from netctl.errors import NetctlError, PlanBeyondLimits, PlanUnsafe, ZoneImpossible, ZonePartDamaged
from netctl.model.plan import Finding, Plan, TargetPlan, Wave
from netctl.plan.namerisk import BEYOND_LIMITS, IMPOSSIBLE

PLAN = mixed_plan()


def other(name: str, **changes) -> Plan:
    """The plan with one target changed."""
    return replace(
        PLAN, targets=tuple(replace(each, **changes) if each.target == name else each for each in PLAN.targets)
    )


def target(name: str) -> TargetPlan:
    return next(each for each in PLAN.targets if each.target == name)


def test_a_plan_of_all_kinds_in_its_order_may_be_proposed():
    refuse_unproposable(PLAN)


@pytest.mark.parametrize(
    "order", [(1, 0, 2, 3), (0, 2, 1, 3), (0, 1, 3, 2), (3, 1, 2, 0)], ids="server leaving routers coming".split()
)
def test_a_plan_in_another_order_is_refused(order):
    waves = tuple(Wave(number, PLAN.waves[place].groups) for number, place in enumerate(order, 1))
    with pytest.raises(PlanUnsafe, match="order"):
        refuse_unproposable(replace(PLAN, waves=waves))


def test_names_and_routers_never_go_side_by_side():
    first, leaving, routers, coming = PLAN.waves
    waves = first, leaving, Wave(3, (*routers.groups, *coming.groups))
    with pytest.raises(PlanUnsafe, match="order"):
        refuse_unproposable(replace(PLAN, waves=waves))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (str(RIVERS), {"diff": target(str(RIVERS)).diff[:-1]}),
        (str(RIVERS), {"intended": (replace(target(str(RIVERS)).intended[0], text=""),)}),
        (str(RIVERS), {"intended": ()}),
    ],
)
def test_lines_that_are_not_what_would_be_written_are_refused(name, changes):
    with pytest.raises(ZonePartDamaged):
        refuse_unproposable(other(name, **changes))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (SERVER, {"group": "rivers-hq"}),
        (SERVER, {"kind": "router"}),
        (SERVER, {"kind": "zone"}),
        (ROUTERS[0], {"kind": "server"}),
        (ROUTERS[0], {"group": "name-servers-primary"}),
        (str(RIVERS), {"group": "other.example@internal"}),
        (str(RIVERS), {"kind": "router"}),
        (str(RIVERS), {"platform": "frr"}),
    ],
)
def test_a_target_that_is_not_of_its_kind_is_refused(name, changes):
    with pytest.raises(NetctlError, match="agree|is no"):
        refuse_unproposable(other(name, **changes))


def test_what_is_beyond_the_limits_or_impossible_is_refused_with_what_to_say():
    beyond = Finding(BEYOND_LIMITS, "high", str(RIVERS), "300 records are deleted, 100 may be: --allow …")
    with pytest.raises(PlanBeyondLimits, match="300 records") as refused:
        refuse_unproposable(replace(PLAN, findings=(beyond,)))
    assert "--allow" in refused.value.hint
    impossible = Finding(IMPOSSIBLE, "high", str(RIVERS), "www belongs to another zone")
    with pytest.raises(ZoneImpossible, match="another zone"):
        refuse_unproposable(replace(PLAN, findings=(impossible,)))

"""How many approvals a plan asks for, and which plans cannot be proposed at all."""

from dataclasses import replace

import pytest

from netctl.change.approvals import approvals_needed, refuse_unproposable
from netctl.errors import NothingToPropose, PlanUnsafe
from netctl.model.artefact import Part
from netctl.model.plan import DiffLine, Finding, Plan, TargetPlan, Wave

ROUTER = TargetPlan(
    target="rivers-hq-r1",
    platform="frr",
    group="rivers-hq",
    running_digest="0" * 64,
    intended=(Part("frr.conf", "hostname rivers-hq-r1\n"),),
    drained=(),
    drain=(),
    diff=(DiffLine("add", "frr.conf", 0, "hostname rivers-hq-r1"),),
)
WAVE = Wave(1, (("rivers-hq", ("rivers-hq-r1",)),))
PLAN = Plan("gov-wan", "1" * 64, "2026-11-22T05:40:00Z", (ROUTER,), (WAVE,), ())


@pytest.mark.parametrize(("severities", "needed"), [((), 1), (("info", "medium"), 1), (("low", "high"), 2)])
def test_the_number_of_approvals_follows_the_worst_finding(severities: tuple[str, ...], needed: int) -> None:
    findings = tuple(Finding("RISK-X", severity, "", "something to know") for severity in severities)
    assert approvals_needed(replace(PLAN, findings=findings)) == needed


def test_a_plan_without_differences_cannot_be_proposed() -> None:
    with pytest.raises(NothingToPropose):
        refuse_unproposable(replace(PLAN, targets=(), waves=()))


def test_a_plan_that_did_not_see_every_router_names_them_and_cannot_be_proposed() -> None:
    silent = tuple((f"r{number}", "NETCTL-E0301: no answer") for number in range(7))
    with pytest.raises(PlanUnsafe, match="r0, r1, r2, r3, r4 and 2 more"):
        refuse_unproposable(replace(PLAN, unreachable=silent))


def test_a_plan_whose_waves_and_targets_disagree_cannot_be_proposed() -> None:
    with pytest.raises(PlanUnsafe):
        refuse_unproposable(replace(PLAN, waves=()))
    with pytest.raises(PlanUnsafe):
        refuse_unproposable(replace(PLAN, waves=(WAVE, WAVE)))

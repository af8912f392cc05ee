"""Members and plans for the simulated network."""

from __future__ import annotations

from netctl.checks.expectation import Expectation, ProbePair
from netctl.model.artefact import Part, digest_of_parts
from netctl.model.plan import DiffLine, TargetPlan
from netctl.push.member import Member
from tests.simulation.network import PART, Network, text

DRAIN = ["vrrp 10 priority 10", "graceful-shutdown"]


def before(name: str, position: int, mate: str) -> list[str]:
    return [f"hostname {name}", f"vrrp 10 priority {120 - 10 * position}", f"neighbor {mate}", "neighbor far"]


def target_plan(name: str, group: str, old: list[str], new: list[str]) -> TargetPlan:
    """A plan from `old` to `new`, its drained rendering as a renderer would write it."""
    drained = [line for line in new if not line.startswith("vrrp ")] + DRAIN
    return TargetPlan(
        target=name,
        platform="frr",
        group=group,
        running_digest=digest_of_parts((Part(PART, text(old)),)),
        intended=(Part(PART, text(new)),),
        drained=(Part(PART, text(drained)),),
        drain=(Part(PART, text(DRAIN)),),
        diff=(DiffLine("add", PART, 0, "syslog new"),),
    )


def expectation(name: str) -> Expectation:
    return Expectation(name, "ce", (("lan0", 10, 6),), (ProbePair(6, "3fff:100:1::2", ("3fff:200:1::2",)),), ())


def member(change: str, plan: TargetPlan, mate: str) -> Member:
    return Member(change, plan, mate, expectation(plan.target), expectation(mate))


def raise_sites(network: Network, count: int) -> dict[str, tuple[str, str]]:
    """Sites of two routers each; gives site → members in the order of a rollout."""
    sites = {}
    for number in range(1, count + 1):
        first, second = f"site{number}-r1", f"site{number}-r2"
        network.pairs |= {first: second, second: first}
        network.add(first, before(first, 1, second))
        network.add(second, before(second, 2, first))
        sites[f"site{number}"] = (second, first)
    return sites

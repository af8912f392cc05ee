"""Lead traffic to the mate before the member is changed, and see that it went there (law 2)."""

from __future__ import annotations

from dataclasses import replace

from netctl.checks.reachability import unreachable
from netctl.checks.virtual_routers import not_moved
from netctl.checks.wait import wait_until_clean
from netctl.devices.target import Target
from netctl.push.bench import Bench, drained_name
from netctl.push.member import StepResult, answer, reverted, standing
from netctl.push.names import FIRST


def drain(bench: Bench) -> StepResult:
    """Merge the drain under the first token; the box's timer runs from here back to the state before (law 3)."""
    member = bench.member
    with bench.connect(member.target) as target:
        now = standing(member, target)
        if now.pending < 0:
            return answer("failed", f"{member.target}: a commit of {now.owner or 'someone'} waits for confirmation")
        if now.pending == 0:
            if "before" not in now.holds:
                return answer("failed", f"{member.target}: its state moved since it was checked: plan again")
            target.stage(member.plan.drain, merge=True)
            target.commit(member.token(FIRST), bench.deadlines.confirm)
        state = target.fetch()
    bench.keeper.keep(member.change, replace(state, target=drained_name(member.target)))
    return answer("ok")


def drained_check(bench: Bench) -> StepResult:
    """The mate is master of every virtual router of the pair, and what is behind it is reachable."""
    with bench.connect(bench.member.target) as target, bench.connect(bench.member.mate) as mate:
        gone = reverted(bench.member, standing(bench.member, target))
        if gone:
            return gone
        problems = wait_until_clean(
            lambda: traffic_left(bench, target, mate), bench.deadlines.settle, clock=bench.clock, pause=bench.pause
        )
    return answer("failed", *problems) if problems else answer("ok")


def traffic_left(bench: Bench, target: Target, mate: Target) -> list[str]:
    """Problems while traffic still goes through the member, or cannot go through the mate."""
    return not_moved(target.health(), mate.health()) or unreachable(
        mate.name, bench.member.mate_expectation.probes, mate.probe, bench.probe_count
    )

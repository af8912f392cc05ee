"""After a write: the box holds what was written (law 7), its sessions are back, traffic goes where it should."""

from __future__ import annotations

from collections.abc import Callable

from netctl.checks.reachability import unreachable
from netctl.checks.readback import not_as_predicted, not_as_written
from netctl.checks.sessions import sessions_awaited, sessions_lost
from netctl.checks.virtual_routers import missing, not_settled
from netctl.checks.wait import wait_until_clean
from netctl.devices.target import Target
from netctl.errors import DeviceError
from netctl.model.health import Health
from netctl.push.bench import Bench
from netctl.push.member import StepResult, answer, as_written, reverted, standing
from netctl.push.names import SECOND
from netctl.push.steps.drain import traffic_left

Look = Callable[[Target, Target], list[str]]


def read_back(bench: Bench) -> StepResult:
    """The box holds the drained rendering, line by line, and the commit still waits."""
    member = bench.member
    with bench.connect(member.target) as target:
        return as_written(member, target, member.plan.drained)


def verify(bench: Bench) -> StepResult:
    """Through a session opened anew: all sessions that were up are up, the box reaches far, traffic is on the mate."""
    gone: list[StepResult] = []

    def look(target: Target, mate: Target) -> list[str]:
        answered = reverted(bench.member, standing(bench.member, target))
        if answered:
            gone[:] = [answered]
            return []
        return _back(bench, target, target.health()) or traffic_left(bench, target, mate)

    problems = _settle(bench, look)
    if gone and not problems:
        return gone[0]
    return answer("failed", *problems) if problems else answer("ok")


def undrain_verify(bench: Bench) -> StepResult:
    """The box holds the intended rendering, sessions are up, and each virtual router is where its priority says."""
    member = bench.member
    awaited: list[str] = []

    def look(target: Target, mate: Target) -> list[str]:
        now = standing(member, target)
        if now.pending != SECOND and not (now.pending == 0 and "intended" in now.holds):
            return [f"{member.target}: the commit that returns traffic is gone"]
        dropped = not_as_written(member.plan.intended, now.state, member.rules)
        before = bench.keeper.kept(member.change, member.target)
        dropped = dropped or not_as_predicted(before, member.plan, now.state, member.rules)
        if dropped:
            return dropped
        health = target.health()
        awaited[:] = sessions_awaited(bench.noted("running-check", "up"), health)
        return _back(bench, target, health) or not_settled(health, mate.health())

    problems = _settle(bench, look)
    return answer("failed", *problems) if problems else answer("ok", notes={"awaited": awaited})


def _back(bench: Bench, target: Target, health: Health) -> list[str]:
    expected = bench.member.expectation
    problems = sessions_lost(bench.noted("running-check", "up"), health)
    problems += missing(expected.virtual_routers, health)
    return problems or unreachable(target.name, expected.probes, target.probe, bench.probe_count)


def _settle(bench: Bench, look: Look) -> list[str]:
    """Look until clean, through new sessions each time: one that cannot be opened is a problem like any other."""

    def with_sessions() -> list[str]:
        try:
            with bench.connect(bench.member.target) as target, bench.connect(bench.member.mate) as mate:
                return look(target, mate)
        except DeviceError as error:
            return [str(error)]

    return wait_until_clean(with_sessions, bench.deadlines.settle, clock=bench.clock, pause=bench.pause)

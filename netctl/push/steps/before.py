"""Before anything is written: the mate carries traffic, the box is the right one, and it holds what the plan saw."""

from __future__ import annotations

from netctl.checks.reachability import unreachable
from netctl.checks.sessions import sessions_down, sessions_up
from netctl.checks.virtual_routers import roles_insane
from netctl.checks.wait import wait_until_clean
from netctl.push.bench import Bench, BoxBench
from netctl.push.member import StepResult, answer, standing


def mate_check(bench: Bench) -> StepResult:
    """The mate has no unconfirmed commit, all its sessions are up, and what is behind it is reachable (law 2)."""
    expected = bench.member.mate_expectation
    with bench.connect(bench.member.mate) as mate:
        waiting = mate.pending()
        if waiting is not None:
            return answer("failed", f"{mate.name}: a commit of {waiting.owner or 'someone'} waits for confirmation")

        def look() -> list[str]:
            health = mate.health()
            problems = sessions_down(health, excused=bench.excused, optional=expected.optional) + roles_insane(health)
            return problems or unreachable(mate.name, expected.probes, mate.probe, bench.probe_count)

        problems = wait_until_clean(look, bench.deadlines.mate, clock=bench.clock, pause=bench.pause)
    return answer("failed", *problems) if problems else answer("ok")


def identity(bench: BoxBench) -> StepResult:
    """The box says that it is the one; its host key was checked when the session opened."""
    with bench.connect(bench.member.target) as target:
        told = str(target.facts().get("hostname", ""))
    if told.partition(".")[0] != bench.member.target:
        return answer("failed", f"{bench.member.target}: the box says it is {told!r}")
    return answer("ok")


def running_check(bench: Bench) -> StepResult:
    """The box holds exactly the state the plan was made against, and nobody's commit waits there (law 4).

    ``already`` where it holds what is intended: a change pushed twice changes nothing (law 10).
    """
    member = bench.member
    with bench.connect(member.target) as target:
        now = standing(member, target)
        up = list(sessions_up(target.health()))
    if now.pending:
        owner = now.owner or "someone" if now.pending < 0 else f"this change (commit {now.pending})"
        return answer("failed", f"{member.target}: a commit of {owner} waits for confirmation")
    if "before" in now.holds:
        bench.keeper.keep(member.change, now.state)
        return answer("ok", notes={"up": up})
    if "intended" in now.holds:
        return answer("already")
    return answer(
        "failed",
        f"{member.target}: it holds another state than when the plan was made "
        f"({now.state.digest[:12]}, planned against {member.plan.running_digest[:12]}): plan again",
    )

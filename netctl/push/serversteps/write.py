"""A name server gets its configuration, under a token and a deadline, and answers for what it is to serve."""

from __future__ import annotations

from netctl.checks.wait import wait_until_clean
from netctl.errors import DeviceError
from netctl.push.member import TOLD, StepResult, answer, as_written, reverted, standing
from netctl.push.names import FIRST
from netctl.push.serversteps.before import SERVED, silence
from netctl.push.serversteps.bench import ServerBench


def apply(bench: ServerBench) -> StepResult:
    """Replace the configuration under the first token; said again after a crash, the clock starts anew (law 3)."""
    member = bench.member
    with bench.connect(member.target) as target:
        now = standing(member, target)
        if now.pending < 0:
            return answer("failed", f"{member.target}: a commit of {now.owner or 'someone'} waits for confirmation")
        if now.pending == 0 and "before" not in now.holds:
            return answer("failed", f"{member.target}: its configuration moved since it was checked: plan again")
        target.stage(member.plan.intended)
        target.commit(member.token(FIRST), bench.deadlines.confirm)
    return answer("ok")


def read_back(bench: ServerBench) -> StepResult:
    """The box holds what was written, line by line, and the commit still waits (law 7)."""
    member = bench.member
    with bench.connect(member.target) as target:
        return as_written(member, target, member.plan.intended)


def verify(bench: ServerBench) -> StepResult:
    """The commit still waits, and the server answers for every zone of its views, or resolves."""
    gone: list[StepResult] = []

    def look() -> list[str]:
        try:
            with bench.connect(bench.member.target) as target:
                answered = reverted(bench.member, standing(bench.member, target))
        except DeviceError as error:
            return [str(error)]
        gone[:] = [answered] if answered else []
        return [] if gone else _silent(bench)

    problems = wait_until_clean(look, bench.deadlines.settle, clock=bench.clock, pause=bench.pause)
    if gone and not problems:
        return gone[0]
    return (
        answer("failed", *problems[:4]) if problems else answer("ok", notes={TOLD: ["it answers for what it serves"]})
    )


def _silent(bench: ServerBench) -> list[str]:
    """What the server does not answer for, though it did before or its source does now.

    A zone that its source is only about to have comes to it later.
    """
    name = bench.member.target
    answers = bench.answers(name)
    if not bench.whole:
        return silence(name, answers)
    missing = {asked: problem for asked, problem in answers.items() if problem}
    if missing and bench.source:
        noted = bench.memory.get("running-check")
        served = set(noted["notes"].get(SERVED, [])) if noted else set()
        there = {} if bench.taught else bench.answers(bench.source)
        missing = {asked: why for asked, why in missing.items() if asked in served or there.get(asked) == ""}
    return [f"{name}: {asked}: {problem}" for asked, problem in missing.items()]

"""Before a name server is changed: another one of its role answers now, and it holds what the plan saw."""

from __future__ import annotations

from netctl.checks.wait import wait_until_clean
from netctl.push.member import TOLD, StepResult, answer, standing
from netctl.push.serversteps.bench import Answers, ServerBench

SERVED = "served"
"""Under which note the running check leaves what the server answers for before it is changed."""


def mate_check(bench: ServerBench) -> StepResult:
    """Another server of its role answers now, in each view in which this one does, or resolves (law 2).

    The only one that is declared of its role has none to ask. One that does not answer itself takes nothing with it: a
    new network's servers, and broken ones, can be configured.
    """
    if not bench.mates:
        return answer("ok", notes={TOLD: ["it is the only one of its role: while it changes, nobody answers instead"]})
    own = _views(bench.answers(bench.member.target), answered=True)
    if not own:
        return answer("ok", notes={TOLD: ["it does not answer itself: nothing is lost"]})
    answering: list[str] = []

    def look() -> list[str]:
        problems = []
        for mate in bench.mates:
            answers = bench.answers(mate)
            silent = own.keys() - _views(answers, answered=True)
            if not silent:
                answering[:] = [mate]
                return []
            problems += [f"{mate}: {why}" for view, why in _views(answers, answered=False).items() if view in silent]
        return problems or ["no other one of its role serves its views"]

    problems = wait_until_clean(look, bench.deadlines.mate, clock=bench.clock, pause=bench.pause)
    return answer("failed", *problems) if problems else answer("ok", notes={TOLD: [f"{answering[0]} answers"]})


def silence(server: str, answers: Answers) -> list[str]:
    """Views of which a server answers for nothing at all, with the reason for one thing of each."""
    silent = _views(answers, answered=False)
    return [f"{server}: {why}" for view, why in silent.items() if view not in _views(answers, answered=True)]


def _views(answers: Answers, *, answered: bool) -> dict[str, str]:
    """Views of which a server answers for something, or does not, with one thing of each and the reason."""
    found: dict[str, str] = {}
    for asked, problem in answers.items():
        if answered is not bool(problem):
            found.setdefault(asked.partition(" ")[2], f"{asked}: {problem}")
    return found


def running_check(bench: ServerBench) -> StepResult:
    """The box holds exactly what the plan was made against, and nobody's commit waits there (law 4)."""
    member = bench.member
    with bench.connect(member.target) as target:
        now = standing(member, target)
    if now.pending:
        owner = now.owner or "someone" if now.pending < 0 else f"this change (commit {now.pending})"
        return answer("failed", f"{member.target}: a commit of {owner} waits for confirmation")
    if "before" in now.holds:
        bench.keeper.keep(member.change, now.state)
        served = [asked for asked, problem in bench.answers(member.target).items() if not problem]
        return answer("ok", notes={SERVED: served})
    if "intended" in now.holds:
        return answer("already")
    return answer(
        "failed",
        f"{member.target}: it holds another configuration than when the plan was made "
        f"({now.state.digest[:12]}, planned against {member.plan.running_digest[:12]}): plan again",
    )

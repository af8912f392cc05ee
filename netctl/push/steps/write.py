"""Make a rendering the running state, under a token and a deadline (law 3)."""

from __future__ import annotations

from netctl.push.bench import Bench
from netctl.push.member import StepResult, answer, reverted, standing
from netctl.push.names import FIRST, SECOND


def apply(bench: Bench) -> StepResult:
    """Replace the state by the drained rendering, under the first token still.

    Said again to a box that holds it already (after a crash), it only starts the clock anew.
    """
    member = bench.member
    with bench.connect(member.target) as target:
        gone = reverted(member, standing(member, target))
        if gone:
            return gone
        target.stage(member.plan.drained)
        target.commit(member.token(FIRST), bench.deadlines.confirm)
    return answer("ok")


def undrain(bench: Bench) -> StepResult:
    """Replace the confirmed, drained state by the intended one, under the second token."""
    member = bench.member
    with bench.connect(member.target) as target:
        now = standing(member, target)
        if now.pending not in (0, SECOND):
            return answer("failed", f"{member.target}: a commit of {now.owner or 'someone'} waits for confirmation")
        if now.pending == 0 and "intended" in now.holds:
            return answer("already")
        if now.pending == 0 and "drained" not in now.holds:
            return answer("failed", f"{member.target}: its state moved after it was confirmed")
        target.stage(member.plan.intended)
        target.commit(member.token(SECOND), bench.deadlines.confirm)
    return answer("ok")

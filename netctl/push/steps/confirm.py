"""Make a verified commit permanent, and say at the end that nothing is left behind."""

from __future__ import annotations

from typing import Literal

from netctl.push.bench import BoxBench
from netctl.push.member import StepResult, answer, standing
from netctl.push.names import FIRST, SECOND


def confirm(bench: BoxBench) -> StepResult:
    """Confirm the first token; a box that holds the drained rendering with nothing waiting was confirmed before."""
    return _confirm(bench, FIRST, "drained")


def confirm_intended(bench: BoxBench) -> StepResult:
    """Confirm the first token of a box from which nothing was led away: it holds what is intended."""
    return _confirm(bench, FIRST, "intended")


def undrain_confirm(bench: BoxBench) -> StepResult:
    """Confirm the second token."""
    return _confirm(bench, SECOND, "intended")


def _confirm(bench: BoxBench, number: int, wanted: Literal["drained", "intended"]) -> StepResult:
    member = bench.member
    with bench.connect(member.target) as target:
        now = standing(member, target)
        if now.pending == number and wanted in now.holds:
            target.confirm(member.token(number))
            now = standing(member, target)
    if now.pending == 0 and wanted in now.holds:
        return answer("ok")
    back: Literal["before", "drained"] = "before" if number == FIRST else "drained"
    if now.pending == 0 and back in now.holds:
        return answer("reverted", f"{member.target}: its timer ran out before the commit was confirmed")
    return answer("failed", f"{member.target}: the commit could not be confirmed; the box holds something else")


def release(bench: BoxBench) -> StepResult:
    """The box holds what is intended, confirmed, with nothing waiting: the member is done."""
    member = bench.member
    with bench.connect(member.target) as target:
        now = standing(member, target)
    if now.pending == 0 and "intended" in now.holds:
        return answer("ok")
    return answer("failed", f"{member.target}: it does not hold the intended state at the end of its change")

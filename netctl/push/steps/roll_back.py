"""Take a failed member back to the state before the change, and know that it is there, or say that nobody knows."""

from __future__ import annotations

from netctl.devices.target import Target
from netctl.errors import DeviceError
from netctl.push.bench import BoxBench
from netctl.push.member import BoxMember, StepResult, answer, standing
from netctl.push.names import THIRD


def roll_back(bench: BoxBench) -> StepResult:
    """``ok``: the box holds the state before. ``unknown``: it could not be read, or holds what nobody planned.

    A box that cannot be reached is waited for until its own timer must have fired: a change that cut the management
    path heals itself, and is then read.
    """
    ends = bench.clock() + bench.deadlines.patience
    while True:
        try:
            with bench.connect(bench.member.target) as target:
                return _take_back(bench, target)
        except DeviceError as error:
            last = str(error)
        if bench.clock() >= ends:
            return answer("unknown", f"{bench.member.target} could not be read: {last}")
        bench.pause(1.0)


def _take_back(bench: BoxBench, target: Target) -> StepResult:
    member = bench.member
    now = standing(member, target)
    if now.pending < 0:
        return answer("unknown", f"{member.target}: a commit of {now.owner or 'someone'} waits there, not broken by us")
    if now.pending:
        target.roll_back(member.token(now.pending))
        now = standing(member, target)
    if now.pending == 0 and "before" not in now.holds and now.holds:
        _restore(bench, member, target)
        now = standing(member, target)
    if now.pending == 0 and "before" in now.holds:
        return answer("ok")
    return answer("unknown", f"{member.target}: it holds neither the state before the change nor one of the change's")


def _restore(bench: BoxBench, member: BoxMember, target: Target) -> None:
    """Write back the kept state, for a change that was confirmed and failed after; nothing where none was kept."""
    kept = bench.keeper.kept(member.change, member.target)
    if kept is None:
        return
    target.stage(kept.parts)
    target.commit(member.token(THIRD), bench.deadlines.confirm)
    now = standing(member, target)
    if "before" in now.holds and now.pending == THIRD:
        target.confirm(member.token(THIRD))

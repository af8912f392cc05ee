"""A router whose outcome nobody could read, read again: it is taken back, or it stays unknown. Nothing is guessed."""

from __future__ import annotations

from netctl.errors import NetctlError, StoreError
from netctl.model.change import MemberState
from netctl.push.bench import Bench, Deadlines
from netctl.push.engine import Engine
from netctl.push.finish import KeeperOfWayBack, state_on_way_back
from netctl.push.member import Member, StepResult, answer
from netctl.push.names import ROLL_BACK
from netctl.push.procedure import MemberEnd
from netctl.push.sheet import Sheet, device_of, expectation_of
from netctl.push.steps.roll_back import roll_back
from netctl.store import Receipts


def reconcile(engine: Engine, change: str, sheet: Sheet) -> list[MemberEnd]:
    """Where all members of a change stand after its unknown ones were read again, each step with its receipt."""
    receipts = Receipts(engine.store, sheet["actor"])
    for member in receipts.members(change):
        if member.state != "unknown":
            continue
        receipts.begin(change, member.target, ROLL_BACK, engine.worker)
        result = _take_back(engine, change, sheet, member.target, receipts)
        detail = "; ".join(result["problems"])
        known = result["outcome"] == "ok"
        receipts.end(
            change, member.target, ROLL_BACK, engine.worker, outcome="ok" if known else "failed", detail=detail
        )
        if known:
            state: MemberState = "rolled_back" if sheet["direction"] == "forth" else state_on_way_back("rolled_back")
            told = f"{member.detail}; read again: it holds the state before"
            receipts.set_member(change, member.target, state, told)
            engine.emit({"event": "member", "change": change, "target": member.target, "state": state, "detail": told})
    return [
        MemberEnd(target=member.target, state=member.state, detail=member.detail, awaited=[])
        for member in receipts.members(change)
    ]


def _take_back(engine: Engine, change: str, sheet: Sheet, target: str, receipts: Receipts) -> StepResult:
    plan = engine.plan(sheet["plan"])
    mate = sheet["mates"][target]
    share = next(share for share in plan.targets if share.target == target)
    member = Member(
        change=change,
        plan=share,
        mate=mate,
        expectation=expectation_of(sheet, target),
        mate_expectation=expectation_of(sheet, mate),
        rules=engine.rules(share.platform),
    )
    bench = Bench(
        member=member,
        connect=lambda name: engine.connect(device_of(sheet, name)),
        keeper=receipts if sheet["direction"] == "forth" else KeeperOfWayBack(receipts),
        deadlines=Deadlines(confirm=engine.deadlines.confirm, settle=engine.deadlines.settle, patience=0),
        probe_count=engine.settings.probe_count,
    )
    try:
        return roll_back(bench)
    except StoreError:
        raise
    except NetctlError as error:
        return answer("unknown", str(error))

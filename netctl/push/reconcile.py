"""A router whose outcome nobody could read, read again: it is taken back, or it stays unknown. Nothing is guessed."""

from __future__ import annotations

from dataclasses import replace

from netctl.model.change import MemberState
from netctl.push.acts import Acts
from netctl.push.engine import Engine
from netctl.push.finish import state_on_way_back
from netctl.push.member import detail_of
from netctl.push.names import ROLL_BACK
from netctl.push.procedure import MemberEnd
from netctl.push.sheet import Sheet
from netctl.store import Receipts


def reconcile(engine: Engine, change: str, sheet: Sheet) -> list[MemberEnd]:
    """Where all members of a change stand after its unknown ones were read again, each step with its receipt."""
    receipts = Receipts(engine.store, sheet["actor"])
    acts = Acts(engine, change, sheet, receipts)
    now = replace(engine.deadlines, patience=0)
    for member in receipts.members(change):
        if member.state != "unknown":
            continue
        receipts.begin(change, member.target, ROLL_BACK, engine.worker)
        result = acts.perform(member.target, ROLL_BACK, {}, deadlines=now)
        detail = detail_of(result)
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

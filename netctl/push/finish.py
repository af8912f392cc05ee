"""How a change ends: what its members' ends make of it, on the way forth and on the way back."""

from __future__ import annotations

from dataclasses import replace

from netctl.change import steps as change_steps
from netctl.model.artefact import RunningState
from netctl.model.change import MemberState
from netctl.push.engine import Engine
from netctl.push.procedure import MemberEnd, verdict
from netctl.store import Receipts


def finish_change(engine: Engine, change: str, actor: str, ends: list[MemberEnd]) -> str:
    """Put a change into the state its members' ends make; done again after a crash, it stays as it is."""
    state = verdict(ends)
    bad = next((end for end in ends if end["state"] not in {"done", "untouched"}), None)
    detail = f"{bad['target']}: {bad['detail']}" if bad else ""
    with engine.store.reading() as books:
        if books.changes.get(change).state != "pushing":
            return state
    rule = {"done": change_steps.finish, "stopped": change_steps.stop, "unknown": change_steps.lose_sight}[state]
    rule(engine.store, change, actor=actor, detail=detail)
    return state


def finish_way_back(engine: Engine, change: str, actor: str, ends: list[MemberEnd]) -> str:
    """A change whose members all hold their former state is rolled back; else it stays what it was."""
    if verdict(ends) != "done":
        return "stopped"
    with engine.store.reading() as books:
        if books.changes.get(change).state == "rolled_back":
            return "done"
    change_steps.take_back(engine.store, change, user=actor, detail=f"{len(ends)} member(s) hold their former state")
    return "done"


def state_on_way_back(state: MemberState) -> MemberState:
    """What a step of the way back means for the member: one that could not go back is as the change left it."""
    if state == "done":
        return "rolled_back"
    return state if state == "unknown" else "done"


class KeeperOfWayBack:
    """Keeps what a member held when the way back began, apart from what it held before the change."""

    def __init__(self, receipts: Receipts) -> None:
        self._receipts = receipts

    def keep(self, change: str, state: RunningState) -> None:
        self._receipts.keep(change, replace(state, target=f"{state.target} back"))

    def kept(self, change: str, target: str) -> RunningState | None:
        return self._receipts.kept(change, f"{target} back")

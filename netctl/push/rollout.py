"""A change on its way: the order of things (`procedure`) on DBOS's journal, with receipts around every step."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from dbos import DBOS

from netctl.errors import GroupBusy, LeaseLost, StoreError
from netctl.model.change import MemberState
from netctl.model.places import LEAVING
from netctl.model.plan import TargetKind
from netctl.push.acts import Acts
from netctl.push.crash import crash_here
from netctl.push.engine import Engine, Halted, running
from netctl.push.finish import finish_change, finish_way_back, state_on_way_back
from netctl.push.member import StepResult, detail_of
from netctl.push.procedure import MemberEnd, change_group, change_waves
from netctl.push.sheet import Sheet, part_of_sheet
from netctl.store import Receipts

ROLLOUT = "netctl.rollout"
GROUP = "netctl.group"

Answer = TypeVar("Answer")
RECEIPT = {"ok": "ok", "already": "skipped", "failed": "failed", "reverted": "failed", "unknown": "failed"}
BAD: frozenset[MemberState] = frozenset({"failed", "rolled_back", "unknown"})


@DBOS.workflow(name=ROLLOUT)
def rollout(change: str, identity: str, sheet: Sheet) -> list[MemberEnd]:
    """All waves of a change, from the first to where it ended; the change's state follows."""
    journal = DurableJournal(running(), change, identity, sheet)
    journal.begin()
    waves = [
        (wave.number, [(group, list(members)) for group, members in wave.groups])
        for wave in journal.engine.plan(sheet["plan"]).waves
    ]
    ends = change_waves(journal, waves)
    journal.finish(ends)
    return ends


@DBOS.workflow(name=GROUP)
def group_change(change: str, identity: str, group: str, members: list[str], sheet: Sheet) -> list[MemberEnd]:
    """One redundancy group of a change, one member after the other."""
    return change_group(DurableJournal(running(), change, identity, sheet), group, members)


class DurableJournal:
    """`procedure.Journal` on DBOS. Each answer is on disk before the next is asked for."""

    def __init__(self, engine: Engine, change: str, identity: str, sheet: Sheet) -> None:
        self.engine = engine
        self.change = change
        self.identity = identity
        self.sheet = sheet
        self.receipts = Receipts(engine.store, sheet["actor"])
        self.results: dict[str, StepResult] = {}
        self.acts = Acts(engine, change, sheet, self.receipts)
        self.sessions = self.acts.sessions
        with _halting(engine):
            engine.take_fence(identity)

    def kind(self, target: str) -> TargetKind:
        return self.acts.kind(target)

    def step(self, target: str, step: str, excused: list[str]) -> StepResult:
        result = self._remember(target, step, lambda: self._perform(target, step, excused))
        self.results[f"{target}:{step}"] = result
        return result

    def may_go_on(self, place: str) -> str:
        return self._remember(place, "may-go-on", self._halting_reason)

    def in_flight(self, target: str) -> str:
        return self._remember(target, "in-flight", lambda: self._take_flight(target))

    def ended(self, end: MemberEnd) -> None:
        state = end["state"] if self.sheet["direction"] == "forth" else state_on_way_back(end["state"])

        def act() -> None:
            self.sessions.end_all()
            self.receipts.set_member(self.change, end["target"], state, end["detail"])
            self._tell("member", end["target"], state=state, detail=end["detail"])

        self._remember(end["target"], "ended", act)

    def groups(self, wave: int, groups: list[tuple[str, list[str]]]) -> list[list[MemberEnd]]:
        self._tell("wave", "", number=wave, groups=[group for group, _ in groups])
        waiting = []
        for group, members in groups:
            identity = f"{self.identity}/{group}{_step_of(members)}"
            sheet = part_of_sheet(self.sheet, members)
            result = self.engine.enqueue(identity, group, group_change, self.change, identity, group, members, sheet)
            waiting.append((identity, members, result))
        self.engine.wait([identity for identity, _, _ in waiting])
        return [self._ends(members, result) for _, members, result in waiting]

    def begin(self) -> None:
        """Members of an earlier, stopped rollout that are not done wait again."""

        def act() -> None:
            for member in self.receipts.members(self.change) if self.sheet["direction"] == "forth" else ():
                if member.state not in {"done", "waiting", "in_flight", "unknown"}:
                    self.receipts.set_member(self.change, member.target, "waiting")

        self._remember(self.change, "begin", act)

    def finish(self, ends: list[MemberEnd]) -> None:
        """Put the change into the state its members are in."""
        rule = finish_change if self.sheet["direction"] == "forth" else finish_way_back
        self._remember(self.change, "finish", lambda: rule(self.engine, self.change, self.sheet["actor"], ends))

    def _ends(self, members: list[str], result: Callable[[], Any]) -> list[MemberEnd]:
        reason = "the rollout of its group answered for others"
        try:
            ends = cast("list[MemberEnd]", result())
            if [end["target"] for end in ends] == members:
                return ends
        except Exception as error:  # noqa: BLE001  whatever ended the group's workflow, its members must be accounted for
            reason = f"the rollout of its group broke: {error}"
        return self._remember("/".join(members), "account", lambda: self._account(members, reason))

    def _account(self, members: list[str], reason: str) -> list[MemberEnd]:
        states: dict[str, MemberState] = {member.target: member.state for member in self.receipts.members(self.change)}
        ends = []
        for target in members:
            state: MemberState = "unknown" if states[target] == "in_flight" else states[target]
            state = "untouched" if state == "waiting" else state
            self.receipts.set_member(self.change, target, state, reason)
            ends.append(MemberEnd(target=target, state=state, detail=reason, awaited=[]))
        return ends

    def _remember(self, place: str, step: str, act: Callable[[], Answer]) -> Answer:
        def guarded() -> Answer:
            with _halting(self.engine):
                self.engine.refuse_halted()
                self.engine.check_fence(self.identity)
                crash_here(place, step, "before")
                result = act()
                crash_here(place, step, "after")
                return result

        try:
            return DBOS.run_step({"name": f"{place}:{step}"}, guarded)
        except Halted:
            self.sessions.end_all()
            raise

    def _perform(self, target: str, step: str, excused: list[str]) -> StepResult:
        worker = self.engine.worker
        self.receipts.begin(self.change, target, step, worker)
        self._tell("step", target, step=step, outcome="begun", detail="")
        memory = {key.partition(":")[2]: known for key, known in self.results.items() if key.startswith(f"{target}:")}
        result = self.acts.perform(target, step, memory, excused=tuple(excused))
        result["worker"] = worker
        detail = detail_of(result)
        outcome = RECEIPT[result["outcome"]]
        self.receipts.end(self.change, target, step, worker, outcome=cast("Any", outcome), detail=detail)
        self._tell("step", target, step=step, outcome=outcome, detail=detail)
        return result

    def _halting_reason(self) -> str:
        if self.receipts.stop_requested(self.change):
            return "a person asked to stop"
        if self.sheet["direction"] == "back":
            return ""
        bad = [member.target for member in self.receipts.members(self.change) if member.state in BAD]
        return f"{bad[0]} did not end well" if bad else ""

    def _take_flight(self, target: str) -> str:
        try:
            self.receipts.set_member(self.change, target, "in_flight")
        except GroupBusy as error:
            return str(error)
        self._tell("member", target, state="in_flight", detail="")
        return ""

    def _tell(self, kind: str, target: str, **facts: Any) -> None:
        self.engine.emit({"event": kind, "change": self.change, "target": target, "at": time.time(), **facts})


def _step_of(members: list[str]) -> str:
    """What tells the two steps of a zone apart, which are one group in two waves; a group of routers comes once."""
    return LEAVING if members[0].endswith(LEAVING) else ""


class _halting:  # noqa: N801  reads as a verb where it is used
    """What the store or a lost lease raises halts this worker: the rollout stays as it is, to be resumed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, StoreError | LeaseLost):
            raise self.engine.halt(error) from error

"""A journal in memory that a test may kill at any point and run again, as a database would remember."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from netctl.push.bench import Bench, Deadlines
from netctl.push.member import Member, StepResult, answer
from netctl.push.procedure import MemberEnd, change_group
from netctl.push.steps import ACTS
from netctl.errors import NetctlError
from tests.simulation.network import Network


class Killed(BaseException):
    """The controller is gone at this very point."""


class Kept(dict[tuple[str, str], Any]):
    def keep(self, change: str, state: Any) -> None:
        self.setdefault((change, state.target), state)

    def kept(self, change: str, target: str) -> Any:
        return self.get((change, target))


class MemoryJournal:
    """Remembers answers by their place in the order, as DBOS does. `moment(target, step, when)` may raise `Killed`."""

    def __init__(self, network: Network, members: dict[str, Member], deadlines: Deadlines) -> None:
        self.network = network
        self.members = members
        self.deadlines = deadlines
        self.answers: list[tuple[str, Any]] = []
        self.place = 0
        self.worker = "worker-1"
        self.moment: Callable[[str, str, str], None] = lambda _target, _step, _when: None
        self.pause: Callable[[float], None] = lambda _seconds: None
        self.flying: set[str] = set()
        self.ends: dict[str, MemberEnd] = {}
        self.stop = ""
        self.kept = Kept()
        self.performed: list[tuple[str, str]] = []

    def restart(self, worker: str) -> None:
        self.place, self.worker = 0, worker

    def _remember(self, name: str, act: Callable[[], Any], target: str, step: str) -> Any:
        if self.place < len(self.answers):
            known, result = self.answers[self.place]
            assert known == name, f"replay asked for {name} where {known} was remembered"
            self.place += 1
            return result
        self.moment(target, step, "before")
        result = act()
        self.moment(target, step, "after")
        self.answers.append((name, result))
        self.place += 1
        return result

    def kind(self, target: str) -> str:
        return self.members[target].plan.kind

    def step(self, target: str, step: str, excused: list[str]) -> StepResult:
        def act() -> StepResult:
            self.performed.append((target, step))
            memory = {name.partition(":")[2]: result for name, result in self.answers if name.startswith(f"{target}:")}
            bench = Bench(
                member=self.members[target],
                connect=self.network.connect,
                keeper=self.kept,
                deadlines=self.deadlines,
                probe_count=1,
                excused=tuple(excused),
                memory=memory,
                clock=self.network.clock,
                pause=self.pause,
            )
            try:
                result = ACTS[step](bench)
            except NetctlError as error:
                result = answer("failed", str(error))
            return result | {"worker": self.worker}

        return self._remember(f"{target}:{step}", act, target, step)

    def may_go_on(self, place: str) -> str:
        return self._remember(f"{place}:may-go-on", lambda: self.stop, place, "may-go-on")

    def in_flight(self, target: str) -> str:
        def act() -> str:
            if self.network.pairs[target] in self.flying:
                return "its mate is in flight"
            self.flying.add(target)
            return ""

        return self._remember(f"{target}:in-flight", act, target, "in-flight")

    def ended(self, end: MemberEnd) -> None:
        def act() -> None:
            self.flying.discard(end["target"])
            self.ends[end["target"]] = end

        self._remember(f"{end['target']}:ended", act, end["target"], "ended")

    def groups(self, wave: int, groups: list[tuple[str, list[str]]]) -> list[list[MemberEnd]]:
        return [change_group(self, group, members) for group, members in groups]

"""Zones on a primary that is not there, with the store's memory of writes: for state-space tests of the rollout only.

Real name servers are tested in tests/integration. Here a write may be cut at its two notes, as a killed process cuts it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from netctl.devices.nameserver.convergence import Level
from netctl.devices.nameserver.notes import touched_by
from netctl.devices.nameserver.restoring import strangers
from netctl.devices.nameserver.transfer import Reading
from netctl.errors import CommitGone, NameServerSilent, SecondaryBehind, ZoneBusy, ZoneUnknown
from netctl.model.zonewrites import OPEN, ZoneId, ZoneWrite
from netctl.plan.zonepart import changed
from netctl.zones.data import ZoneData
from netctl.zones.difference import ZoneDifference, difference


class World:
    """Zones by group, and every write by its token. `violations` lists what a rollout must never do."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.zones: dict[str, ZoneData] = {}
        self.copies: dict[str, ZoneData] = {}
        self.behind: set[str] = set()
        self.flaky: Callable[[str], bool] = lambda _group: False
        self.cut: Callable[[str, str], None] = lambda _group, _note: None
        self.writes: dict[str, ZoneWrite] = {}
        self.touched: dict[str, ZoneDifference] = {}
        self.violations: list[str] = []

    def open_writes(self, group: str) -> list[ZoneWrite]:
        return [write for write in self.writes.values() if write.place.zone == group and write.state in OPEN]

    def set(self, token: str, state: str) -> None:
        self.writes[token] = replace(self.writes[token], state=state)

    def take_back_overdue(self) -> None:
        """The watchdog."""
        for write in list(self.writes.values()):
            if write.state in OPEN and float(write.revert_at) <= self.clock():
                self.take_back(write.token)

    def take_back(self, token: str) -> None:
        group, touched = self.writes[token].place.zone, touched_by(self.touched[token])
        whole = self.writes[token].state == "applied"
        if strangers(self.zones[group], touched, whole=whole):
            self.set(token, "unknown")
            raise ZoneUnknown("not taken back: somebody else changed it", where=group)
        self.zones[group] = changed(self.zones[group], self.touched[token].taken_back())
        self.set(token, "taken_back")


class SimulatedZone:
    """One zone where it is written; implements `netctl.push.zonesteps.bench.Zone`, and `Copies`."""

    def __init__(self, world: World, group: str, target: str) -> None:
        self.name = f"ns1 {group}"
        self._world, self._group, self._target = world, group, target
        self._staged: ZoneDifference | None = None

    def fetch(self) -> Reading:
        if self._world.flaky(self._group):
            raise NameServerSilent("no answer", where=self.name)
        return Reading.fresh("", self._world.zones[self._group])

    def pending(self) -> ZoneWrite | None:
        return next(iter(self._world.open_writes(self._group)), None)

    def stage(self, intended: ZoneData) -> ZoneDifference:
        self._staged = difference(self.fetch().data, intended)
        return self._staged

    def commit(self, token: str, deadline: int) -> None:
        world, group, change = self._world, self._group, self._staged
        assert change is not None
        if world.open_writes(group):
            world.violations.append(f"law 1: {token} was begun while another write of {group} is open")
            raise ZoneBusy("another write", where=group)
        if token in world.writes:
            world.violations.append(f"{token} was written twice")
        if deadline <= 0:
            world.violations.append(f"law 3: {token} has no deadline")
        revert_at = str(world.clock() + deadline)
        place = ZoneId("ns1", "", group)
        world.touched[token] = change
        world.writes[token] = ZoneWrite(token, place, self._target, "begun", "", revert_at, "", 1, "")
        world.cut(group, "begun")
        world.zones[group] = changed(world.zones[group], change)
        world.cut(group, "done")
        world.set(token, "applied")

    def confirm(self, token: str) -> None:
        if self._world.writes[token].state == "applied":
            self._world.set(token, "confirmed")
        elif self._world.writes[token].state != "confirmed":
            raise CommitGone("the write is gone", where=self.name)

    def roll_back(self, token: str) -> None:
        state = self._world.writes[token].state
        if state in OPEN:
            self._world.take_back(token)
        elif state not in {"taken_back", "refused"}:
            raise CommitGone("the write is confirmed", where=self.name)

    def level(self, serial: int, seconds: float) -> Sequence[Level]:
        if self._group in self._world.behind:
            raise SecondaryBehind("not at the serial", where=self._group)
        self._world.copies[self._group] = self.fetch().data
        return [Level("ns2", serial, 0.1)]

    def read(self) -> Sequence[tuple[str, ZoneData | str]]:
        return [("ns2", self._world.copies[self._group]), ("ns4", "the server answers REFUSED")]

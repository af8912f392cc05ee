"""What the steps of a zone work with: the zone where it is written, its copies, and what the store says of writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from netctl.devices.nameserver.convergence import Level
from netctl.devices.nameserver.transfer import Reading
from netctl.model.plan import TargetPlan
from netctl.model.zonewrites import OPEN, ZoneWrite
from netctl.plan.zonepart import changed, content_digest, holds_after
from netctl.push.bench import Deadlines
from netctl.push.member import StepResult
from netctl.push.names import token
from netctl.services.dns.rules.limits import Allowance
from netctl.zones.data import ZoneData
from netctl.zones.difference import ZoneDifference


class Zone(Protocol):
    """A zone where it is written; `netctl.devices.nameserver.target.ZoneTarget` is one."""

    name: str

    def fetch(self) -> Reading: ...
    def pending(self) -> ZoneWrite | None: ...
    def stage(self, intended: ZoneData) -> ZoneDifference: ...
    def commit(self, token: str, deadline: int) -> None: ...
    def confirm(self, token: str) -> None: ...
    def roll_back(self, token: str) -> None: ...


class Copies(Protocol):
    """The servers that copy a zone."""

    def level(self, serial: int, seconds: float) -> Sequence[Level]:
        """Wait until all of them serve this serial or a later one; raises `SecondaryBehind`."""
        ...

    def read(self) -> Sequence[tuple[str, ZoneData | str]]:
        """What each of them serves, or why it lets nobody read it; raises where one does not answer."""
        ...


class Share(NamedTuple):
    """One step of a zone's change: the content it was planned against, and the difference that leads on from there."""

    running_digest: str
    change: ZoneDifference

    def done_in(self, data: ZoneData) -> bool:
        """Whether a zone holds exactly what this leads to."""
        back = self.change.taken_back()
        return holds_after(data, self.change) and content_digest(changed(data, back)) == self.running_digest


@dataclass(frozen=True, slots=True)
class ZoneBench:
    """One zone's steps share one bench. `later` is the second step of a zone that changes in two.

    `owed` are servers of the zone that were away when another primary was promoted, and have not had their turn since.
    `written` is a write by its token, None where there is none. `allowed` is None on the way back, which leads to what
    ran before. `memory` holds the results of the steps that ended, by name.
    """

    change: str
    plan: TargetPlan
    share: Share
    later: Share | None
    zone: Zone
    copies: Copies
    written: Callable[[str], ZoneWrite | None]
    allowed: Allowance | None
    deadlines: Deadlines
    owed: tuple[str, ...] = ()
    memory: Mapping[str, StepResult] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time

    @property
    def target(self) -> str:
        """The target as the plan names it."""
        return self.plan.target

    @property
    def wanted(self) -> ZoneDifference:
        """What the plan says of this zone."""
        return self.share.change

    def last_write(self) -> tuple[int, ZoneWrite | None]:
        """The last write that this change made to this zone, and its number; 0 where it made none.

        A write that was taken back is never made again under its token: each attempt has the next number.
        """
        number, found = 0, None
        while (following := self.written(token(self.change, self.target, number + 1))) is not None:
            number, found = number + 1, following
        return number, found

    def stranger(self) -> ZoneWrite | None:
        """An open write to the zone that is none of this target's."""
        waiting = self.zone.pending()
        if waiting is None or waiting.state not in OPEN:
            return None
        _, mine = self.last_write()
        return None if mine is not None and mine.token == waiting.token else waiting

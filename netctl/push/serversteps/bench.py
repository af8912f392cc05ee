"""What the steps of a name server work with: the box, the others of its role, and who answers for what."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from netctl.devices.target import Target
from netctl.push.bench import Deadlines, Keeper
from netctl.push.member import ServerMember, StepResult

Answers = Mapping[str, str]
"""What a server was asked for, ``ZONE (VIEW)``, and why it does not answer for that; "" where it does."""


@dataclass(frozen=True, slots=True)
class ServerBench:
    """One name server's steps share one bench. `mates` are the others that are declared of its role.

    `answers` asks a server for everything it is to serve. `source` is the primary its zones come from, "" for that one
    itself and for resolvers. One that is `taught` learns its zones from a catalog, later. On the way back `whole` is
    False: what it served before the change is not known then.
    """

    member: ServerMember
    connect: Callable[[str], Target]
    keeper: Keeper
    deadlines: Deadlines
    mates: tuple[str, ...]
    source: str
    taught: bool
    answers: Callable[[str], Answers]
    whole: bool = True
    memory: Mapping[str, StepResult] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep

"""What a step works with: the member, the ways into routers, the store's receipts, deadlines, and what came before."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from netctl.devices.target import Target
from netctl.model.artefact import RunningState
from netctl.push.member import BoxMember, Member, StepResult


class Keeper(Protocol):
    """Where the states of routers before the change are kept (`netctl.store.Receipts`)."""

    def keep(self, change: str, state: RunningState) -> None: ...
    def kept(self, change: str, target: str) -> RunningState | None: ...


@dataclass(frozen=True, slots=True)
class Deadlines:
    """In seconds. `confirm` is how long a commit lives by itself, `settle` how long checks may take to turn clean.

    `patience` is how long a router that is to be taken back may stay silent: longer than its own timer needs.
    """

    confirm: int
    settle: int
    mate: int = 10  # the mate must be healthy now: this only rides out a session that flaps
    patience: int = 150


@dataclass(frozen=True, slots=True)
class Bench:
    """One member's steps share one bench; `memory` holds the results of the steps that ended, by name."""

    member: Member
    connect: Callable[[str], Target]
    keeper: Keeper
    deadlines: Deadlines
    probe_count: int
    excused: tuple[str, ...] = ()  # sessions of the mate whose far end comes later in this rollout
    memory: Mapping[str, StepResult] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep

    def noted(self, step: str, note: str) -> list[str]:
        """What an earlier step left for later ones."""
        result = self.memory.get(step)
        return result["notes"].get(note, []) if result else []


class BoxBench(Protocol):
    """What the steps ask of a bench that are the same for every box that holds a configuration."""

    @property
    def member(self) -> BoxMember: ...
    @property
    def connect(self) -> Callable[[str], Target]: ...
    @property
    def keeper(self) -> Keeper: ...
    @property
    def deadlines(self) -> Deadlines: ...
    @property
    def clock(self) -> Callable[[], float]: ...
    @property
    def pause(self) -> Callable[[float], None]: ...


def drained_name(target: str) -> str:
    """Under which name the state after the drain, and before the change, is kept."""
    return f"{target} drained"

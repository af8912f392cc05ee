"""How things stand: changes, the processes that push, and rollouts that wait for a person's word."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from netctl.control.changes import ChangeSummary, listing
from netctl.model.change import ChangeState
from netctl.model.moments import Clock, now
from netctl.push.liveness import alive, workers_of
from netctl.store import Store

__all__ = ["Status", "WorkerStatus", "status"]


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """A process that pushes. `silent` is in seconds; `changes` are the ones it drives."""

    name: str
    alive: bool
    silent: float
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """All changes, newest first. Those in `needs_resume` were left by a worker that died."""

    changes: tuple[ChangeSummary, ...]
    workers: tuple[WorkerStatus, ...]
    needs_resume: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON output shows it."""
        return asdict(self)


def status(store: Store, *, user: str, states: tuple[ChangeState, ...] = (), clock: Clock = now) -> Status:
    """How things stand now; reads the store only."""
    changes = listing(store, user=user, states=states)
    with store.reading() as books:
        seen = books.workers.all()
        pushing = [change.id for change in books.changes.all(("pushing",))]
    workers = tuple(
        WorkerStatus(each.name, alive(each, clock), each.silent_for(clock).total_seconds(), tuple(each.detail.split()))
        for each in seen
    )
    return Status(changes, workers, tuple(change for change in pushing if not workers_of(seen, change, clock)))

"""How things stand: changes, the processes that push, and rollouts that wait for a person's word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from netctl.change.scope import within_reach
from netctl.control.changes.look import ChangeSummary, listing
from netctl.model.change import Change, ChangeState
from netctl.model.moments import Clock, now
from netctl.push.liveness import alive, workers_of
from netctl.store import Books, Store, WorkerSeen

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
        within = within_reach(books, user, "show")
        pushing = [change.id for change in books.changes.all(("pushing",)) if within(change)]
        driven = {each.name: _driven(books, each, within) for each in seen}
    workers = tuple(
        WorkerStatus(each.name, alive(each, clock), each.silent_for(clock).total_seconds(), driven[each.name])
        for each in seen
    )
    return Status(changes, workers, tuple(change for change in pushing if not workers_of(seen, change, clock)))


def _driven(books: Books, worker: WorkerSeen, within: Callable[[Change], bool]) -> tuple[str, ...]:
    """The changes a worker drives, of those that are the asker's business."""
    return tuple(change for change in worker.detail.split() if within(books.changes.get(change)))

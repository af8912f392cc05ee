"""Heartbeats: which processes that push are alive. Nobody acts on silence but a person (`netctl resume`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from netctl.model.moments import Clock, read_moment, stamp
from netctl.store import tables


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A worker, and when it was last heard of."""

    name: str
    started_at: str
    seen_at: str
    detail: str

    def silent_for(self, clock: Clock) -> timedelta:
        """How long it has said nothing."""
        return clock() - read_moment(self.seen_at)


class Workers:
    """The heartbeats within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def beat(self, name: str, detail: str = "") -> None:
        """Say that a worker is alive."""
        at = stamp(self._clock())
        mine = tables.workers.c.name == name
        done = self._connection.execute(update(tables.workers).where(mine).values(seen_at=at, detail=detail))
        if not done.rowcount:
            values = {"name": name, "started_at": at, "seen_at": at, "detail": detail}
            self._connection.execute(insert(tables.workers).values(values))

    def leave(self, name: str) -> None:
        """Say that a worker ended in good order."""
        self._connection.execute(delete(tables.workers).where(tables.workers.c.name == name))

    def all(self) -> tuple[WorkerSeen, ...]:
        """All workers that did not leave, by name."""
        rows = self._connection.execute(select(tables.workers).order_by(tables.workers.c.name))
        return tuple(WorkerSeen(row.name, row.started_at, row.seen_at, row.detail) for row in rows)

"""One more process that carries out what is queued, for rollouts on PostgreSQL."""

from __future__ import annotations

import threading
from pathlib import Path

from netctl.control.books import open_store
from netctl.control.rollout.push import Emit, engine_for
from netctl.errors import WorkerNeedsPostgresql
from netctl.settings import Settings

__all__ = ["work"]


def work(root: Path, settings: Settings, stop: threading.Event, *, emit: Emit = lambda _event: None) -> None:
    """Take groups from the queue until `stop` is set; what is under way here is finished before this returns.

    Raises `WorkerNeedsPostgresql` on SQLite, `StoreError`, and what halted the worker.
    """
    if settings.database_url.startswith("sqlite"):
        raise WorkerNeedsPostgresql("the database is SQLite")
    with open_store(settings) as store, engine_for(root, settings, store, emit) as engine:
        emit({"event": "worker", "name": engine.worker, "target": "", "change": ""})
        while not stop.wait(0.2):
            if engine.halted is not None:
                raise engine.halted

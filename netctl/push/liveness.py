"""Is a process that pushes alive? By its heartbeat, and on the same host by looking."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from netctl.errors import StoreError
from netctl.model.moments import Clock, now
from netctl.store import Store, WorkerSeen

BEAT = 5.0  # seconds between heartbeats
SILENCE = timedelta(seconds=30)  # after which a worker counts as dead


def worker_name() -> str:
    """``host:pid:start``: no two processes share one, not even after the process number is used again."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def alive(worker: WorkerSeen, clock: Clock = now) -> bool:
    """False where the heartbeat stopped, or the process is gone from this very host."""
    host, _, rest = worker.name.partition(":")
    pid, _, started = rest.partition(":")
    if host == socket.gethostname() and pid.isdecimal():
        return _started(int(pid)) == started
    return worker.silent_for(clock) < SILENCE


def workers_of(workers: Iterable[WorkerSeen], change: str, clock: Clock = now) -> tuple[str, ...]:
    """The living workers that say they drive a change."""
    return tuple(worker.name for worker in workers if change in worker.detail.split() and alive(worker, clock))


def _started(pid: int) -> str:
    """The kernel's start time of a process in clock ticks since boot (proc(5), field 22); "" where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


class Heartbeat:
    """Says in the store that this process is alive, and which changes it drives; a context manager."""

    def __init__(self, store: Store, name: str, detail: Callable[[], str]) -> None:
        self._store = store
        self._name = name
        self._detail = detail
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Beat once now, and then from a thread of its own."""
        self.beat()
        self._thread.start()

    def beat(self) -> None:
        """Say it now."""
        with self._store.writing() as books:
            books.workers.beat(self._name, self._detail())

    def stop(self, *, leave: bool = True) -> None:
        """Beat no more, and unless the store is what failed, say that this process ends in good order."""
        self._ended.set()
        if not leave:
            return
        if self._thread.is_alive():
            self._thread.join(BEAT)
        with self._store.writing() as books:
            books.workers.leave(self._name)

    def _run(self) -> None:
        while not self._ended.wait(BEAT):
            try:
                self.beat()
            except StoreError:
                continue  # the rollout itself meets the same store and says what is wrong

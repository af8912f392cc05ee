"""Looks at many routers at once; a slow or dead one delays nobody.

There are two lanes: routers that answered last time, and those that did not. A round waits for the first lane only;
what comes in later belongs to the next one. A router is never looked at twice at the same time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

from netctl.errors import NetctlError
from netctl.model.artefact import RunningState
from netctl.model.moments import Clock, now, stamp
from netctl.model.watch import Drift, Sample
from netctl.observe.open_sessions import Connect, OpenSessions, end

Compare = Callable[[RunningState], tuple[Drift, int]]

_BREATH = 0.2  # seconds: how late a wish to stop may be noticed


class Looked(NamedTuple):
    """One look, with what the router holds where that was asked for and told."""

    sample: Sample
    running: RunningState | None = None


class Collector:
    """Looks at routers by name. `compare` judges what a router holds; it runs beside the looks."""

    def __init__(self, connect: Connect, compare: Compare, *, workers: int, sessions: int, clock: Clock = now) -> None:
        self._sessions = OpenSessions(connect, sessions)
        self._compare = compare
        self._clock = clock
        names = ("look", "slow-look")
        self._lanes = [ThreadPoolExecutor(max(1, workers), thread_name_prefix=name) for name in names]
        self._changed = threading.Condition()
        self._under_way: dict[str, int] = {}  # router → its lane
        self._busy = [0, 0]
        self._silent: set[str] = set()
        self._come: list[Looked] = []

    def begin(self, names: Iterable[str], with_configuration: Collection[str] = ()) -> None:
        """Look at these routers, but those that are being looked at already."""
        with self._changed:
            for name in names:
                if name not in self._under_way:
                    lane = int(name in self._silent)
                    self._under_way[name] = lane
                    self._busy[lane] += 1
                    self._lanes[lane].submit(self._look, name, with_configuration=name in with_configuration)

    def gather(
        self, deadline: float, stop: Callable[[], bool] = lambda: False, *, patient: bool = False
    ) -> list[Looked]:
        """What came in when the first lane is empty (both lanes, where `patient`), or at `deadline`.

        `deadline` is on the monotonic clock.
        """
        with self._changed:
            while (left := deadline - time.monotonic()) > 0 and not stop():
                if not (any(self._busy) if patient else self._busy[0]):
                    break
                self._changed.wait(min(left, _BREATH))
            come, self._come = self._come, []
            return come

    def forget(self, names: Iterable[str]) -> None:
        """Close the sessions of routers that are not watched any more."""
        for name in names:
            self._sessions.end(name)
            self._silent.discard(name)

    def close(self) -> None:
        """No further look begins, those under way end by their deadlines, and all sessions are closed."""
        for lane in self._lanes:
            lane.shutdown(wait=False, cancel_futures=True)
        for lane in self._lanes:
            lane.shutdown(wait=True)
        self._sessions.end_all()

    def _look(self, name: str, *, with_configuration: bool) -> None:
        began = time.monotonic()
        looked = self._looked(name, with_configuration=with_configuration)
        # The moment is that of the answer: a look that waited in a queue, or for a slow router, is not old.
        sample = replace(looked.sample, at=stamp(self._clock()), seconds=round(time.monotonic() - began, 4))
        with self._changed:
            (self._silent.add if sample.observation is None else self._silent.discard)(name)
            self._come.append(looked._replace(sample=sample))
            self._busy[self._under_way.pop(name)] -= 1
            self._changed.notify_all()

    def _looked(self, name: str, *, with_configuration: bool) -> Looked:
        try:
            target, observation = self._sessions.observe(name)
        except NetctlError as error:
            return Looked(Sample(name, "", 0.0, None, str(error)))
        except Exception as error:  # noqa: BLE001  a defect that one router provokes must not blind us to all others
            return Looked(Sample(name, "", 0.0, None, f"defect of netctl: {type(error).__name__}: {error}"))
        running: RunningState | None = None
        drift: Drift = "unknown"
        lines = 0
        try:
            if with_configuration:
                running = target.fetch()
                drift, lines = self._compare(running)
        except Exception:  # noqa: BLE001  what a router holds is unknown then, and asked again; it was seen all the same
            end(target)
        else:
            self._sessions.give_back(name, target)
        return Looked(Sample(name, "", 0.0, observation, "", drift, lines), running)

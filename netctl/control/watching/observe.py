"""The network is watched: once, or in rounds until told to stop. One process a store does so; others stand by."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from netctl.control.changes.plan import rules_for
from netctl.control.watching.grounds import Grounds
from netctl.control.watching.names import NamesWatch
from netctl.control.watching.overdue import OverdueWatch
from netctl.credentials import open_source
from netctl.errors import LeaseLost, ObserverAlive, SettingsInvalid, StoreError
from netctl.model.moments import Clock, now, stamp
from netctl.observe.collect import Collector
from netctl.observe.drift import Causes, Comparer
from netctl.observe.sinks import Courier, deliver, open_sinks
from netctl.observe.watcher import Round, Watcher
from netctl.push.liveness import worker_name
from netctl.settings import Settings
from netctl.store import Books, Store

__all__ = ["Round", "observe_forever", "observe_once"]

Told = Callable[[Round], None]
Say = Callable[[str], None]

LEASE = "observe"
_SECOND_LOOK = 0.5  # of an interval: what looks otherwise than before is looked at again, and told within two
_END = 0.95  # of an interval: what has not come in by then belongs to the next round
_LEAST_LEASE = 15.0  # seconds
_WATCHES = itertools.count(1)  # of this process


def observe_once(
    root: Path, settings: Settings, store: Store, *, names: Collection[str] = (), clock: Clock = now
) -> Round:
    """One round over all routers, or over `names` as in `plan`; waits for slow ones, each within its deadline.

    Raises `ObserverAlive` while another process watches, `InvalidNetwork`, `UnknownDevice`, `SinkInvalid` or
    `StoreError`.
    """
    with _Observer(root, settings, store, names=names, clock=clock) as observer:
        observer.take_over()
        observer.overdue.look(lambda _told: None)
        found = observer.round(time.monotonic() + 60 * settings.observe_timeout, patient=True)
        deliver(store, observer.sinks)
        return found


def observe_forever(
    root: Path,
    settings: Settings,
    store: Store,
    stop: threading.Event,
    *,
    names: Collection[str] = (),
    told: Told = lambda _round: None,
    say: Say = lambda _text: None,
    clock: Clock = now,
) -> None:
    """Rounds, one every `observe_interval`, until `stop` is set; then looks under way end by their deadlines.

    While another process watches, this one stands by and takes over when that one is silent. `told` is given every
    round, `say` what a person should know. What the database refuses costs a round, not the watch. Raises
    `InvalidNetwork`, `UnknownDevice` or `SinkInvalid`, at the beginning only.
    """
    with ExitStack() as stack:
        observer = stack.enter_context(_Observer(root, settings, store, names=names, clock=clock, stop=stop))
        courier = stack.enter_context(Courier(store, observer.sinks))

        def tell(found: Round) -> None:
            courier.wake()
            told(found)

        while not stop.is_set():
            try:
                observer.stand_by(say)
                observer.go_on(tell, say)
            except LeaseLost as lost:
                say(f"another process watches now: {lost.message}")


def refuse_slow_looks(settings: Settings) -> None:
    """Nothing, or `SettingsInvalid` where looks may take so long that two intervals are not enough to tell a death.

    A second look begins half an interval after the first and must be over before the next round. A look always has a
    second: no router answers in less.
    """
    interval, timeout = settings.observe_interval, settings.observe_timeout
    if interval < 1 or timeout < 1:
        raise SettingsInvalid("`observe_interval` and `observe_timeout` must be 1 or more", where="settings.toml")
    if timeout > max(1, interval // 2):
        raise SettingsInvalid(
            f"`observe_timeout` is {timeout}, more than half of `observe_interval`, which is {interval}",
            where="settings.toml",
            hint=f"at most `observe_timeout = {max(1, interval // 2)}`, or `observe_interval = {2 * timeout}` or more",
        )


class _Observer:
    """One process that watches, from its first look to its last."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        store: Store,
        *,
        names: Collection[str],
        clock: Clock,
        stop: threading.Event | None = None,
    ) -> None:
        refuse_slow_looks(settings)
        self._settings = settings
        self._store = store
        self._clock = clock
        self._stop = stop or threading.Event()
        self._number = 0
        self._fence = 0
        self._told = self._told_of_names = ""
        self._owner = f"{worker_name()}:{next(_WATCHES)}"
        rules = rules_for(root)
        self.sinks = open_sinks(settings, open_source(settings))
        self._grounds = Grounds(root, settings, names)
        self._collector = Collector(
            self._grounds.reach,
            Comparer(self._grounds.intended, rules).compare,
            workers=settings.fetch_workers,
            sessions=settings.observe_sessions,
            clock=clock,
        )
        self._names = NamesWatch(settings, store, clock)
        self.overdue = OverdueWatch(root, settings, store, clock)
        self._watcher = Watcher(store, settings, Causes(store, rules), clock, [sink.name for sink in self.sinks])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._grounds.close()
        self.overdue.close()
        self._names.close()
        self._collector.close()
        if self._fence:
            with suppress(StoreError), self._store.writing() as books:  # it ends by itself, only later
                books.leases.give_back(LEASE, self._fence)

    def take_over(self) -> None:
        """Become the one that watches; raises `ObserverAlive` while another one does."""
        try:
            with self._store.writing() as books:
                self._fence = books.leases.take(LEASE, self._owner, self._lease)
        except LeaseLost as held:
            raise ObserverAlive(held.message) from held
        self._watcher.remember()

    def stand_by(self, say: Say) -> None:
        """Wait until nobody else watches, or until told to stop."""
        said = False
        while not self._stop.is_set():
            try:
                self.take_over()
            except ObserverAlive as alive:
                if not said:
                    say(f"standing by: {alive.message}")
                said = True
            except StoreError as error:
                say(str(error))
            else:
                return
            self._stop.wait(min(self._settings.observe_interval, _LEAST_LEASE) / 2)

    def go_on(self, told: Told, say: Say) -> None:
        """Rounds until told to stop; raises `LeaseLost` where another process took over."""
        interval = self._settings.observe_interval
        begins = time.monotonic()
        while not self._stop.is_set():
            half, end = begins + _SECOND_LOOK * interval, begins + _END * interval
            self._follow(say)
            self.overdue.begin(say)
            self._tried(partial(self._first, half, told), say)
            self._wait_until(half)
            self._tried(partial(self._again, end, told), say)
            self._tried(self._watcher.condense, say)
            # Rounds do not drift; a beginning that was missed is left out, not made up for.
            begins += interval * max(1, -(-(time.monotonic() - begins) // interval))
            self._wait_until(begins)

    def round(self, end: float, *, patient: bool = False) -> Round:
        """Look at all routers, until `end` on the monotonic clock."""
        began_at = stamp(self._clock())
        ground, book = self._grounds.ground, self._grounds.names
        every = self._settings.names_every
        if book is not None and every > 0 and self._number % every == 0:
            self._names.begin(book)
        self._collector.begin(ground.expected, self._due())
        looked = self._collector.gather(end, self._stop.is_set, patient=patient)
        names = self._names.take(max(0.0, end - time.monotonic()) if patient else 0)
        self._number += 1
        return self._watcher.record(ground, began_at, looked, self._hold, whole=True, names=names)

    def _first(self, end: float, told: Told) -> None:
        told(self.round(end))

    def _again(self, end: float, told: Told) -> None:
        """Look again at what seemed to change, and take in what came late; at that, look again at once."""
        ground = self._grounds.ground
        tried: set[str] = set()
        while not self._stop.is_set():
            began_at = stamp(self._clock())
            names = [name for name in self._watcher.unsettled(ground.expected) if name not in tried]
            tried.update(names)
            self._collector.begin(names)
            looked = self._collector.gather(end, self._stop.is_set)
            looked = looked or self._collector.gather(end, self._stop.is_set, patient=True)
            if not looked:
                return
            told(self._watcher.record(ground, began_at, looked, self._hold, whole=False))

    def _due(self) -> set[str]:
        """Routers whose configuration is compared in this round: each in its turn, so that no round compares all."""
        every = self._settings.drift_every
        if every < 1:
            return set()
        names = list(self._grounds.ground.expected)
        if self._number == 0:
            known = {name for name, each in self._watcher.standings().items() if each.drift != "unknown"}
            return set(names) - known if len(names) <= self._settings.observe_sessions else set()
        return {name for place, name in enumerate(names) if place % every == self._number % every}

    def _follow(self, say: Say) -> None:
        before = set(self._grounds.ground.expected)
        if self._grounds.follow():
            now_there = set(self._grounds.ground.expected)
            say(f"the declared network has changed: {len(now_there)} routers are watched")
            self._collector.forget(before - now_there)
        if self._grounds.error not in ("", self._told):
            say(f"the declared network is not usable now, watching goes on with the last one: {self._grounds.error}")
        self._told = self._grounds.error
        if self._names.error not in ("", self._told_of_names):
            say(f"name servers cannot be asked: {self._names.error}")
        self._told_of_names = self._names.error

    def _hold(self, books: Books) -> None:
        books.leases.renew(LEASE, self._fence, self._lease)

    @property
    def _lease(self) -> float:
        return max(_LEAST_LEASE, 3.0 * self._settings.observe_interval)

    def _tried(self, step: Callable[[], object], say: Say) -> None:
        """What the database refuses now it may take in the next round."""
        if self._stop.is_set():
            return
        try:
            step()
        except StoreError as error:
            say(str(error))

    def _wait_until(self, moment: float) -> None:
        self._stop.wait(max(0.0, moment - time.monotonic()))

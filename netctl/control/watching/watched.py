"""What watching last found, for one moment: what is old is unknown, whatever it said."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from netctl.config.quiet import collector_resting
from netctl.control.network.atlas import Atlas
from netctl.control.watching.freshness import stale_before
from netctl.model.watch import DeviceState, RoundMark, Standing
from netctl.observe.evidence import picture
from netctl.store import Books, Store

STATES: tuple[DeviceState, ...] = ("down", "degraded", "unknown", "up")
"""Worst first; unknown comes before up, for it is not well."""

T = TypeVar("T")
_PATIENCE = 5.0  # seconds that pages wait for a thread that reads rounds; it looks every second
_MOST_KEPT = 500  # while an observer is dead, routers become stale one after the other


@dataclass(frozen=True)
class Watched:
    """The standings after the last finished round, and the moment they are looked at.

    `dead` are routers that neither netctl nor a neighbour hears, `cut` are lines that two living ends do not hear each
    other on: what problems are made of.
    """

    round: RoundMark | None
    standings: Mapping[str, Standing]
    dead: frozenset[str]
    cut: frozenset[str]
    now: datetime
    tried: tuple[str, ...] = ()  # when each router was looked at last, in order
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def limit(self) -> str:
        """What was looked at before this moment is stale."""
        return stale_before(self.round, self.now)

    def fresh(self, device: str) -> Standing | None:
        """What was found, unless it is old or there is nothing."""
        found = self.standings.get(device)
        return found if found is not None and found.tried_at >= self.limit else None

    def state(self, device: str) -> DeviceState:
        """How a router stands as far as one may say so now."""
        return self._states.get(device, "unknown")

    def states(self, devices: Iterable[str]) -> Mapping[DeviceState, int]:
        """How many of the routers are in each state, worst state first."""
        known = self._states
        counted = Counter(known.get(device, "unknown") for device in devices)
        return {state: counted[state] for state in STATES}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once until something was found anew or has become too old.

        It may depend on this and on the network that this was made for, and on nothing else but `key`.
        """
        whole = (bisect_left(self.tried, self.limit), key)
        if whole not in self.kept:
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            self.kept[whole] = make()
        return cast("T", self.kept[whole])

    @cached_property
    def _states(self) -> Mapping[str, DeviceState]:
        return self.once("states", self._make_states)

    def _make_states(self) -> Mapping[str, DeviceState]:
        limit = self.limit
        return {name: each.state for name, each in self.standings.items() if each.tried_at >= limit}


def watched(store: Store, books: Books, atlas: Atlas) -> Watched:
    """What watching last found. All standings are read once a round, however many ask.

    While somebody reads every round in the background, pages show the last one that was read.
    """
    last = _KEPT.get(store)
    if last is None or last.digest != atlas.network.digest or not _is_looked_after(store):
        last = _current(store, books, atlas, lambda _found: None)
    return last.at(books.now())


def prepare(store: Store, books: Books, atlas: Atlas, work_out: Callable[[Watched], None]) -> None:
    """Read what the last round found and let `work_out` make of it what pages need, before any page shows it."""
    _current(store, books, atlas, work_out)


def look_after(store: Store) -> None:
    """Say that a thread reads every round as soon as it has ended: pages need not, for a few seconds."""
    _LOOKED_AFTER[store] = time.monotonic()


def shown_round(store: Store, last: int) -> int:
    """The number of the round that pages show where `last` is the one that ended last."""
    kept = _KEPT.get(store)
    return kept.number if kept is not None and _is_looked_after(store) else last


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int
    digest: str
    round: RoundMark | None
    standings: Mapping[str, Standing]
    dead: frozenset[str]
    cut: frozenset[str]
    tried: tuple[str, ...]
    kept: dict[Hashable, Any]

    def at(self, now: datetime) -> Watched:
        return Watched(self.round, self.standings, self.dead, self.cut, now, self.tried, self.kept)

    def is_of(self, number: int, atlas: Atlas) -> bool:
        return (self.number, self.digest) == (number, atlas.network.digest)


def _current(store: Store, books: Books, atlas: Atlas, work_out: Callable[[Watched], None]) -> _Kept:
    number = books.watch.mark()
    last = _KEPT.get(store)
    if last is None or not last.is_of(number, atlas):
        with _READING:
            last = _KEPT.get(store)
            if last is None or not last.is_of(number, atlas):
                last = _read(books, atlas, number)
                work_out(last.at(books.now()))
                _KEPT[store] = last
    return last


def _is_looked_after(store: Store) -> bool:
    return time.monotonic() - _LOOKED_AFTER.get(store, -_PATIENCE) < _PATIENCE


def _read(books: Books, atlas: Atlas, number: int) -> _Kept:
    with collector_resting():
        standings = books.watch.standings()
        found = picture(atlas.wiring, standings)
        tried = tuple(sorted(each.tried_at for each in standings.values()))
        return _Kept(number, atlas.network.digest, books.watch.round(), standings, found.dead, found.cut, tried, {})


_KEPT: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_LOOKED_AFTER: WeakKeyDictionary[Store, float] = WeakKeyDictionary()
_READING = threading.Lock()

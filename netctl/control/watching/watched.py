"""What watching last found, for one moment: what is old is unknown, whatever it said."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
_MOST_KEPT = 500  # while an observer is dead, routers become stale one after the other


@dataclass(frozen=True, slots=True)
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

    @property
    def limit(self) -> str:
        """What was looked at before this moment is stale."""
        return stale_before(self.round, self.now)

    def fresh(self, device: str) -> Standing | None:
        """What was found, unless it is old or there is nothing."""
        found = self.standings.get(device)
        return found if found is not None and found.tried_at >= self.limit else None

    def state(self, device: str) -> DeviceState:
        """How a router stands as far as one may say so now."""
        return self._states().get(device, "unknown")

    def states(self, devices: Iterable[str]) -> Mapping[DeviceState, int]:
        """How many of the routers are in each state, worst state first."""
        known = self._states()
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

    def _states(self) -> Mapping[str, DeviceState]:
        return self.once("states", self._make_states)

    def _make_states(self) -> Mapping[str, DeviceState]:
        limit = self.limit
        return {name: each.state for name, each in self.standings.items() if each.tried_at >= limit}


def watched(store: Store, books: Books, atlas: Atlas) -> Watched:
    """What watching last found. All standings are read once a round, however many ask."""
    number, digest = books.watch.mark(), atlas.network.digest
    last = _KEPT.get(store)
    if last is None or (last.number, last.digest) != (number, digest):
        with _READING:
            last = _KEPT.get(store)
            if last is None or (last.number, last.digest) != (number, digest):
                last = _KEPT[store] = _read(books, atlas, number)
    return Watched(last.round, last.standings, last.dead, last.cut, books.now(), last.tried, last.kept)


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


def _read(books: Books, atlas: Atlas, number: int) -> _Kept:
    with collector_resting():
        standings = books.watch.standings()
        found = picture(atlas.wiring, standings)
        tried = tuple(sorted(each.tried_at for each in standings.values()))
        return _Kept(number, atlas.network.digest, books.watch.round(), standings, found.dead, found.cut, tried, {})


_KEPT: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_READING = threading.Lock()

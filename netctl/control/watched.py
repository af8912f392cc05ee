"""What watching last found, for one moment: what is old is unknown, whatever it said."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from netctl.control.freshness import stale
from netctl.model.watch import DeviceState, RoundMark, Standing
from netctl.store import Books, Store

STATES: tuple[DeviceState, ...] = ("down", "degraded", "unknown", "up")
"""Worst first; unknown comes before up, for it is not well."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The standings after the last finished round, and the moment they are looked at."""

    round: RoundMark | None
    standings: Mapping[str, Standing]
    now: datetime

    def standing(self, device: str) -> Standing | None:
        """What was found, however old."""
        return self.standings.get(device)

    def fresh(self, device: str) -> Standing | None:
        """What was found, unless it is old or there is nothing."""
        found = self.standings.get(device)
        return found if found is not None and not stale(found.tried_at, self.round, self.now) else None

    def state(self, device: str) -> DeviceState:
        """How a router stands as far as one may say so now."""
        found = self.fresh(device)
        return found.state if found is not None else "unknown"

    def states(self, devices: Iterable[str]) -> Mapping[DeviceState, int]:
        """How many of the routers are in each state, worst state first."""
        counted = Counter(map(self.state, devices))
        return {state: counted[state] for state in STATES}


def watched(store: Store, books: Books) -> Watched:
    """What watching last found. All standings are read once a round, however many ask."""
    mark = books.watch.round()
    if mark is None:
        return Watched(None, {}, books.now())
    kept = _KEPT.get(store)
    if kept is None or kept.number != mark.number:
        with _READING:
            kept = _KEPT.get(store)
            if kept is None or kept.number != mark.number:
                kept = _KEPT[store] = _Kept(mark.number, books.watch.standings())
    return Watched(mark, kept.standings, books.now())


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int
    standings: Mapping[str, Standing]


_KEPT: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_READING = threading.Lock()

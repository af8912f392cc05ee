"""What was last found of name servers, for one moment: read once a round of theirs, and old is unknown."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar, cast
from weakref import WeakKeyDictionary

from netctl.control.watching.freshness import stale
from netctl.model.names import Lapse, NamesMark, NamesState, ServerSeen, ViewZone, ZoneSignatures
from netctl.model.watch import RoundMark
from netctl.model.zonewrites import ZoneId
from netctl.store import Books, Store

__all__ = ["CellState", "NamesSeen", "ZoneCell", "is_stale", "names_seen"]

T = TypeVar("T")

CellState = Literal["level", "behind", "silent", "unserved", "unknown"]
_MOST_KEPT = 100
_NOTHING = NamesState(None, {}, {}, {}, {})


@dataclass(frozen=True, slots=True)
class ZoneCell:
    """One zone on one server. `serial` is the last it was seen to serve and `since` when it was first seen to.

    `state` has been so since `state_since`, "" where that is not known; `why` says why it is not served.
    """

    server: str
    state: CellState
    serial: int | None = None
    since: str = ""
    lag: int = 0
    state_since: str = ""
    why: str = ""


@dataclass(frozen=True)
class NamesSeen:
    """What is known after the last round over the name servers; `stale` where it may be anything by now."""

    state: NamesState
    stale: bool
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def mark(self) -> NamesMark | None:
        """The last round."""
        return self.state.mark

    def server(self, name: str) -> ServerSeen | None:
        """Whether a server answers, None where that is not known now."""
        return None if self.stale else self.state.servers.get(name)

    def signatures(self, of: ViewZone) -> ZoneSignatures | None:
        """How the signatures of a zone stood when they were read last."""
        return self.state.signatures.get(of)

    def cell(self, of: ViewZone, server: str) -> ZoneCell:
        """How one server stands with one zone."""
        place = ZoneId(server, of.view, of.zone)
        sighting = self.state.sightings.get(place)
        serial, since = (sighting.serial, sighting.since) if sighting is not None else (None, "")
        seen = self.server(server)
        if seen is None:
            return ZoneCell(server, "unknown", serial, since)
        if not seen.answers:
            return ZoneCell(server, "silent", serial, since, state_since=seen.since, why=seen.why)
        lapse: Lapse | None = self.state.lapses.get(place)
        if lapse is not None:
            return ZoneCell(server, lapse.kind, serial, since, lapse.lag, lapse.since, lapse.why)
        return ZoneCell(server, "level" if sighting is not None else "unknown", serial, since)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once until name servers were looked at again, or that is too long ago."""
        whole = (self.stale, key)
        if whole not in self.kept:
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            self.kept[whole] = make()
        return cast("T", self.kept[whole])


def names_seen(store: Store, books: Books) -> NamesSeen:
    """What was last found. All serials are read once a round over the name servers, however many ask."""
    mark = books.names.mark()
    if mark is None:
        return NamesSeen(_NOTHING, stale=True)
    known = _KEPT.get(store)
    if known is None or known[0].mark != mark:
        known = (books.names.state(), {})
        _KEPT[store] = known
    return NamesSeen(known[0], is_stale(mark, books.now()), known[1])


def is_stale(mark: NamesMark, now: datetime) -> bool:
    """True where name servers were asked too long ago for it to say anything now."""
    return stale(mark.ended_at, RoundMark(0, mark.began_at, mark.ended_at, mark.interval, mark.asked), now)


_KEPT: WeakKeyDictionary[Store, tuple[NamesState, dict[Hashable, Any]]] = WeakKeyDictionary()

"""What one zone must be in one view, and where every record of it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from netctl.services.dns.declared import DeclaredZone
from netctl.services.dns.origins import Origin
from netctl.zones.data import Key, Name, RRset, ZoneData


class Clash(NamedTuple):
    """Two times to live for one RRset: RFC 2181 section 5.2 allows one, and the lowest is taken."""

    key: Key
    ttl: int
    other: int
    origin: Origin


class PlacedRecord(NamedTuple):
    """One record with the place it comes from."""

    owner: Name
    type: int
    ttl: int
    rdata: bytes
    origin: Origin


@dataclass(frozen=True, slots=True)
class Intended:
    """One zone in one view. What a bulk file holds has no entry in `origins`: its place is looked up.

    The SOA's serial is 0: serials are the server's.
    """

    view: str
    zone: DeclaredZone
    data: ZoneData
    origins: Mapping[Key, tuple[Origin, ...]]
    clashes: tuple[Clash, ...]

    def origin_of(self, key: Key, index: int = 0) -> Origin:
        """Where a record comes from; `index` counts within its RRset's data."""
        found = self.origins.get(key)
        return Origin(self.zone.bulk_file, key) if found is None else found[index]

    def records(self) -> Iterator[PlacedRecord]:
        """Every record, in no order."""
        for (owner, kind), rrset in self.data.rrsets.items():
            for index, rdata in enumerate(rrset.rdatas):
                yield PlacedRecord(owner, kind, rrset.ttl, rdata, self.origin_of((owner, kind), index))

    @property
    def count(self) -> int:
        """How many records the zone holds."""
        return sum(len(rrset.rdatas) for rrset in self.data.rrsets.values())


class Draft:
    """A zone in one view while records are laid into it."""

    def __init__(self, view: str, zone: DeclaredZone, *, with_bulk: bool) -> None:
        self.view = view
        self.zone = zone
        self.bulk: Mapping[Key, RRset] = zone.bulk.rrsets if zone.bulk is not None and with_bulk else {}
        self.sets: dict[Key, dict[bytes, Origin]] = {}
        self.ttls: dict[Key, int] = {}
        self._clashes: list[Clash] = []

    def add(self, owner: Name, kind: int, rdata: bytes, origin: Origin, ttl: int | None = None) -> None:
        """Lay one record; without a TTL it takes the zone's, or that of its RRset."""
        key = (owner, kind)
        held = self.sets.get(key)
        if held is None:
            self.sets[key] = {rdata: origin}
            if ttl is not None:
                self.ttls[key] = ttl
            return
        held.setdefault(rdata, origin)
        if ttl is None:
            return
        known = self.ttls.setdefault(key, ttl)
        if known != ttl:
            self._clashes.append(Clash(key, ttl, known, origin))
            self.ttls[key] = min(known, ttl)

    def holds(self, key: Key) -> bool:
        """True where an RRset is there already, from a person or from a bulk file."""
        return key in self.sets or key in self.bulk

    def data(self, key: Key) -> tuple[bytes, ...]:
        """The data of one RRset; empty where there is none."""
        drafted = tuple(self.sets.get(key, ()))
        found = self.bulk.get(key)
        return drafted if found is None else (*found.rdatas, *drafted)

    def finish(self) -> Intended:
        """The zone as it must be: data sorted, each RRset with one TTL."""
        rrsets: dict[Key, RRset] = dict(self.bulk)
        origins: dict[Key, tuple[Origin, ...]] = {}
        own = self.zone.ttl
        for key, held in self.sets.items():
            ttl, below = self.ttls.get(key, own), self.bulk.get(key)
            if below is not None:
                place = Origin(self.zone.bulk_file, key)
                for rdata in below.rdatas:
                    held.setdefault(rdata, place)
                if below.ttl != ttl:
                    self._clashes.append(Clash(key, ttl, below.ttl, next(iter(held.values()))))
                    ttl = min(ttl, below.ttl)
            rdatas = tuple(held) if len(held) == 1 else tuple(sorted(held))
            rrsets[key] = RRset(ttl, rdatas)
            origins[key] = tuple(held[rdata] for rdata in rdatas)
        return Intended(self.view, self.zone, ZoneData(self.zone.origin, rrsets), origins, tuple(self._clashes))

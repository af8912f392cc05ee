"""Records as they come in, one after the other, gathered into the RRsets of a zone."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

from netctl.errors import BulkZoneInvalid
from netctl.zones import names
from netctl.zones.data import Key, Name, RRset, ZoneData

MOST_FLAWS = 1_000
_make = tuple.__new__  # RRset(...) without its constructor: half the cost, 100,000 times


class Gathering:
    """RRsets of a zone: nearly all have one record, `_several` remembers the others until the end."""

    def __init__(self, origin: Name) -> None:
        self._origin = origin
        self.rrsets: dict[Key, RRset] = {}
        self._several: dict[Key, list[bytes]] = {}

    def add(self, key: Key, ttl: int, data: bytes) -> bool:
        """One record. Where TTLs differ the least one holds for all (RFC 2181 section 5.2), and False is said."""
        held = self.rrsets.get(key)
        if held is None:
            self.rrsets[key] = _make(RRset, (ttl, (data,)))
            return True
        self._several.setdefault(key, list(held.rdatas)).append(data)
        if ttl < held.ttl:
            self.rrsets[key] = RRset(ttl, held.rdatas)
        return ttl == held.ttl

    def zone(self) -> ZoneData:
        """The zone so far: data in order and without doubles."""
        for key, rdatas in self._several.items():
            self.rrsets[key] = RRset(self.rrsets[key].ttl, tuple(sorted(set(rdatas))))
        self._several.clear()
        return ZoneData(self._origin, self.rrsets)


class Flaw(NamedTuple):
    """One error of a bulk zone, and the line it stands on."""

    line: int
    message: str


class TooManyFlaws(Exception):
    """Nobody reads more of them."""


@dataclass(slots=True)
class Sheet:
    """A bulk zone while it is read: what it holds, and everything that is wrong with it.

    `lines` has the line of each RRset's first record, in the order of the RRsets: four octets each.
    """

    origin: Name
    gathering: Gathering
    flaws: list[Flaw] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("I"))

    def take(self, line: int, key: Key, ttl: int, data: bytes) -> None:
        """One record."""
        rrsets = self.gathering.rrsets
        if key not in rrsets:
            rrsets[key] = _make(RRset, (ttl, (data,)))
            self.lines.append(line)
        elif not self.gathering.add(key, ttl, data):
            self.flaw(line, f"{names.text(key[0])} has another TTL here than in the records of its type before")

    def flaw(self, line: int, message: str) -> None:
        """One error. Raises TooManyFlaws where nobody reads on."""
        self.flaws.append(Flaw(line, message))
        if len(self.flaws) >= MOST_FLAWS:
            raise TooManyFlaws

    def zone(self) -> ZoneData:
        """What was read; raises BulkZoneInvalid with every flaw."""
        if self.flaws:
            found = sorted(self.flaws)
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            raise BulkZoneInvalid(
                f"{names.text(self.origin)}: line {found[0].line}: {found[0].message}{more}", findings=tuple(found)
            )
        return self.gathering.zone()

"""Who answers for what, asked now: every zone of a name server, and a name of each view of a resolver."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from netctl.devices.nameserver.convergence import Level, converge
from netctl.devices.nameserver.resolving import resolve
from netctl.devices.nameserver.serials import serials
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import fetch
from netctl.errors import KeyRefused, NameServerRefused, NameServerSilent, NameServerUnreachable, NetctlError
from netctl.push.serversteps.bench import Answers
from netctl.push.zoneways import ZoneWays
from netctl.zones import names
from netctl.zones.data import ZoneData


def zones_answered(ways: ZoneWays, server: str, seconds: float) -> Answers:
    """What a primary or secondary is to serve, and why it does not answer for it."""
    places = ways.served(server)
    try:
        found = serials(places, seconds)
    except NetctlError as error:
        found = [error] * len(places)
    return {
        f"{place.zone} ({place.view})": str(each) if isinstance(each, NetctlError) else ""
        for place, each in zip(places, found, strict=True)
    }


def names_resolved(ways: ZoneWays, server: str, seconds: float) -> Answers:
    """A name of each view of a resolver, and why it does not resolve it."""
    return dict(_resolved(ways, server, seconds))


def _resolved(ways: ZoneWays, server: str, seconds: float) -> Iterator[tuple[str, str]]:
    for view, zone in ways.first_names(server).items():
        try:
            resolve(ways.way(server), names.wire(zone), seconds)
            yield f"{zone} ({view})", ""
        except NetctlError as error:
            yield f"{zone} ({view})", str(error)


class PlacesOfCopies:
    """`netctl.push.zonesteps.bench.Copies` over DNS.

    The `owed` have not had their turn of a promotion: those of them that are still silent are waited for by nobody.
    """

    def __init__(self, places: Sequence[ZonePlace], ways: ZoneWays, seconds: float, owed: Collection[str] = ()) -> None:
        self._places = places
        self._ways = ways
        self._seconds = seconds
        self._owed = owed

    def level(self, serial: int, seconds: float) -> Sequence[Level]:
        """Every copy asked until it serves the serial; raises `SecondaryBehind`."""
        return converge(self._reached, serial, seconds) if self._reached else ()

    def read(self) -> Sequence[tuple[str, ZoneData | str]]:
        """What every copy serves; a key that may not copy it there is told."""
        return [(place.server.name, self._read(place)) for place in self._reached]

    @cached_property
    def _reached(self) -> Sequence[ZonePlace]:
        return [each for each in self._places if each.server.name not in self._owed or not self._silent(each)]

    def _silent(self, place: ZonePlace) -> bool:
        try:
            serials([place], self._seconds)
        except (NameServerUnreachable, NameServerSilent):
            return True
        return False

    def _read(self, place: ZonePlace) -> ZoneData | str:
        try:
            return fetch(place, self._ways.notes, self._seconds).data
        except (NameServerRefused, KeyRefused) as error:
            return error.message

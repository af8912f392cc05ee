"""Which serial every server serves of every zone, how far it is behind, and for how long it has served it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from netctl.control.dns.names import Names, names_of, zone_name
from netctl.control.dns.places import Places
from netctl.control.dns.rivals import rivals
from netctl.control.dns.writer import writer_in
from netctl.devices.nameserver.reading import serials_everywhere
from netctl.devices.nameserver.serials import lag
from netctl.devices.nameserver.server import ZonePlace
from netctl.errors import NetctlError, TwoWriters, UsageError
from netctl.model import dns as model
from netctl.model.moments import Clock, now, read_moment
from netctl.model.zonewrites import Sighting, ZoneId
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.names import text

__all__ = ["SerialLine", "Serials", "serials"]


@dataclass(frozen=True, slots=True)
class SerialLine:
    """One zone, named with its final dot, of one view on one server.

    `serial` is None where the server did not say it; `error` says why. `lag` is how many numbers it is behind the main
    primary, None where one of the two is not known. `age` is for how many seconds netctl knows it to serve this serial.
    """

    zone: str
    view: str
    server: str
    role: str
    serial: int | None
    lag: int | None
    age: float | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Serials:
    """All lines that were asked for: by view and zone, the server where the zone is written first.

    `rivals` are primaries that should stand by and do not.
    """

    lines: tuple[SerialLine, ...]
    rivals: tuple[TwoWriters, ...] = ()

    @property
    def behind(self) -> bool:
        """Some server is behind."""
        return any(each.lag for each in self.lines)

    @property
    def unread(self) -> bool:
        """Some server did not answer for some zone."""
        return any(each.serial is None for each in self.lines)

    def as_dict(self) -> dict[str, Any]:
        """The serials as JSON output shows them; keys are part of the command line's contract."""
        rivals = [str(each) for each in self.rivals]
        return {"behind": self.behind, "unread": self.unread, "rivals": rivals, "serials": self.lines}


def serials(
    root: Path, settings: Settings, store: Store, *, zone: str = "", view: str = "", clock: Clock = now
) -> Serials:
    """The serials of all zones, or of one, on every server that serves them; resolvers are not asked.

    A server that does not answer stops no other. Raises `DnsNotDeclared`, `InvalidNetwork`, `UsageError` or
    `SecretMissing`.
    """
    found = names_of(root, cache=settings.home / "cache")
    places = Places(found.declared, settings, writer_in(store))
    everywhere = list(_everywhere(found, places, zone_name(found, zone), view))
    answers = serials_everywhere([place for _, place in everywhere], settings.command_timeout, settings.fetch_workers)
    seen = {
        place.id: answer
        for (_, place), answer in zip(everywhere, answers, strict=True)
        if not isinstance(answer, NetctlError)
    }
    since = _sighted(store, seen)
    main: dict[tuple[str, str], int | NetctlError] = {}
    lines, moment = [], clock()
    for (server, place), answer in zip(everywhere, answers, strict=True):
        first = main.setdefault((place.view, place.zone), answer)
        age = _age(since.get(place.id), moment)
        lines.append(_line(server, place, answer, main=first, age=age))
    asked = {place: answer for (_, place), answer in zip(everywhere, answers, strict=True)}
    return Serials(tuple(lines), rivals(asked, _standing_by(everywhere), settings))


def _standing_by(everywhere: list[tuple[model.NameServer, ZonePlace]]) -> dict[ZonePlace, ZonePlace]:
    """Zones on primaries that do not write, each with where it is written: that one comes first."""
    written: dict[tuple[str, str], ZonePlace] = {}
    found: dict[ZonePlace, ZonePlace] = {}
    for server, place in everywhere:
        main = written.setdefault((place.view, place.zone), place)
        if server.role == "primary" and place != main:
            found[place] = main
    return found


def _everywhere(found: Names, places: Places, zone: str, view: str) -> Iterator[tuple[model.NameServer, ZonePlace]]:
    if view and view not in found.declared.views:
        raise UsageError(f"no view is named {view!r}", hint=f"views: {', '.join(found.declared.views)}")
    for (of, name), each in found.zones.items():
        if zone in {"", name} and view in {"", of}:
            yield from places.everywhere(of, each.data.origin)


def _line(
    server: model.NameServer,
    place: ZonePlace,
    answer: int | NetctlError,
    *,
    main: int | NetctlError,
    age: float | None,
) -> SerialLine:
    zone = text(place.origin)
    role = f"{server.role} ({server.standing})" if server.standing else server.role
    if isinstance(answer, NetctlError):
        return SerialLine(zone, place.view, server.name, role, None, None, None, str(answer))
    behind = None if isinstance(main, NetctlError) else lag(main, answer)
    return SerialLine(zone, place.view, server.name, role, answer, behind, age)


def _age(seen: Sighting | None, moment: datetime) -> float | None:
    return None if seen is None else max(0.0, round((moment - read_moment(seen.since)).total_seconds(), 1))


def _sighted(store: Store, seen: dict[ZoneId, int]) -> dict[ZoneId, Sighting]:
    """Since when each serial is served as far as netctl knows; the store is written only where one is new."""
    with store.reading() as books:
        known = books.zones.sightings()
    fresh = {place: serial for place, serial in seen.items() if place not in known or known[place].serial != serial}
    if not fresh:
        return known
    with store.writing() as books:
        books.zones.sight(fresh)
        return books.zones.sightings()

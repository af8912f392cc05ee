"""Name servers as they are now: whose writing each is configured for, and which serial each serves of every zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from netctl import inventory
from netctl.control.dns.boxes import ServerConnector, server_connector
from netctl.control.dns.places import Places
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.reading import serials_everywhere
from netctl.devices.nameserver.server import ZonePlace
from netctl.errors import AnswerCutShort, DnsNotDeclared, NameServerSilent, NameServerUnreachable, NetctlError
from netctl.model.artefact import Part
from netctl.model.dns import NameServer
from netctl.model.zonewrites import ZoneId
from netctl.plan import fetch_states
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.load import load
from netctl.services.dns.servers import server_intent
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.names import wire
from netctl.zones.serial import rises

_SILENCE = (NameServerUnreachable, NameServerSilent, AnswerCutShort)

Serial = int | NetctlError


class Configurations:
    """What each server's files must be, by who writes; each is written once."""

    def __init__(self, root: Path, declared: DeclaredDns) -> None:
        self.declared = declared
        self._renderer = NameServerRenderer(root)
        self.parts = cache(self._parts)
        self.primaries = tuple(name for name, each in declared.servers.items() if each.role == "primary")

    def _parts(self, server: str, writer: str) -> tuple[Part, ...]:
        return self._renderer.render(server_intent(self.declared, server, writer)).parts

    def followed(self, server: str, running: tuple[Part, ...]) -> frozenset[str]:
        """The primaries by whose writing these files are written; none where somebody else wrote them."""
        return frozenset(each for each in self.primaries if self.parts(server, each) == running)

    def moves(self, server: str) -> bool:
        """Something of it depends on who writes."""
        return len({self.parts(server, each) for each in self.primaries}) > 1

    def writes(self, server: str, running: tuple[Part, ...]) -> bool:
        """These files make a server the one that takes updates."""
        return server in self.primaries and self.followed(server, running) == {server}


@dataclass(frozen=True, slots=True)
class Box:
    """One server's configuration. `follows` are the primaries by whose writing it is written.

    A server of which nothing depends on who writes follows all of them, and is not asked. `error` says why nothing is
    known; `running` is None then, and for a server that netctl does not configure.
    """

    server: NameServer
    running: tuple[Part, ...] | None
    follows: frozenset[str]
    pending: str
    error: str

    @property
    def writes(self) -> bool:
        """It is configured as the one that takes updates."""
        return self.server.role == "primary" and self.follows == {self.server.name}


@dataclass(frozen=True, slots=True)
class Survey:
    """All name servers; `serials` by place, `remembered` what the store last saw of servers, by zone."""

    declared: DeclaredDns
    boxes: Mapping[str, Box]
    zones: Mapping[tuple[str, str], tuple[ZonePlace, ...]]  # (view, zone) → where it is, the one surveyed for first
    serials: Mapping[ZonePlace, Serial]
    remembered: Mapping[ZoneId, int]

    def answers(self, server: str) -> bool:
        """Whether it says anything at all over DNS."""
        return any(
            not isinstance(serial, _SILENCE) for place, serial in self.serials.items() if place.server.name == server
        )

    def places_of(self, server: str) -> dict[tuple[str, str], ZonePlace]:
        """Every zone of a server."""
        return {zone: place for zone, places in self.zones.items() for place in places if place.server.name == server}

    def highest(self, zone: tuple[str, str]) -> list[int]:
        """All serials anybody serves of a zone, or was seen to."""
        places = self.zones[zone]
        found = [self.serials[place] for place in places]
        return [*(each for each in found if isinstance(each, int)), *self._remembered(places)]

    def _remembered(self, places: tuple[ZonePlace, ...]) -> Iterator[int]:
        for place in places:
            if place.id in self.remembered and not isinstance(self.serials[place], int):
                yield self.remembered[place.id]


class Surveyor:
    """Asks every server of one network, side by side. `writer` is who writes now, by name."""

    def __init__(self, root: Path, settings: Settings, store: Store) -> None:
        declared = load(inventory.load(root, cache=settings.home / "cache"))
        if declared is None:
            raise DnsNotDeclared("this network declares no names", where=f"{root}/dns")
        self.declared = declared
        self.configurations = Configurations(root, declared)
        self.settings = settings
        self.store = store
        self._root = root

    def connector(self, writer: str, *, push: bool = False) -> ServerConnector:
        """What connects a server that has, or is to have, the keys it needs while `writer` writes."""
        return server_connector(self._root, self.settings, self.declared, push=push, writer=writer)

    def places(self, writer: str) -> Places:
        """Where zones are while `writer` writes."""
        return Places(self.declared, self.settings, writer, writes=True)

    def survey(self, server: str) -> Survey:
        """Everything about the zones that `server` serves, and about all servers' configurations."""
        zones = self._zones(server)
        asked = [place for places in zones.values() for place in places]
        seconds, workers = float(self.settings.connect_timeout), self.settings.fetch_workers
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="survey") as beside:
            boxes = beside.submit(self.boxes)
            serials = dict(zip(asked, serials_everywhere(asked, seconds, workers), strict=True))
            return Survey(self.declared, boxes.result(), zones, serials, self._remembered())

    def boxes(self) -> dict[str, Box]:
        """Every server's configuration; one that is the same whoever writes is not asked."""
        servers = self.declared.servers
        connect = self.connector("")
        always = frozenset(self.configurations.primaries)
        managed = [name for name in servers if self.configurations.moves(name) and servers[name].management_address]
        fetched = fetch_states(managed, lambda name: connect(servers[name]), self.settings.fetch_workers)
        errors = dict(fetched.unreachable)
        found = {}
        for name, server in servers.items():
            state = fetched.states.get(name)
            running = None if state is None else state.parts
            known = frozenset[str]() if running is None else self.configurations.followed(name, running)
            follows = known if self.configurations.moves(name) else always
            pending = fetched.pending[name].token if name in fetched.pending else ""
            found[name] = Box(server, running, follows, pending, errors.get(name, ""))
        return found

    def _zones(self, server: str) -> dict[tuple[str, str], tuple[ZonePlace, ...]]:
        """The zones of a server, its catalogs too, wherever else they are."""
        places = self.places(server)
        found = {}
        for view in server_intent(self.declared, server).views:
            for zone in (*(each.name for each in view.zones), *((view.catalog,) if view.catalog else ())):
                found[view.name, zone] = tuple(
                    place
                    for each, place in places.everywhere(view.name, wire(zone))
                    if zone != view.catalog or self._holds_catalog(each.name, view.name)
                )
        return found

    def _holds_catalog(self, server: str, view: str) -> bool:
        return any(each.catalog for each in server_intent(self.declared, server).views if each.name == view)

    def _remembered(self) -> dict[ZoneId, int]:
        """The latest serial that the store saw of every zone of every server."""
        with self.store.reading() as books:
            found = {place: each.serial for place, each in books.zones.all_held().items()}
            for place, each in books.zones.sightings().items():
                if place not in found or rises(found[place], each.serial):
                    found[place] = each.serial
        return found

    def notes(self) -> Notes:
        """The store as zones use it."""
        return Notes(self.store)

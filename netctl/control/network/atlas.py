"""What pages ask of the declared network again and again: lines by their ends, what an organisation owns, intents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from netctl.control.network.directory import Directory
from netctl.model.intent import RouterIntent
from netctl.model.network import AccessLine, BackboneLink, Centre, Network, Site
from netctl.observe.topology import Topology, topology
from netctl.services.routing.derive import derive_devices
from netctl.services.routing.ports import access_port

Reach = frozenset[str] | None
"""Organisations one may see; `None` is the whole network, the backbone included."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: a router and its port."""

    device: str
    port: str


@dataclass(frozen=True, slots=True)
class Line:
    """An access line or a link of the backbone in one form; `a` is the core's end of an access line.

    `id` is ``SITE:POSITION`` or the backbone link's own id, `site` "" for the latter, `capacity` in Mbit/s.
    """

    id: str
    kind: Literal["access", "backbone"]
    a: End
    b: End
    site: str
    carrier: str
    capacity: int
    risk: frozenset[str]

    def far(self, device: str) -> End:
        """The end that is not at `device`."""
        return self.b if self.a.device == device else self.a

    def near(self, device: str) -> End:
        """The end at `device`."""
        return self.a if self.a.device == device else self.b


class Atlas:
    """Tables derived from one network; as frozen as the network itself."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def prepare(self) -> None:
        """Make the tables now, so that no request has to."""
        _ = self.lines_of, self.organisation_of, self.sites_of, self.regions, self.directory.places, self.wiring
        _ = self.site_names, self.texts_of_sites

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """All lines by id: the backbone's first, then the sites' in order."""
        found = [_backbone(link) for link in self.network.backbone]
        found += [_access(site, line) for site in self.network.sites.values() for line in site.lines]
        return {line.id: line for line in found}

    @cached_property
    def lines_of(self) -> Mapping[str, tuple[Line, ...]]:
        """Lines by router, in the order of `lines`."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines.values():
            found[line.a.device].append(line)
            found[line.b.device].append(line)
        return {device: tuple(lines) for device, lines in found.items()}

    @cached_property
    def organisation_of(self) -> Mapping[str, str]:
        """Router → who owns its site; "" for the backbone."""
        network = self.network
        return {
            device.name: network.sites[device.site].organisation if device.site else ""
            for device in network.devices.values()
        }

    @cached_property
    def sites_of(self) -> Mapping[str, tuple[Site, ...]]:
        """Sites by organisation."""
        found: dict[str, list[Site]] = defaultdict(list)
        for site in self.network.sites.values():
            found[site.organisation].append(site)
        return {organisation: tuple(sites) for organisation, sites in found.items()}

    @cached_property
    def site_names(self) -> Mapping[str, Mapping[str, str]]:
        """Names of sites by id, by language."""
        sites = self.network.sites.values()
        return {"ja": {site.id: site.name_ja for site in sites}, "en": {site.id: site.name for site in sites}}

    @cached_property
    def texts_of_sites(self) -> Mapping[str, str]:
        """What a search for a site looks through, by its id."""
        sites = self.network.sites.values()
        return {site.id: f"{site.id}\n{site.name.casefold()}\n{site.name_ja}" for site in sites}

    @cached_property
    def places_by_names(self) -> Mapping[str, Site | Centre]:
        """Sites and centres by both their names, as the address plan calls them."""
        places: tuple[Site | Centre, ...] = (*self.network.sites.values(), *self.network.centres.values())
        return {f"{place.name} {place.name_ja}": place for place in places}

    @cached_property
    def directory(self) -> Directory:
        """Who has which address."""
        return Directory(self.network)

    @cached_property
    def wiring(self) -> Topology:
        """What hangs on what, as correlating sees it."""
        return topology(self.network)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Regions that hold a site, by name."""
        return tuple(sorted({site.region for site in self.network.sites.values()}))

    def devices(self, reach: Reach) -> Collection[str]:
        """Routers within reach, in the network's order."""
        if reach is None:
            return self.network.devices.keys()
        return [name for name, organisation in self.organisation_of.items() if organisation in reach]

    def sites(self, reach: Reach) -> Iterable[Site]:
        """Sites within reach, in the network's order."""
        if reach is None:
            return self.network.sites.values()
        return [site for site in self.network.sites.values() if site.organisation in reach]

    def sees(self, reach: Reach, device: str) -> bool:
        """True where `reach` covers the router."""
        return reach is None or self.organisation_of.get(device, "") in reach

    def intent(self, device: str) -> RouterIntent:
        """What one router must be; worked out when first asked for."""
        known = self._intents.get(device)
        if known is None:
            known = self._intents[device] = derive_devices(self.network, (device,))[device]
        return known

    @cached_property
    def _intents(self) -> dict[str, RouterIntent]:
        return {}


def _backbone(link: BackboneLink) -> Line:
    a, b = End(link.a, link.id), End(link.b, link.id)
    return Line(link.id, "backbone", a, b, "", link.carrier, link.capacity, link.risk)


def _access(site: Site, line: AccessLine) -> Line:
    a, b = End(line.core, access_port(line, site.number)), End(line.ce, "wan0")
    return Line(f"{site.id}:{line.position}", "access", a, b, site.id, line.carrier, line.capacity, line.risk)

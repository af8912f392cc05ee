"""What hangs on what: the declared network as correlating needs it, made once and asked in every round.

Routers name a far end by an address, a port or a hostname. Each of them leads to a line and to the router behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from netctl.model.network import Network
from netctl.model.watch import SubjectKind
from netctl.services.routing import addresses
from netctl.services.routing.ports import access_port, serves_centre_lan

WAN_PORT = "wan0"
LAN_PORTS = frozenset({"lan0", "dc0"})
BACKBONE = "backbone"
_FIRST_ROUTER_HOST = 2


class Line(NamedTuple):
    """A line with both its ends; an access line is named ``SITE:POSITION``, `a` is its CE router and `b` its core."""

    id: str
    kind: Literal["access", "backbone"]
    a: str
    b: str
    site: str
    carrier: str
    risk: frozenset[str]

    def far(self, device: str) -> str:
        """The other end."""
        return self.b if device == self.a else self.a


class Path(NamedTuple):
    """What a site may reach the backbone by: a CE router, its line and its core."""

    ce: str
    line: str
    core: str


@dataclass(frozen=True, slots=True)
class Topology:
    """The tables; all of them by name."""

    lines: Mapping[str, Line]
    by_port: Mapping[tuple[str, str], str]  # (router, port) → line
    by_address: Mapping[str, tuple[str, str]]  # address → (router that has it, line it is on or "")
    between: Mapping[tuple[str, str], str]  # two routers → the first backbone line between them
    site_of: Mapping[str, str]  # "" for the backbone
    group_of: Mapping[str, str]
    mate_of: Mapping[str, str]
    organisation_of: Mapping[str, str]  # of a router
    paths: Mapping[str, tuple[Path, ...]]  # of a site
    neighbours: Mapping[str, frozenset[str]]  # routers a router hears from directly
    clocks: Mapping[str, tuple[str, ...]]  # time sources of a router

    def backbone(self) -> tuple[str, ...]:
        """Every router that is at no site."""
        return tuple(name for name, site in self.site_of.items() if not site)

    def about(self, device: str, subject: str) -> tuple[str, str]:
        """The line and the far router that `subject` means when `device` says it; "" for what it does not tell."""
        for word in subject.replace(",", " ").split():
            line = self.by_port.get((device, word))
            if line:
                return line, self.lines[line].far(device)
            owner, line = self.by_address.get(word.partition("%")[0].partition("/")[0], ("", ""))
            if owner and owner != device:
                return line, owner
            name = word.partition(".")[0]
            if name != device and name in self.site_of:
                return self.between.get((device, name), ""), name
        return "", ""

    def parts(self, kind: SubjectKind, subject: str) -> frozenset[str]:
        """Routers and lines that a problem about this may be made of: what it turns into when it grows or shrinks."""
        if kind == "site":
            return frozenset(part for path in self.paths.get(subject, ()) for part in (path.ce, path.line))
        if kind == "group" and subject == BACKBONE:
            return frozenset(line.id for line in self.lines.values() if line.kind == "backbone")
        return frozenset(subject.split(", ")) if kind == "group" else frozenset((subject,))


def topology(network: Network) -> Topology:
    """The tables of a network; some 0.1 s for 6,000 routers, so keep what this returns while the digest stands."""
    lines = {line.id: line for line in _lines(network)}
    by_port, by_address = _names(network)
    group_of = {name: group.id for group in network.groups.values() for name in group.members}
    mate_of = {
        name: next((mate for mate in group.members if mate != name), "")
        for group in network.groups.values()
        for name in group.members
    }
    return Topology(
        lines=lines,
        by_port=by_port,
        by_address=by_address,
        between=_between(lines.values()),
        site_of={device.name: device.site for device in network.devices.values()},
        group_of=group_of,
        mate_of=mate_of,
        organisation_of={
            device.name: network.sites[device.site].organisation if device.site else ""
            for device in network.devices.values()
        },
        paths={
            site.id: tuple(Path(line.ce, _line_id(site.id, line.position), line.core) for line in site.lines)
            for site in network.sites.values()
        },
        neighbours=_neighbours(network, lines.values()),
        clocks={device.name: device.settings.ntp_servers for device in network.devices.values()},
    )


def _line_id(site: str, position: int) -> str:
    return f"{site}:{position}"


def _lines(network: Network) -> Iterator[Line]:
    for site in network.sites.values():
        for line in site.lines:
            name = _line_id(site.id, line.position)
            yield Line(name, "access", line.ce, line.core, site.id, line.carrier, line.risk)
    for link in network.backbone:
        yield Line(link.id, "backbone", link.a, link.b, "", link.carrier, link.risk)


def _names(network: Network) -> tuple[dict[tuple[str, str], str], dict[str, tuple[str, str]]]:
    pool = addresses.pools(network.addresses)
    by_port: dict[tuple[str, str], str] = {}
    by_address: dict[str, tuple[str, str]] = {}

    def join(near: tuple[str, str], far: tuple[str, str], ends: addresses.Ends, line: str) -> None:
        by_port[near], by_port[far] = line, line
        by_address.update(dict.fromkeys(ends.near, (near[0], line)) | dict.fromkeys(ends.far, (far[0], line)))

    for site in network.sites.values():
        for line in site.lines:
            ends = addresses.line_ends(pool, site, line)
            near = (line.core, access_port(line, site.number))
            join(near, (line.ce, WAN_PORT), ends, _line_id(site.id, line.position))
    for link in network.backbone:
        join((link.a, link.id), (link.b, link.id), addresses.backbone_link(pool, link.number), link.id)
    for device in network.devices.values():
        held = list(addresses.loopback(pool, device.role, device.number))
        if device.site or serves_centre_lan(network, device):
            lan = (
                addresses.site_lan(pool, network.sites[device.site])
                if device.site
                else addresses.centre_lan(pool, network.centres[device.centre].number)
            )
            host = _FIRST_ROUTER_HOST + device.position - 1
            held += lan.each(host)
        by_address.update(dict.fromkeys(held, (device.name, "")))
    return by_port, by_address


def _between(lines: Iterable[Line]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line in lines:
        for pair in ((line.a, line.b), (line.b, line.a)):
            found.setdefault(pair, line.id)
    return found


def _neighbours(network: Network, lines: Iterable[Line]) -> dict[str, frozenset[str]]:
    """The far ends of a router's lines, and at a site its mate, which it hears over the LAN."""
    found: dict[str, set[str]] = {name: set() for name in network.devices}
    for line in lines:
        found[line.a].add(line.b)
        found[line.b].add(line.a)
    for site in network.sites.values():
        for name in site.devices:
            found[name].update(mate for mate in site.devices if mate != name)
    return {name: frozenset(names) for name, names in found.items()}

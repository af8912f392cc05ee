"""What a lab is made of, derived from the declared network: hosts, cables between them, shared segments. Pure data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_interface, ip_network
from typing import Literal

from netctl.errors import LabNotPossible
from netctl.lab.nameservers import Lan, Server, resolvers_for, standing
from netctl.model.dns import NameServer
from netctl.model.intent import Interface, RouterIntent
from netctl.model.network import Network

NOC = "noc"
BOXES: Mapping[str, tuple[int, ...]] = {"frr": (22,), "ietf_netconf": (22, 830)}  # platform → doors
LAN_PORT_INDEX = 1000  # fixed, because FRR names a virtual router's device after the index of the port below it


@dataclass(frozen=True, slots=True)
class VirtualPort:
    """The macvlan a virtual router lives on: named and addressed by FRR's rules, ``vrrp4-<parent index>-<vrid>``."""

    parent: str
    name: str
    mac: str
    address: str


@dataclass(frozen=True, slots=True)
class Router:
    """One router of the lab. `loose` are ports whose far end is not part of the lab."""

    name: str
    platform: str
    management: str  # address/length of mgmt0
    virtual_ports: tuple[VirtualPort, ...]
    loose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host on a LAN that sends and answers; its default routes are the virtual routers'.

    `time` are the addresses, with lengths, at which it is one of the network's time servers; `resolvers` are those it
    asks, nearest first.
    """

    name: str
    addresses: tuple[str, ...]
    gateways: tuple[str, ...]
    time: tuple[str, ...] = ()
    resolvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cable:
    """A line between two routers' ports; `id` is a backbone link's, or ``site:position`` for an access line."""

    id: str
    kind: Literal["backbone", "access"]
    a: str
    a_port: str
    b: str
    b_port: str
    mtu: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A LAN: the bridge stands in the endpoint's namespace, every member is a router's port on it."""

    id: str
    endpoint: Endpoint
    members: tuple[tuple[str, str, int], ...]  # router, port, mtu


@dataclass(frozen=True, slots=True)
class Topology:
    """Everything that is raised. `noc` is the address of the management station, `domain` the network's own."""

    network: str
    noc: str
    routers: tuple[Router, ...]
    cables: tuple[Cable, ...]
    segments: tuple[Segment, ...]
    servers: tuple[Server, ...] = ()
    domain: str = ""

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """The hosts on LANs."""
        return tuple(segment.endpoint for segment in self.segments)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names of all namespaces but the NOC's, routers first."""
        return (*(box.name for box in self.boxes), *(endpoint.name for endpoint in self.endpoints))

    @property
    def boxes(self) -> tuple[Router | Server, ...]:
        """Everything that netctl configures: routers, then name servers."""
        return (*self.routers, *self.servers)


def topology(
    network: Network,
    intents: Mapping[str, RouterIntent],
    only: Collection[str] = (),
    servers: Collection[NameServer] = (),
) -> Topology:
    """The lab of `network`; `only` names the redundancy groups wanted beside the centres' (all where empty).

    Of `servers` it has those that netctl configures and that stand on one of its LANs.
    """
    unknown = sorted({intent.platform for intent in intents.values()} - set(BOXES))
    if unknown:
        raise LabNotPossible(
            f"the lab has no box for platform {', '.join(unknown)}", hint=f"it has boxes for {', '.join(BOXES)}"
        )
    wanted = sorted(
        name
        for name in network.devices
        if not only or (group := network.group_of(name)).kind == "centre" or group.id in only
    )
    present = frozenset(wanted)
    routers = tuple(_router(intents[name], present) for name in wanted)
    cables = tuple(sorted(_cables(network, intents, present), key=lambda cable: cable.id))
    places = sorted({network.devices[name].site or network.devices[name].centre for name in wanted})
    segments = tuple(segment for place in places if (segment := _segment(place, intents, network, present)))
    made = Topology(network.name, _noc(network), routers, cables, segments, domain=network.domain)
    return _with_servers(made, servers, network) if servers else made


def _with_servers(shape: Topology, servers: Collection[NameServer], network: Network) -> Topology:
    """The same with name servers, and hosts that ask its resolvers."""
    found = standing(servers, [_lan(segment) for segment in shape.segments], network)
    present = {server.name: server for server in found}
    taken = sorted({NOC, *shape.hosts} & present.keys())
    if taken:
        raise LabNotPossible(
            f"{', '.join(taken)} names a name server and another host of the lab", where="dns/servers.yaml"
        )
    segments = tuple(
        replace(segment, endpoint=replace(segment.endpoint, resolvers=asked))
        for segment in shape.segments
        for asked in [resolvers_for(segment.id, servers, present, network)]
    )
    return replace(shape, segments=segments, servers=found)


def _lan(segment: Segment) -> Lan:
    host = segment.endpoint
    prefixes = tuple(str(ip_interface(address).network) for address in host.addresses)
    return Lan(segment.id, prefixes, host.gateways, min(mtu for _, _, mtu in segment.members))


def _router(intent: RouterIntent, present: frozenset[str]) -> Router:
    management = next(port for port in intent.interfaces if port.kind == "management")
    loose = tuple(port.name for port in intent.interfaces if port.peer and port.peer.partition(":")[0] not in present)
    virtual = tuple(port for lan in intent.interfaces for port in _virtual_ports(lan))
    return Router(intent.device, intent.platform, management.v6[0], virtual, loose)


def _virtual_ports(lan: Interface) -> tuple[VirtualPort, ...]:
    return tuple(
        VirtualPort(
            parent=lan.name,
            name=f"vrrp{group.family}-{LAN_PORT_INDEX}-{group.vrid}",
            mac=f"00:00:5e:00:{1 if group.family == 4 else 2:02x}:{group.vrid:02x}",
            address=f"{group.virtual_address}/{32 if group.family == 4 else 128}",
        )
        for group in lan.vrrp
    )


def _cables(network: Network, intents: Mapping[str, RouterIntent], present: frozenset[str]) -> list[Cable]:
    found = [
        Cable(link.id, "backbone", link.a, link.id, link.b, link.id, _mtu(intents[link.a], link.id))
        for link in network.backbone
        if {link.a, link.b} <= present
    ]
    for site in network.sites.values():
        for line in site.lines:
            if {line.ce, line.core} <= present:
                port = next(port for port in intents[line.ce].interfaces if port.kind == "access")
                far = port.peer.partition(":")[2]
                identity = f"{line.site}:{line.position}"
                found.append(Cable(identity, "access", line.core, far, line.ce, port.name, port.mtu))
    return found


def _mtu(intent: RouterIntent, port: str) -> int:
    return next(candidate.mtu for candidate in intent.interfaces if candidate.name == port)


def _segment(
    place: str, intents: Mapping[str, RouterIntent], network: Network, present: frozenset[str]
) -> Segment | None:
    members = [
        (name, port)
        for name in sorted(present)
        if place in (network.devices[name].site, network.devices[name].centre)
        for port in intents[name].interfaces
        if port.kind == "lan"
    ]
    if not members:
        return None
    lan = members[0][1]
    endpoint = Endpoint(
        f"{place}-host",
        tuple(_tenth(address) for address in (*lan.v6, *lan.v4)),
        tuple(dict.fromkeys(group.virtual_address for _, port in members for group in port.vrrp)),
        _time(intents.values(), (*lan.v6, *lan.v4)),
    )
    return Segment(place, endpoint, tuple((name, port.name, port.mtu) for name, port in members))


def _time(intents: Iterable[RouterIntent], lan: Iterable[str]) -> tuple[str, ...]:
    """The time servers that routers are told of and that stand on this LAN."""
    servers = {server for intent in intents for server in intent.ntp_servers}
    prefixes = [ip_interface(address).network for address in lan]
    found = [(server, prefix) for server in sorted(servers) for prefix in prefixes if ip_address(server) in prefix]
    return tuple(f"{server}/{prefix.prefixlen}" for server, prefix in found)


def _tenth(address: str) -> str:
    """The tenth address (v4) or ``::10`` (v6) of the prefix `address` lies in, with its length."""
    network = ip_interface(address).network
    offset = 0x10 if network.version == 6 else 10
    return f"{network[offset]}/{network.prefixlen}"


def _noc(network: Network) -> str:
    prefix = ip_network(network.addresses.management_v6)
    return f"{prefix[1]}/{prefix.prefixlen}"

"""Declared name servers and resolvers as hosts of a lab: which of them stand in it, and what each is cabled to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface, ip_network

from netctl.errors import LabNotPossible
from netctl.model.dns import NameServer, Software
from netctl.model.network import Network

_AT_MOST = 3  # servers that a host's resolver asks (resolv.conf(5), MAXNS)


@dataclass(frozen=True, slots=True)
class Server:
    """A name server on the LAN `segment`; its default routes are the virtual routers', `management` is on mgmt0.

    Addresses have their lengths.
    """

    name: str
    software: Software
    segment: str
    addresses: tuple[str, ...]
    gateways: tuple[str, ...]
    management: str
    mtu: int
    port: int = 53


@dataclass(frozen=True, slots=True)
class Lan:
    """What a server needs to know of the LAN it stands on: `id`, its prefixes, its virtual routers, its MTU."""

    id: str
    prefixes: tuple[str, ...]
    gateways: tuple[str, ...]
    mtu: int


def standing(servers: Iterable[NameServer], lans: Iterable[Lan], network: Network) -> tuple[Server, ...]:
    """The servers that netctl configures and that stand on one of these LANs, with all of their addresses.

    Raises `LabNotPossible` where one stands in a LAN with some of them only, or has no IPv6 address, by which alone the
    operations room of a lab reaches it.
    """
    length = ip_network(network.addresses.management_v6).prefixlen
    lans = tuple(lans)
    found = []
    for server in servers:
        lan, addresses = _place(server, lans)
        if lan is not None and server.management_address:
            _require_ipv6(server)
            management = f"{server.management_address}/{length}"
            gateways = tuple(each for each in lan.gateways if any((":" in each) == (":" in own) for own in addresses))
            made = Server(server.name, server.software, lan.id, addresses, gateways, management, lan.mtu, server.port)
            found.append(made)
    return tuple(found)


def _require_ipv6(server: NameServer) -> None:
    if not any(":" in address for address in server.addresses):
        raise LabNotPossible(
            f"name server {server.name} has no IPv6 address, and a lab's management network has nothing else",
            where=f"{server.source.file}:{server.source.line}",
            hint="give it one, or leave its `management:` out: then the lab does not raise it",
        )


def _place(server: NameServer, lans: tuple[Lan, ...]) -> tuple[Lan | None, tuple[str, ...]]:
    """The LAN a server stands on, None for one that stands elsewhere; and its addresses there."""
    for lan in lans:
        within = _within(server.addresses, lan.prefixes)
        if within and len(within) != len(server.addresses):
            elsewhere = sorted(set(server.addresses) - {address.partition("/")[0] for address in within})
            raise LabNotPossible(
                f"name server {server.name} stands on the LAN of {lan.id}, but {', '.join(elsewhere)} does not",
                where=f"{server.source.file}:{server.source.line}",
                hint=f"its prefixes are {', '.join(lan.prefixes)}",
            )
        if within:
            return lan, within
    return None, ()


def _within(addresses: Iterable[str], prefixes: Iterable[str]) -> tuple[str, ...]:
    networks = [ip_network(prefix) for prefix in prefixes]
    return tuple(
        f"{address}/{network.prefixlen}"
        for address in addresses
        for network in networks
        if ip_address(address) in network
    )


def resolvers_for(
    place: str, servers: Iterable[NameServer], present: Mapping[str, Server], network: Network
) -> tuple[str, ...]:
    """Addresses of the resolvers that a host of a site or centre asks: those of the nearest centre first.

    A site is nearest to the centre its first line leads to.
    """
    centre = place
    if place in network.sites:
        first = min(network.sites[place].lines, key=lambda line: line.position)
        centre = network.devices[first.core].centre
    chosen = [server for server in servers if server.role == "resolver" and server.name in present]
    chosen.sort(key=lambda server: server.centre != centre)
    return tuple(server.addresses[0] for server in chosen)[:_AT_MOST]


def ways_in(servers: Iterable[Server]) -> Mapping[str, tuple[str, ...]]:
    """LAN → the prefixes in which its servers have addresses, as the operations room has routes to them."""
    found: dict[str, dict[str, None]] = {}
    for server in servers:
        prefixes = found.setdefault(server.segment, {})
        prefixes.update({str(ip_interface(address).network): None for address in server.addresses if ":" in address})
    return {segment: tuple(prefixes) for segment, prefixes in found.items()}

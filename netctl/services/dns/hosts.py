"""Names that nobody types: routers, their ports, the gateways of LANs, services, name servers.

=======================================  ===========================================================================
``r1.rivers-hq.<domain>``                loopbacks of a CE router: its position's word, its site
``core-main-1.<domain>``                 loopbacks of a router of a centre
``wan0.r1.rivers-hq.<domain>``           a port of it, by the port's name; ``mgmt0`` is out of band
``gw.rivers-hq.<domain>``                the virtual router of a site's LAN; ``gw.main.<domain>`` of a centre's
``ntp.<domain>``, ``ntp.main.<domain>``  all servers of a service, and those that stand in one centre
``ns1.<domain>``                         a name server
=======================================  ===========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from socket import AF_INET, AF_INET6, inet_pton
from typing import NamedTuple

from netctl.model.dns import NameServer
from netctl.model.network import Device, Network
from netctl.services.dns.origins import Origin
from netctl.services.routing.addresses import (
    Lan,
    backbone_link,
    centre_lan,
    line_ends,
    loopback,
    pools,
    site_lan,
)
from netctl.services.routing.ports import access_port
from netctl.zones import names
from netctl.zones.data import Name

A, AAAA = 1, 28
_GATEWAY = 1  # the virtual router's host number; the two routers follow
_SERVICES = (("ntp", "ntp_servers"), ("syslog", "syslog_servers"))


class HostAddress(NamedTuple):
    """One address of a derived name; `packed` has 4 or 16 octets."""

    owner: Name
    packed: bytes
    origin: Origin

    @property
    def type(self) -> int:
        """A or AAAA."""
        return A if len(self.packed) == 4 else AAAA


def packed(text: str) -> bytes:
    """The octets of an address."""
    return inet_pton(AF_INET6 if ":" in text else AF_INET, text)


def router_owner(device: Device, domain: Name) -> Name:
    """A router's own name: its word at its site, or its name in a centre."""
    if not device.site:
        return _label(device.name) + domain
    own = device.name.removeprefix(f"{device.site}-") or device.name
    return _label(own) + _label(device.site) + domain


def router_hosts(network: Network, domain: Name) -> Iterator[HostAddress]:
    """Every address of every router, and of the virtual routers of LANs."""
    pool = pools(network.addresses)
    owners = {device.name: router_owner(device, domain) for device in network.devices.values()}
    origins = {device.name: _of_device(device) for device in network.devices.values()}

    def port(device: str, name: str, addresses: Iterable[str]) -> Iterator[HostAddress]:
        owner = (_label(name) if name else b"") + owners[device]
        return (HostAddress(owner, packed(each), origins[device]) for each in addresses)

    for device in network.devices.values():
        yield from port(device.name, "", loopback(pool, device.role, device.number))
        yield from port(device.name, "mgmt0", (device.management_address,))
    for site in network.sites.values():
        origin = Origin(site.source.file, site.source.line, f"site {site.id}")
        lan = site_lan(pool, site)
        yield from _lan(network, lan, site.devices, "lan0", port, _gateway(site.id, domain), origin)
        for line in site.lines:
            ends = line_ends(pool, site, line)
            yield from port(line.core, access_port(line, site.number), ends.near)
            yield from port(line.ce, "wan0", ends.far)
    for link in network.backbone:
        near, far = backbone_link(pool, link.number)
        yield from port(link.a, link.id, near)
        yield from port(link.b, link.id, far)
    for centre in network.centres.values():
        origin = Origin(centre.source.file, centre.source.line, f"centre {centre.id}")
        lan, members = centre_lan(pool, centre.number), network.groups[centre.id].members
        yield from _lan(network, lan, members, "dc0", port, _gateway(centre.id, domain), origin)


def service_hosts(network: Network, domain: Name) -> Iterator[HostAddress]:
    """The services that routers' settings name, and those of them that stand in a centre's LAN."""
    settings = {id(device.settings): device.settings for device in network.devices.values()}.values()
    pool = pools(network.addresses)
    centres = {centre_lan(pool, centre.number).v6_base >> 64: centre.id for centre in network.centres.values()}
    for word, setting in _SERVICES:
        origin = Origin("inventory/network.yaml", 0, f"setting {setting}")
        for text in sorted({address for each in settings for address in getattr(each, setting)}):
            address = packed(text)
            yield HostAddress(_label(word) + domain, address, origin)
            centre = centres.get(int(ip_address(text)) >> 64) if len(address) == 16 else None
            if centre is not None:
                yield HostAddress(_label(word) + _label(centre) + domain, address, origin)


def server_hosts(servers: Iterable[NameServer]) -> Iterator[HostAddress]:
    """The addresses of name servers."""
    for server in servers:
        owner = names.wire(server.host)
        origin = Origin(server.source.file, server.source.line, f"server {server.name}")
        for text in server.addresses:
            yield HostAddress(owner, packed(text), origin)


def _lan(  # noqa: PLR0917 - a LAN is all of these
    network: Network,
    lan: Lan,
    routers: Iterable[str],
    port_name: str,
    port: Callable[[str, str, Iterable[str]], Iterator[HostAddress]],
    gateway: Name,
    origin: Origin,
) -> Iterator[HostAddress]:
    for address in lan.each(_GATEWAY):
        yield HostAddress(gateway, packed(address), origin)
    for name in routers:
        host = _GATEWAY + network.devices[name].position
        yield from port(name, port_name, lan.each(host))


def _gateway(place: str, domain: Name) -> Name:
    return b"\x02gw" + _label(place) + domain


def _of_device(device: Device) -> Origin:
    return Origin(device.source.file, device.source.line, f"router {device.name}")


def _label(text: str) -> bytes:
    encoded = text.encode("ascii")
    return bytes((len(encoded),)) + encoded

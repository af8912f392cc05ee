"""Every address of a network by who has it: addresses are arithmetic, so this is made and never kept in step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import NamedTuple

from netctl.model.network import Network, Site
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

_VIRTUAL_HOST = 1
_BLOCK = 80  # bits after a /48


class Place(NamedTuple):
    """Where an address is: a router's port."""

    device: str
    port: str


class Directory:
    """Every address of a network by who has it; made once for each network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._pool = pools(network.addresses)

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """The ports that have an address; a virtual router's address is at both routers of its pair."""
        found: dict[str, tuple[Place, ...]] = {}
        for address, place in self._all():
            found[address] = (*found.get(address, ()), place)
        return found

    @cached_property
    def _sites(self) -> Mapping[int, Site]:
        return {site.number: site for site in self.network.sites.values()}

    @cached_property
    def _blocks(self) -> Mapping[int, Site]:
        """Sites whose block is in the ledger, by its first 48 bits."""
        sites = (site for site in self.network.sites.values() if site.block)
        return {int(ip_network(site.block).network_address) >> _BLOCK: site for site in sites}

    def site_of(self, address: IPv4Address | IPv6Address) -> tuple[Site, str] | None:
        """The site whose prefix holds the address, and that prefix."""
        v4 = address.version == 4
        if not v4 and (found := self._blocks.get(int(address) >> _BLOCK)) is not None:
            return found, found.block
        addresses, pool = self.network.addresses, self._pool
        if address not in ip_network(addresses.sites_v4 if v4 else addresses.sites_v6):
            return None
        base, length = (pool.sites_v4, 32 - pool.site_v4_length) if v4 else (pool.sites_v6, 80)
        site = self._sites.get((int(address) - base) >> length)
        if site is None or (v4 and not site.ipv4) or (not v4 and site.block):
            return None
        lan = site_lan(pool, site)
        return site, lan.v4_prefix if v4 else lan.block_v6

    def _all(self) -> Iterator[tuple[str, Place]]:
        for device in self.network.devices.values():
            yield device.management_address, Place(device.name, "mgmt0")
            for address in loopback(self._pool, device.role, device.number):
                yield address, Place(device.name, "lo")
        for site in self.network.sites.values():
            yield from self._of_site(site)
        for link in self.network.backbone:
            ends = backbone_link(self._pool, link.number)
            yield from ((address, Place(link.a, link.id)) for address in ends.near)
            yield from ((address, Place(link.b, link.id)) for address in ends.far)
        for centre in self.network.centres.values():
            lan = centre_lan(self._pool, centre.number)
            yield from self._of_lan(lan, self.network.groups[centre.id].members, "dc0")

    def _of_site(self, site: Site) -> Iterator[tuple[str, Place]]:
        yield from self._of_lan(site_lan(self._pool, site), site.devices, "lan0")
        for line in site.lines:
            ends = line_ends(self._pool, site, line)
            yield from ((address, Place(line.core, access_port(line, site.number))) for address in ends.near)
            yield from ((address, Place(line.ce, "wan0")) for address in ends.far)

    def _of_lan(self, lan: Lan, routers: Iterable[str], port: str) -> Iterator[tuple[str, Place]]:
        for name in routers:
            place, host = Place(name, port), 1 + self.network.devices[name].position
            yield from ((address, place) for number in (_VIRTUAL_HOST, host) for address in lan.each(number))

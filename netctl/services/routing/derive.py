"""Network → intent of every router. Derived, never typed twice: addresses, sessions, filters and priorities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from netctl.model.intent import Igp, Interface, Neighbour, PrefixList, RouterIntent, Snmp
from netctl.model.network import AccessLine, Device, Network, Site
from netctl.services.routing import filters, ports, sessions
from netctl.services.routing.addresses import (
    Pools,
    centre_lan,
    line_ends,
    loopback,
    pools,
    site_lan,
    system_id,
)

IGP_NAME = "backbone"


class _Share(NamedTuple):
    """What differs by role."""

    asn: int
    interfaces: tuple[Interface, ...]
    neighbours: tuple[Neighbour, ...]
    originated: tuple[str, ...]
    lists: tuple[PrefixList, ...]


class _Ground(NamedTuple):
    """What every router's derivation starts from, worked out once."""

    network: Network
    pool: Pools
    within: filters.Aggregates
    backbone: tuple[Device, ...]
    lines_of_core: dict[str, list[tuple[Site, AccessLine]]]


def derive(network: Network) -> dict[str, RouterIntent]:
    """The intent of every router, by name, in the network's order."""
    return derive_devices(network, network.devices)


def derive_devices(network: Network, names: Iterable[str]) -> dict[str, RouterIntent]:
    """The intent of some routers: what has not changed need not be derived again."""
    devices = [network.devices[name] for name in names]
    ground = _survey(network, with_cores=any(device.role != "ce" for device in devices))
    return {
        device.name: _ce(ground, device) if device.role == "ce" else _backbone(ground, device) for device in devices
    }


def _survey(network: Network, *, with_cores: bool) -> _Ground:
    lines: dict[str, list[tuple[Site, AccessLine]]] = {}
    if with_cores:
        for site in network.sites.values():
            for line in site.lines:
                lines.setdefault(line.core, []).append((site, line))
    backbone = tuple(device for device in network.devices.values() if device.role != "ce") if with_cores else ()
    return _Ground(network, pools(network.addresses), filters.aggregates(network.addresses), backbone, lines)


def _ce(ground: _Ground, device: Device) -> RouterIntent:
    network, pool = ground.network, ground.pool
    site = network.sites[device.site]
    line = next(line for line in site.lines if line.ce == device.name)
    mate = network.devices[next(name for name in site.devices if name != device.name)]
    lan = site_lan(pool, site)
    link = line_ends(pool, site, line)
    asn = network.site_asn_base + site.number
    interfaces = (
        ports.lan_port(device, lan, "lan0", f"LAN of {site.id}"),
        ports.loopback_port(pool, device),
        ports.management_port(pool, device),
        ports.wan_port(device, line, site.number, link),
    )
    neighbours = sessions.ce_sessions(sessions.Edge(device, mate, line, lan, link, network.asn, asn))
    return _router(
        ground, device, _Share(asn, interfaces, neighbours, lan.prefixes, filters.ce_lists(ground.within, lan))
    )


def _backbone(ground: _Ground, device: Device) -> RouterIntent:
    network, pool = ground.network, ground.pool
    interfaces = [ports.loopback_port(pool, device), ports.management_port(pool, device)]
    interfaces += [
        ports.backbone_port(pool, device, link) for link in network.backbone if device.name in (link.a, link.b)
    ]
    neighbours = list(sessions.mesh_sessions(pool, device, ground.backbone, network.asn))
    lists: dict[str, PrefixList] = {entry.name: entry for entry in filters.backbone_lists(ground.within)}
    for site, line in ground.lines_of_core.get(device.name, ()):
        ce, site_asn = network.devices[line.ce], network.site_asn_base + site.number
        link = line_ends(pool, site, line)
        interfaces.append(ports.core_access_port(device, line, site.number, link))
        neighbours += sessions.core_sessions_for(line, site, site_asn, ce.settings.session_secret, link)
        lists |= {entry.name: entry for entry in filters.core_lists_for(site.id, site_lan(pool, site))}
    originated: tuple[str, ...] = ()
    if ports.serves_centre_lan(network, device):
        lan = centre_lan(pool, network.centres[device.centre].number)
        interfaces.append(ports.lan_port(device, lan, "dc0", f"LAN of {device.centre}"))
        originated = lan.prefixes
    share = _Share(network.asn, tuple(interfaces), tuple(neighbours), originated, tuple(lists.values()))
    return _router(ground, device, share)


def _router(ground: _Ground, device: Device, share: _Share) -> RouterIntent:
    settings = device.settings
    _, router_id = loopback(ground.pool, device.role, device.number)
    snmp = settings.snmp
    return RouterIntent(
        device=device.name,
        platform=device.platform,
        role=device.role,
        domain=ground.network.domain,
        router_id=router_id,
        asn=share.asn,
        interfaces=share.interfaces,
        neighbours=share.neighbours,
        originated=share.originated,
        prefix_lists=share.lists,
        igp=None if device.role == "ce" else Igp(IGP_NAME, system_id(router_id)),
        bfd_interval=settings.bfd_interval,
        bfd_multiplier=settings.bfd_multiplier,
        ntp_servers=settings.ntp_servers,
        syslog_servers=settings.syslog_servers,
        syslog_level=settings.syslog_level,
        login_banner=settings.login_banner,
        management_prefixes=settings.management_prefixes,
        snmp=None if snmp is None else Snmp(snmp.user, snmp.auth_secret, snmp.privacy_secret),
    )

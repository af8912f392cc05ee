"""Ports of a router with everything on them: addresses, the far end, IS-IS and virtual routers."""

from __future__ import annotations

from typing import Literal

from netctl.model.intent import Interface, VrrpGroup
from netctl.model.network import AccessLine, BackboneLink, Device, Network
from netctl.services.routing.addresses import Ends, Lan, Pools, backbone_link, loopback

VRID = 10  # each pair has one LAN, so one number serves the whole network
PRIORITY = {1: 110, 2: 100}
DRAINED_PRIORITY = 10
_VIRTUAL_HOST = 1
_FIRST_ROUTER_HOST = 2


def access_port(line: AccessLine, site_number: int) -> str:
    """The name of a core's port towards one line of a site."""
    return f"ac{site_number}p{line.position}"


def loopback_port(pool: Pools, device: Device) -> Interface:
    """The loopback; part of the IGP on routers of the backbone."""
    v6, v4 = loopback(pool, device.role, device.number)
    igp: Literal["", "passive"] = "" if device.role == "ce" else "passive"
    return Interface("lo", "loopback", "router id", (f"{v6}/128",), (f"{v4}/32",), 65536, igp=igp)


def management_port(pool: Pools, device: Device) -> Interface:
    """The out-of-band port, IPv6 only."""
    address = f"{device.management_address}/{pool.management_length}"
    return Interface("mgmt0", "management", "out-of-band management", (address,), (), 1500)


def lan_port(device: Device, lan: Lan, name: str, description: str) -> Interface:
    """The port on the LAN a pair serves, with one virtual router of each family."""
    settings, host = device.settings, _FIRST_ROUTER_HOST + device.position - 1
    priority = PRIORITY[device.position]
    v6: tuple[str, ...] = (f"{lan.v6(host)}/64",)
    v4: tuple[str, ...] = ()
    groups: tuple[VrrpGroup, ...] = (VrrpGroup(6, VRID, lan.v6(_VIRTUAL_HOST), priority, settings.vrrp_interval),)
    if lan.v4_prefix:
        v4 = (f"{lan.v4(host)}/{lan.v4_length}",)
        groups = (VrrpGroup(4, VRID, lan.v4(_VIRTUAL_HOST), priority, settings.vrrp_interval), *groups)
    return Interface(name, "lan", description, v6, v4, settings.mtu, vrrp=groups)


def wan_port(device: Device, line: AccessLine, site_number: int, link: Ends) -> Interface:
    """A CE's port on its access line."""
    v6, *v4 = link.far
    peer = f"{line.core}:{access_port(line, site_number)}"
    description = f"to {line.core}, {line.carrier}"
    return Interface("wan0", "access", description, (f"{v6}/127",), _31(v4), device.settings.mtu, peer)


def core_access_port(device: Device, line: AccessLine, site_number: int, link: Ends) -> Interface:
    """A core's port on one access line.

    The IGP carries the line's own prefixes: what a CE router itself sends (time, syslog) leaves from that address, and
    answers may come back through any core.
    """
    v6, *v4 = link.near
    name, description = access_port(line, site_number), f"to {line.ce}, {line.carrier}"
    mtu, peer = device.settings.mtu, f"{line.ce}:wan0"
    return Interface(name, "access", description, (f"{v6}/127",), _31(v4), mtu, peer, "passive")


def _31(v4: list[str]) -> tuple[str, ...]:
    """The IPv4 addresses of a link's end with their length (RFC 3021); none where it has none."""
    return tuple(f"{address}/31" for address in v4)


def backbone_port(pool: Pools, device: Device, link: BackboneLink) -> Interface:
    """One end of a backbone link; both ends are named after it."""
    ends = backbone_link(pool, link.number)
    (v6, v4), far = (ends[0], link.b) if link.a == device.name else (ends[1], link.a)
    return Interface(
        link.id,
        "backbone",
        f"to {far}, {link.carrier}",
        (f"{v6}/127",),
        (f"{v4}/31",),
        device.settings.mtu,
        f"{far}:{link.id}",
        "active",
        link.metric,
    )


def serves_centre_lan(network: Network, device: Device) -> bool:
    """True for the first pair of cores of a centre; further pairs only carry more sites."""
    group = network.groups.get(device.centre)
    return device.role == "core" and group is not None and device.name in group.members

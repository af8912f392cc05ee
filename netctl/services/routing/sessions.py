"""BGP sessions: CE to core on the access link, CE to CE over the LAN, and a full mesh of the backbone's loopbacks."""

from __future__ import annotations

from typing import NamedTuple

from netctl.model.intent import Family, Neighbour
from netctl.model.network import AccessLine, Device, Site
from netctl.services.routing.addresses import Ends, Lan, Pools, loopback
from netctl.services.routing.filters import NETWORK, OWN_SITE, site_list_name

FAMILIES: tuple[Family, Family] = (4, 6)

# Traffic of a site prefers the line of position 1 in both directions: the core prefers what it hears on that line, and
# so does the CE. The preference travels on in iBGP, so every core, and the mate, agree. 100 is BGP's own default and
# stays below both: a route without a preference of ours never wins by accident.
PREFERENCE = {1: 200, 2: 150}


class Edge(NamedTuple):
    """One CE router and what its sessions rest on."""

    device: Device
    mate: Device
    line: AccessLine
    lan: Lan
    link: Ends
    network_asn: int
    site_asn: int


def ce_sessions(edge: Edge) -> tuple[Neighbour, ...]:
    """The sessions of a CE router: with its core and its mate, in every family the site has."""
    device, mate, line, lan, link, network_asn, site_asn = edge
    preference, secret = PREFERENCE[line.position], device.settings.session_secret
    mate_host = 1 + mate.position
    mate_secret = (device if device.position == 1 else mate).settings.session_secret
    core_address, mate_address = _by_family(link.near), _by_family(lan.each(mate_host))
    access = tuple(
        Neighbour(
            core_address[family],
            family,
            network_asn,
            "access",
            line.core,
            NETWORK[family],
            OWN_SITE[family],
            import_preference=preference,
            secret=secret,
        )
        for family in core_address
    )
    return access + tuple(
        Neighbour(
            mate_address[family],
            family,
            site_asn,
            "mate",
            mate.name,
            NETWORK[family],
            NETWORK[family],
            next_hop_self=True,
            secret=mate_secret,
        )
        for family in mate_address
    )


def _by_family(addresses: tuple[str, ...]) -> dict[Family, str]:
    """The addresses (IPv6, IPv4) or (IPv6,) by family, IPv4 first."""
    v6, *v4 = addresses
    return {4: v4[0], 6: v6} if v4 else {6: v6}


def core_sessions_for(line: AccessLine, site: Site, site_asn: int, secret: str, link: Ends) -> tuple[Neighbour, ...]:
    """A core's sessions with one CE router, in every family the site has."""
    address = _by_family(link.far)
    return tuple(
        Neighbour(
            address[family],
            family,
            site_asn,
            "access",
            line.ce,
            site_list_name(site.id, family),
            NETWORK[family],
            import_preference=PREFERENCE[line.position],
            secret=secret,
        )
        for family in address
    )


def mesh_sessions(pool: Pools, device: Device, backbone: tuple[Device, ...], asn: int) -> tuple[Neighbour, ...]:
    """A backbone router's sessions with every other one, loopback to loopback, in both families.

    No BFD: these sessions ride on the IGP, which has its own on every link.
    """
    sessions = []
    for far in backbone:
        if far.name == device.name:
            continue
        v6, v4 = loopback(pool, far.role, far.number)
        address: dict[Family, str] = {4: v4, 6: v6}
        secret = min(device, far, key=_seniority).settings.session_secret
        sessions += [
            Neighbour(
                address[family],
                family,
                asn,
                "mesh",
                far.name,
                NETWORK[family],
                NETWORK[family],
                update_source="lo",
                bfd=False,
                next_hop_self=device.role == "core",
                secret=secret,
            )
            for family in FAMILIES
        ]
    return tuple(sessions)


def _seniority(device: Device) -> tuple[bool, int]:
    """Both ends of a session must name one secret: the one of the core, or of the lower number, counts."""
    return device.role != "core", device.number

"""What the names of a command mean: routers, name servers, and zones of views."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import NamedTuple

from netctl.control.dns.names import Intended, Names, ViewZone, zone_name
from netctl.errors import UnknownDevice, UsageError
from netctl.model.network import Network


class Scope(NamedTuple):
    """What a plan is about."""

    routers: tuple[str, ...]
    servers: tuple[str, ...]
    zones: tuple[Intended, ...]


def routers_by_name(network: Network) -> dict[str, set[str]]:
    """The routers that each name means: a router's own, a site's, a centre's, an organisation's."""
    known: dict[str, set[str]] = {name: {name} for name in network.devices}
    for group in network.groups.values():
        known.setdefault(group.id, set()).update(group.members)
    for site in network.sites.values():
        known.setdefault(site.organisation, set()).update(site.devices)
    return known


def choose(network: Network, names: Collection[str]) -> list[str]:
    """The routers that `names` mean; all without names. Raises `UnknownDevice` with what might have been meant."""
    if not names:
        return list(network.devices)
    known = routers_by_name(network)
    chosen: set[str] = set()
    for name in names:
        if name not in known:
            raise _unknown(name, known, "router, site, centre or organisation")
        chosen |= known[name]
    return [name for name in network.devices if name in chosen]


def speaks_of_names(network: Network, names: Collection[str]) -> bool:
    """Whether a plan for `names` may be about name servers or zones: not where all of them are routers' alone."""
    owners = {site.organisation for site in network.sites.values()}
    known = routers_by_name(network).keys() - owners
    return not names or not known.issuperset(names)


def scope(network: Network, found: Names, names: Collection[str], catalogs: Mapping[ViewZone, Intended]) -> Scope:
    """What `names` mean; all that netctl configures without names. Raises `UnknownDevice` or `UsageError`.

    `catalogs` are zones like others, of nobody's.
    """
    managed = [name for name, server in found.declared.servers.items() if server.management_address]
    zones = {**found.zones, **catalogs}
    if not names:
        return Scope(tuple(network.devices), tuple(managed), tuple(zones.values()))
    known = routers_by_name(network)
    owners = {each.zone.organisation for each in zones.values()} - {""}
    routers: set[str] = set()
    servers: set[str] = set()
    wanted: set[ViewZone] = set()
    for name in names:
        routers |= known.get(name, set())
        if name in managed:
            servers.add(name)
        elif name in owners:
            wanted |= {key for key, each in zones.items() if each.zone.organisation == name}
        elif name not in known:
            wanted |= _zones(Names(found.declared, zones), name, [*known, *managed, *owners])
    return Scope(
        tuple(name for name in network.devices if name in routers),
        tuple(name for name in managed if name in servers),
        tuple(each for key, each in zones.items() if key in wanted),
    )


def _zones(found: Names, asked: str, others: Collection[str]) -> set[ViewZone]:
    """The zone of this name, or of this prefix, in every view."""
    if asked in found.declared.servers:
        hint = "say `management: ADDRESS` in dns/servers.yaml where netctl shall configure it"
        raise UnknownDevice(f"netctl does not configure name server {asked}", hint=hint)
    if "." not in asked and "/" not in asked:
        raise _unknown(asked, others, "router, site, centre, organisation, name server or zone")
    try:
        name = zone_name(found, asked)
    except UsageError as error:
        raise UnknownDevice(error.message, hint=error.hint) from error
    return {key for key in found.zones if key[1] == name}


def _unknown(name: str, known: Collection[str], kinds: str) -> UnknownDevice:
    close = difflib.get_close_matches(name, known, n=1)
    return UnknownDevice(
        f"the network declares no {kinds} {name!r}", hint=f"did you mean {close[0]!r}?" if close else ""
    )

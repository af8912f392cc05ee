"""What is declared of names, and the network itself → every zone of every view as it must be."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.model.dns import View
from netctl.model.network import Network
from netctl.services.dns.apex import lay_apex, lay_delegations
from netctl.services.dns.declared import DeclaredDns, DeclaredZone
from netctl.services.dns.hosts import HostAddress, router_hosts, server_hosts, service_hosts
from netctl.services.dns.intended import Draft, Intended
from netctl.services.dns.pointers import lay_pointers
from netctl.zones import names
from netctl.zones.data import Name

ViewZone = tuple[str, str]
"""A view's name, and a zone's name with its final dot."""


def derive(declared: DeclaredDns, network: Network) -> dict[ViewZone, Intended]:
    """Every zone of every view, views in their order, zones by name."""
    routers = list(router_hosts(network, declared.domain))
    services = list(service_hosts(network, declared.domain))
    found: dict[ViewZone, Intended] = {}
    for view in declared.views.values():
        drafts = _drafts(declared, view, routers, services)
        for draft in sorted(drafts.values(), key=lambda each: names.order(each.zone.origin)):
            found[view.name, draft.zone.name] = draft.finish()
    return found


def _drafts(
    declared: DeclaredDns, view: View, routers: Iterable[HostAddress], services: Iterable[HostAddress]
) -> dict[Name, Draft]:
    """The zones of one view. A closed one shows what is declared for it and who serves it, nothing else."""
    drafts = {zone.origin: _declared(zone, view) for zone in declared.zones if view.name in zone.views}
    _lay_hosts(drafts, server_hosts(each for each in declared.servers.values() if view.name in each.views))
    if not view.closed:
        _lay_hosts(drafts, routers)
        _lay_services(drafts, services)
    for draft in drafts.values():
        lay_apex(draft, declared)
    lay_pointers(drafts, {host.owner for host in services}, declared.holders)
    lay_delegations(drafts)  # after pointers: glue repeats addresses of other zones
    return drafts


def _declared(zone: DeclaredZone, view: View) -> Draft:
    """What a person declared of a zone for one view."""
    by_default = view.name in zone.default_views
    draft = Draft(view.name, zone, with_bulk=by_default)
    for each in zone.records:
        if view.name in each.views if each.views is not None else by_default:
            for rdata, origin in zip(each.rdatas, each.origins, strict=True):
                draft.add(each.owner, each.type, rdata, origin, each.ttl if each.ttl is not None else zone.ttl)
    return draft


def _lay_hosts(drafts: dict[Name, Draft], hosts: Iterable[HostAddress]) -> None:
    """Each address in the longest zone that holds its name; a name in no zone is nobody's to serve."""
    known: dict[Name, Draft | None] = {}
    for host in hosts:
        above = names.parent(host.owner)
        if above not in known:
            known[above] = holder(drafts, above)
        draft = drafts.get(host.owner) or known[above]
        if draft is not None:
            draft.add(host.owner, host.type, host.packed, host.origin)


def _lay_services(drafts: dict[Name, Draft], hosts: Iterable[HostAddress]) -> None:
    """Names of services, unless a person said something of the same name."""
    taken = {owner for draft in drafts.values() for owner, _ in (*draft.sets, *draft.bulk)}
    _lay_hosts(drafts, (host for host in hosts if host.owner not in taken))


def holder(drafts: dict[Name, Draft], name: Name) -> Draft | None:
    """The zone of one view that holds a name: the longest that matches."""
    while (found := drafts.get(name)) is None and name != names.ROOT:
        name = names.parent(name)
    return found

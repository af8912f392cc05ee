"""The catalog zones that netctl keeps itself (RFC 9432): one a view whose secondaries learn their zones there."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.devices.nameserver.catalog import catalog_zone
from netctl.services.dns.declared import DeclaredDns, DeclaredZone
from netctl.services.dns.derive import ViewZone
from netctl.services.dns.intended import Intended
from netctl.services.dns.origins import Origin
from netctl.services.dns.servers import catalog_name, server_intent
from netctl.zones import names
from netctl.zones.data import Key, Name

_DECLARED = Origin("dns/servers.yaml", 0, "the zones of the view")


def catalogs(declared: DeclaredDns, writer: str = "") -> dict[ViewZone, Intended]:
    """The catalog of each view, where netctl configures the primary that holds it; nobody declares them.

    `writer` is the primary that takes updates, "" for the main one of each view.
    """
    origin = names.wire(catalog_name(declared.domain))
    found: dict[ViewZone, Intended] = {}
    for view in _views(declared, writer):
        members = {zone.origin: zone for zone in declared.zones if view in zone.views}
        data = catalog_zone(origin, members)
        came: dict[Key, tuple[Origin, ...]] = {}
        for key, rrset in data.rrsets.items():
            member = members.get(rrset.rdatas[0])
            came[key] = (_DECLARED if member is None else member.source._replace(derived=f"zone {member.name}"),)
        found[view, names.text(origin)] = Intended(view, _zone(origin, view), data, came, ())
    return found


def _zone(origin: Name, view: str) -> DeclaredZone:
    """The catalog as if somebody had declared it."""
    return DeclaredZone(
        origin=origin,
        name=names.text(origin),
        kind="forward",
        organisation="",
        views=(view,),
        default_views=(view,),
        ttl=0,
        servers=(),
        dnssec=False,
        ds=(),
        prefix="",
        delegations=(),
        records=(),
        bulk=None,
        bulk_file="",
        source=_DECLARED,
    )


def _views(declared: DeclaredDns, writer: str) -> Iterator[str]:
    """The views whose catalog a primary of ours writes."""
    for name, server in declared.servers.items():
        if server.role != "primary" or not server.management_address:
            continue
        for view in server_intent(declared, name, writer).views:
            if view.catalog and view.update_key:
                yield view.name

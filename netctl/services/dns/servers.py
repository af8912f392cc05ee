"""What `dns/` declares of servers, keys, views and zones → what each name server must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netctl.errors import NotWritable
from netctl.model.dns import NameServer, Purpose, SigningPolicy, View
from netctl.model.serving import Peer, ServedView, ServedZone, ServerIntent, ServingKey, StartOfAuthority
from netctl.services.dns.declared import DeclaredDns, DeclaredZone
from netctl.zones import names
from netctl.zones.data import Name
from netctl.zones.records import rdata_text

_DS = 43
_UNDERSTAND_CATALOGS = frozenset({"bind", "knot"})  # NSD 4.6 has its zones in its own configuration
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def server_intents(declared: DeclaredDns, writer: str = "") -> dict[str, ServerIntent]:
    """Every server by name. `writer` is the primary that takes updates, "" for the main one of each view.

    Raises `NotWritable` where a server cannot be what is declared: a view without a key to copy or change its zones, or
    several views on software that serves one.
    """
    return {name: server_intent(declared, name, writer) for name in declared.servers}


def server_intent(declared: DeclaredDns, name: str, writer: str = "") -> ServerIntent:
    """One server; see `server_intents`."""
    server = declared.servers[name]
    if server.software != "bind" and len(server.views) > 1:
        raise NotWritable(
            f"{server.software} serves one view, and {', '.join(server.views)} are declared",
            where=f"{server.source.file}:{server.source.line}",
            hint="say one of them in `views:` of this server",
        )
    writes = server.role == "primary" and server.name in _writers(declared, server, writer)
    views = tuple(_view(declared, server, declared.views[view], writer) for view in server.views)
    used = frozenset(key for view in views for key in _keys_of(view, server))
    keys = tuple(
        ServingKey(key.name.rstrip("."), key.algorithm, key.secret)
        for key in declared.keys.values()
        if key.name.rstrip(".") in used
    )
    v6 = tuple(address for address in server.addresses if ":" in address)
    v4 = tuple(address for address in server.addresses if ":" not in address)
    authority = _authority(declared, server, writer)
    return ServerIntent(
        server.name, server.host, server.software, server.role, writes, v6, v4, server.port, keys, views, authority,
        declared.policy.ttl, _signing(declared, views),
    )  # fmt: skip


def catalog_name(domain: Name) -> str:
    """The catalog zone of a network's views, without its final dot. Servers alone may ask for it."""
    return f"catalog.{names.text(domain)}".rstrip(".")


def _writers(declared: DeclaredDns, server: NameServer, writer: str) -> Iterator[str]:
    """Who takes updates of the views of a server."""
    for view in server.views:
        yield _writer(declared, view, writer)


def _writer(declared: DeclaredDns, view: str, writer: str) -> str:
    found = [each.name for each in declared.primaries(view)]
    return writer if writer in found else found[0] if found else ""


def _view(declared: DeclaredDns, server: NameServer, view: View, writer: str) -> ServedView:
    primaries = declared.primaries(view.name)
    source = _writer(declared, view.name, writer)
    resolver = server.role == "resolver"
    primary = server.role == "primary"
    takes_updates = primary and server.name == source
    from_servers = (*primaries, *declared.secondaries(view.name)) if resolver else _sources(server, primaries, source)
    copying = (*primaries, *declared.secondaries(view.name)) if primary else ()
    others = (key for each in declared.views.values() if each.name != view.name for key in each.keys)
    zones = {zone.origin: zone for zone in declared.zones if view.name in zone.views}
    return ServedView(
        name=view.name,
        keys=tuple(key.rstrip(".") for key in view.keys),
        foreign_keys=tuple(dict.fromkeys(key.rstrip(".") for key in others if key not in view.keys)),
        clients=view.clients,
        transfer_key="" if resolver else _required(declared, server, view, "transfer"),
        update_key=_required(declared, server, view, "update") if takes_updates else "",
        notify_key="" if resolver else _key(declared, view, "notify"),
        sources=tuple(_peer(each) for each in from_servers if each.name != server.name),
        copies=tuple(_peer(each) for each in copying if each.name not in {server.name, source}),
        zones=tuple(_zone(zone, _above(zones, zone)) for zone in zones.values()),
        catalog=_catalog(declared, server, view),
    )


def _sources(server: NameServer, primaries: tuple[NameServer, ...], writer: str) -> tuple[NameServer, ...]:
    """Where zones are copied from: a primary that does not write copies the one that does, secondaries any of them."""
    if server.role == "primary":
        return tuple(each for each in primaries if each.name == writer)
    return tuple(sorted(primaries, key=lambda each: each.name != writer))


def _catalog(declared: DeclaredDns, server: NameServer, view: View) -> str:
    """Primaries hold the catalog where a secondary takes its zones from it; that secondary interprets it."""
    if server.role == "resolver" or (server.role == "secondary" and server.software not in _UNDERSTAND_CATALOGS):
        return ""
    readers = [each for each in declared.secondaries(view.name) if each.software in _UNDERSTAND_CATALOGS]
    return catalog_name(declared.domain) if readers else ""


def _peer(server: NameServer) -> Peer:
    return Peer(server.name, server.addresses, server.port)


def _zone(zone: DeclaredZone, above: DeclaredZone | None) -> ServedZone:
    name = zone.name.rstrip(".") or "."
    # A name of RFC 2317 holds a slash; what stands for it cannot be in the name of another zone.
    file = "".join(sign if sign in _PLAIN else f"%{ord(sign):02x}" for sign in name)
    # Whoever validates follows the DS from the zone above; only where none can stand there, a resolver is told it.
    led_to = above is not None and above.dnssec
    anchors = () if led_to else tuple(rdata_text(_DS, data) for data in zone.ds)
    return ServedZone(name, file, zone.dnssec, anchors, zone.signing, above is not None)


def _above(zones: Mapping[Name, DeclaredZone], zone: DeclaredZone) -> DeclaredZone | None:
    """The zone that a zone is cut out of in a view, where that is one of the network's."""
    name = zone.origin
    while name != names.ROOT:
        name = names.parent(name)
        if name in zones:
            return zones[name]
    return None


def _signing(declared: DeclaredDns, views: tuple[ServedView, ...]) -> tuple[SigningPolicy, ...]:
    """How a server signs what it writes, by name."""
    used = {zone.policy for view in views if view.update_key for zone in view.zones}
    return tuple(policy for name, policy in sorted(declared.policy.signing.items()) if name in used)


def _keys_of(view: ServedView, server: NameServer) -> tuple[str, ...]:
    """The keys a server has to know for a view; those of other views only where it must tell views apart."""
    told_apart = (*view.keys, *view.foreign_keys) if server.software == "bind" else ()
    return (*told_apart, view.transfer_key, view.update_key, view.notify_key)


def _required(declared: DeclaredDns, server: NameServer, view: View, purpose: Purpose) -> str:
    found = _key(declared, view, purpose)
    if not found:
        raise NotWritable(
            f"view {view.name} has no key of purpose {purpose}, which {server.name} needs",
            where=f"{server.source.file}:{server.source.line}",
            hint="declare one under `keys:` in dns/servers.yaml",
        )
    return found


def _key(declared: DeclaredDns, view: View, purpose: Purpose) -> str:
    """The key for a purpose, without its final dot: one the view names, its `view` key, or one no view names."""
    found = declared.key_for(view.name, purpose)
    return found.name.rstrip(".") if found else ""


def _authority(declared: DeclaredDns, server: NameServer, writer: str) -> StartOfAuthority:
    timers = declared.policy.timers
    first = _writer(declared, server.views[0], writer) if server.views else ""
    primary = declared.servers[first].host if first else server.host
    mailbox = names.text(timers.mailbox)
    return StartOfAuthority(primary, mailbox, timers.refresh, timers.retry, timers.expire, timers.minimum)

"""Zone documents → declared zones: names and data on the wire, each record with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from netctl.errors import BulkZoneInvalid
from netctl.inventory.findings import Problem
from netctl.model.dns import NameServer, View
from netctl.services.dns import bulk, codes
from netctl.services.dns.declared import DeclaredZone, Policy
from netctl.services.dns.documents import ZoneDocument
from netctl.services.dns.origins import Origin
from netctl.services.dns.reading import FOLDER, POLICY
from netctl.services.dns.recordsets import RecordReader
from netctl.services.dns.resolve import Resolver
from netctl.services.dns.reverse import NoCut, is_reverse, parent_of_classless, zone_of_prefix
from netctl.services.dns.signing import LEAVING, policy_name
from netctl.zones import names
from netctl.zones.data import Name, ZoneData


class _Surroundings(NamedTuple):
    """What every zone's meaning depends on."""

    resolver: Resolver
    servers: Mapping[str, NameServer]
    views: Mapping[str, View]
    policy: Policy


def zones(
    resolver: Resolver, servers: Mapping[str, NameServer], views: Mapping[str, View], policy: Policy
) -> Iterator[DeclaredZone]:
    """Every zone that can be told; what is wrong is reported to `resolver`."""
    around = _Surroundings(resolver, servers, views, policy)
    for file, body in resolver.reading.zones.items():
        made = _zone(around, file, body)
        if made is not None:
            yield made


def _zone(around: _Surroundings, file: str, body: ZoneDocument) -> DeclaredZone | None:
    resolver = around.resolver
    resolver.known([body.organisation], resolver.network.organisations, "organisation", file, ("organisation",))
    resolver.known(body.views, around.views, "view", file, ("views",))
    cut = _cut(resolver, file, body)
    if cut is None:
        return None
    origin, prefix = cut
    seen, default = _views(around, body)
    ttl = around.policy.ttl if body.ttl is None else body.ttl
    reverse, reader = is_reverse(origin), RecordReader(resolver, file, origin, seen)
    signing = _signing(around, file, body)
    return DeclaredZone(
        origin=origin,
        name=names.text(origin),
        kind="reverse" if reverse else "forward",
        organisation=body.organisation or "",
        views=seen,
        default_views=default,
        ttl=ttl,
        servers=_servers(around, file, body, seen, reverse=reverse),
        dnssec=signing not in {"", LEAVING},
        ds=tuple(reader.ds(body)),
        prefix=prefix,
        delegations=tuple(resolver.delegations(body.delegate, origin, file, ("delegate",))),
        records=tuple(reader.records(body)),
        bulk=_bulk(resolver, file, body, origin, ttl),
        bulk_file=f"{FOLDER}/{body.file}" if body.file else "",
        source=Origin(file, ("zone",) if body.zone else ("prefix",)),
        signing=signing,
    )


def _signing(around: _Surroundings, file: str, body: ZoneDocument) -> str:
    """The policy by which a zone is signed, the zone's own word before that of all."""
    problems, known = around.resolver.problems, around.policy.signing
    if body.dnssec is not None:
        return policy_name(known, file, problems.append, said=body.dnssec)
    by_default = around.resolver.reading.policy.dnssec or False
    found: list[Problem] = []
    name = policy_name(known, POLICY, found.append, said=by_default)
    problems += [each for each in found if each not in problems]  # once, however many zones it holds for
    return name


def _cut(resolver: Resolver, file: str, body: ZoneDocument) -> tuple[Name, str] | None:
    """The zone's name, and its prefix where it is a classless one; None after reporting why not."""
    if body.prefix is None:
        if body.zone is None and not any(
            each.file == file and each.at == ("zone",) for each in resolver.reading.problems
        ):
            hint = "say `zone: NAME`, or `prefix: PREFIX` for a reverse zone"
            resolver.report("NETCTL-E0108", file, (), "zone", "key 'zone' is missing", hint)
        named = resolver.name(body.zone, file, ("zone",))
        return None if named is None else (named, "")
    try:
        cut, classless = zone_of_prefix(body.prefix)
    except NoCut as error:
        resolver.report(codes.NO_CUT, file, ("prefix",), body.prefix, str(error), error.hint)
        return None
    if body.zone is None:
        return cut, classless
    named = resolver.name(body.zone, file, ("zone",))
    if named is not None and (problem := _misnamed(named, cut, classless)):
        resolver.report(codes.NO_CUT, file, ("zone",), body.zone, *problem)
        return None
    return None if named is None else (named, classless)


def _misnamed(named: Name, cut: Name, classless: str) -> tuple[str, str] | None:
    """Message and hint where a zone with a prefix has a name that the prefix does not allow."""
    if not classless and named != cut:
        return f"the prefix is {names.text(cut)}, not {names.text(named)}", "leave `zone` out: it follows"
    if classless and names.parent(named) != parent_of_classless(classless):
        message = f"{names.text(named)} is not one label below {names.text(parent_of_classless(classless))}"
        return message, f"such as {names.text(cut)} (RFC 2317)"
    return None


def _views(around: _Surroundings, body: ZoneDocument) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The views a zone is seen in, and those its records are in that do not say."""
    opened = tuple(view.name for view in around.views.values() if not view.closed)
    if body.views is None:
        return opened, opened
    seen = tuple(view for view in around.views if view in body.views)
    return seen, tuple(view for view in seen if view in opened) or seen


def _servers(
    around: _Surroundings, file: str, body: ZoneDocument, views: Iterable[str], *, reverse: bool
) -> tuple[str, ...]:
    """The servers in a zone's NS records; reports a view that nobody serves or nobody can write to."""
    resolver, sets = around.resolver, around.resolver.reading.policy.servers
    resolver.known(body.servers, resolver.reading.servers.servers or {}, "server", file, ("servers",))
    chosen = body.servers or (reverse and sets.reverse) or sets.forward or []
    found = [around.servers[each] for each in chosen if each in around.servers]
    for server in found:
        if server.role == "resolver":
            message = f"{server.name} is a resolver: it answers for no zone"
            resolver.report(
                codes.NOT_SERVED, file, ("servers",), server.name, message, "name primaries and secondaries"
            )
    for view in views if len(found) == len(chosen) else ():
        if not any(view in server.views for server in found):
            message = f"none of {', '.join(chosen)} serves view {view!r}"
            hint = "add a server that does, or take the zone out of the view"
            resolver.report(codes.NOT_SERVED, file, ("servers",), view, message, hint)
        if not any(each.role == "primary" and view in each.views for each in around.servers.values()):
            message = f"view {view!r} has no primary: nothing can be written there"
            resolver.report(codes.NOT_SERVED, file, ("views",), view, message, "declare one in dns/servers.yaml")
    return tuple(server.name for server in found)


def _bulk(resolver: Resolver, file: str, body: ZoneDocument, origin: Name, ttl: int) -> ZoneData | None:
    if body.file is None:
        return None
    name = f"{FOLDER}/{body.file}"
    try:
        found = bulk.read(Path(resolver.network.root), name, origin, ttl)
    except BulkZoneInvalid as error:
        for flaw in error.findings:
            resolver.problems.append(Problem(error.code, name, (flaw.line or 1, 1), "", flaw.message))
        return None
    except bulk.Unusable as error:
        resolver.report(codes.BULK_INVALID, file, ("file",), body.file, str(error), error.hint)
        return None
    resolver.places.add(name, found.lines)
    return found.data

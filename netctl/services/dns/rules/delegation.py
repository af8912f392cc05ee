"""Cuts: glue, the same servers on both sides, DS of zones that are signed (RFC 1034 section 4.2, RFC 4035)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from netctl.services.dns.rules.sight import AAAA, DS, NS, A, Rule, RuleFinding, Sight, ZoneSight
from netctl.zones import names
from netctl.zones.data import SOA, Name

GLUE, SERVERS, BELOW = "DNS-GLUE-MISSING", "DNS-DELEGATION-SERVERS", "DNS-BELOW-CUT"
DS_NOWHERE, DS_UNSIGNED, DS_MISSING = "DNS-DS-NOWHERE", "DNS-DS-UNSIGNED", "DNS-DS-MISSING"
APEX, SINGLE = "DNS-NS-NONE", "DNS-NS-SINGLE"

RULES: Mapping[str, Rule] = MappingProxyType({
    GLUE: Rule("error", "a server below the cut it serves has no address in the zone above"),
    SERVERS: Rule("error", "a zone and the zone above name different servers"),
    BELOW: Rule("warning", "a record below a cut, which nobody is told"),
    DS_NOWHERE: Rule("error", "a DS where nothing is delegated"),
    DS_UNSIGNED: Rule("error", "a DS for a zone that is not signed: validating resolvers refuse all of it"),
    DS_MISSING: Rule("warning", "a signed zone without a DS in the signed zone above"),
    APEX: Rule("error", "a zone without a server"),
    SINGLE: Rule("warning", "a zone with one server only (RFC 2182 section 5)"),
})  # fmt: skip

_MAY_BE_BELOW = frozenset({A, AAAA})


def check(sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """The zone's own servers, every cut, every DS, every name below a cut."""
    yield from _apex(zone)
    yield from _anchored(zone)
    for cut in zone.cuts:
        yield from _glue(zone, cut)
        below = sight.zones.get(cut)
        if below is not None:
            yield from _both_sides(zone, below, cut)
    for owner, kind, _ in zone.sets(DS):
        if owner not in zone.cuts:
            yield zone.finding(DS_NOWHERE, "error", (owner, kind), f"nothing is delegated at {names.text(owner)}")
    if zone.cuts:
        yield from _below(zone)


def _apex(zone: ZoneSight) -> Iterator[RuleFinding]:
    servers = zone.rrsets.get((zone.origin, NS))
    if servers is None:
        yield zone.finding(APEX, "error", (zone.origin, SOA), "no server is declared for the zone in this view")
    elif len(servers.rdatas) == 1:
        message = f"{names.text(servers.rdatas[0])} is its only server"
        yield zone.finding(SINGLE, "warning", (zone.origin, NS), message)


def _anchored(zone: ZoneSight) -> Iterator[RuleFinding]:
    """A DS that is declared of an unsigned zone breaks it wherever it is told: above, or in resolvers."""
    declared = zone.intended.zone
    if declared.ds and not declared.dnssec:
        message = f"{declared.name} is not signed, and `ds` of its file says it is"
        yield zone.finding(DS_UNSIGNED, "error", (zone.origin, SOA), message, "take its `ds` away first")


def _glue(zone: ZoneSight, cut: Name) -> Iterator[RuleFinding]:
    for target in zone.rrsets[cut, NS].rdatas:
        if names.is_under(target, cut) and not {(target, A), (target, AAAA)} & zone.rrsets.keys():
            message = f"{names.text(target)} serves {names.text(cut)} and has no address here"
            yield zone.finding(GLUE, "error", (cut, NS), message, "declare its address in the zone below")


def _both_sides(zone: ZoneSight, below: ZoneSight, cut: Name) -> Iterator[RuleFinding]:
    above, own = zone.rrsets[cut, NS].rdatas, below.rrsets.get((cut, NS))
    if own is not None and set(own.rdatas) != set(above):
        differ = ", ".join(names.text(each) for each in sorted(set(own.rdatas) ^ set(above)))
        yield zone.finding(SERVERS, "error", (cut, NS), f"the zone itself says otherwise of {differ}")
    signed, known = below.intended.zone.dnssec, (cut, DS) in zone.rrsets
    if known and not signed and not below.intended.zone.ds:  # else the zone below is told so itself
        message = f"{names.text(cut)} is not signed"
        yield zone.finding(DS_UNSIGNED, "error", (cut, DS), message, "take its DS away first")
    if signed and not known and zone.intended.zone.dnssec:
        message = f"{names.text(cut)} is signed, and nothing here says so"
        yield zone.finding(DS_MISSING, "warning", (cut, NS), message, "put its server's DS into `ds` of its file")


def _below(zone: ZoneSight) -> Iterator[RuleFinding]:
    """Records at or below a cut: but for NS and DS at the cut, and addresses, nobody ever asks for them here."""
    above: dict[Name, Name | None] = {}
    for owner, kind in zone.rrsets:
        if kind in _MAY_BE_BELOW or owner == zone.origin:
            continue
        if owner not in above:
            above[owner] = zone.cut_above(owner)
        cut = above[owner]
        if cut is not None and not (owner == cut and kind in {NS, DS}):
            message = f"{names.text(cut)} is delegated: what is at or below it is its servers' to say"
            yield zone.finding(BELOW, "warning", (owner, kind), message)

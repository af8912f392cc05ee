"""Addresses and names that answer for each other (RFC 1912 section 2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from netctl.services.dns.rules.sight import AAAA, PTR, A, Rule, RuleFinding, Sight, ZoneSight
from netctl.zones import names
from netctl.zones.records import rdata_text

MISSING, NOWHERE, SEVERAL = "DNS-PTR-MISSING", "DNS-PTR-NOWHERE", "DNS-PTR-SEVERAL"
FOREIGN = "DNS-ADDRESS-FOREIGN"

RULES: Mapping[str, Rule] = MappingProxyType({
    MISSING: Rule("warning", "an address without a PTR"),
    NOWHERE: Rule("warning", "a PTR to a name of this network that does not have the address"),
    SEVERAL: Rule("info", "an address with several PTRs"),
    FOREIGN: Rule("warning", "an organisation's name at an address of another one's site"),
})  # fmt: skip

_WILDCARD = b"\x01*"


def check(sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every address of the zone, or every PTR of a reverse zone. A closed view need not answer for addresses."""
    if not sight.view.closed:
        yield from _addresses(sight, zone)
    if zone.intended.zone.organisation:
        yield from _foreign(sight, zone)
    for owner, kind, rrset in zone.sets(PTR):
        if len(rrset.rdatas) > 1:
            message = f"{len(rrset.rdatas)} PTRs; programs take any one of them"
            yield zone.finding(SEVERAL, "info", (owner, kind), message)
        if zone.intended.zone.kind == "reverse":
            yield from _pointer(sight, zone, owner, rrset.rdatas)


def _addresses(sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    for owner, kind, rrset in zone.sets(A, AAAA):
        if owner.startswith(_WILDCARD) or zone.cut_above(owner) is not None:
            continue
        for packed in rrset.rdatas:
            place = sight.reverse.place(packed)
            if place is not None and (place[1], PTR) in sight.zones[place[0]].rrsets:
                continue
            message = f"{rdata_text(kind, packed)} has no PTR"
            if place is None:
                hint = "declare its reverse zone: `prefix: PREFIX`"
            else:
                hint = f"zone {names.text(place[0])} is served by others, or delegates it"
            yield zone.finding(MISSING, "warning", (owner, kind), message, hint)


def _foreign(sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    own = zone.intended.zone.organisation
    for owner, kind, rrset in zone.sets(A, AAAA):
        if zone.intended.origin_of((owner, kind)).derived:
            continue
        for packed in rrset.rdatas:
            holder = sight.holders.of(packed)
            if holder not in {"", own}:
                message = f"{rdata_text(kind, packed)} is at a site of {holder}"
                yield zone.finding(FOREIGN, "warning", (owner, kind), message, "ask whose it is; it has no PTR to here")


def _pointer(sight: Sight, zone: ZoneSight, owner: bytes, targets: tuple[bytes, ...]) -> Iterator[RuleFinding]:
    """The targets of one PTR that do not lead back to it."""
    for target in targets:
        if sight.standing(target) == "elsewhere":
            continue
        for kind in (A, AAAA):
            found = sight.rrset(target, kind)
            if found is not None and any(_leads_back(sight, packed, owner) for packed in found.rdatas):
                break
        else:
            message = f"{names.text(target)} does not have this address"
            yield zone.finding(NOWHERE, "warning", (owner, PTR), message, "PTRs are derived: leave this one out")


def _leads_back(sight: Sight, packed: bytes, owner: bytes) -> bool:
    place = sight.reverse.place(packed)
    return place is not None and place[1] == owner

"""CNAME records: alone at their name, leading somewhere, at once (RFC 1034 section 3.6.2, RFC 2181 section 10.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from netctl.services.dns.rules.sight import CNAME, Rule, RuleFinding, Sight, ZoneSight
from netctl.zones import names
from netctl.zones.data import Name

BESIDE, LOOP, CHAIN, NOWHERE = "DNS-CNAME-BESIDE", "DNS-CNAME-LOOP", "DNS-CNAME-CHAIN", "DNS-CNAME-NOWHERE"

_MOST = 16  # no resolver follows more; without a bound, one long chain would make the rule quadratic

RULES: Mapping[str, Rule] = MappingProxyType({
    BESIDE: Rule("error", "a CNAME stands beside other data, or beside another CNAME"),
    LOOP: Rule("error", "CNAMEs lead in a circle"),
    CHAIN: Rule("warning", "a CNAME leads to a CNAME"),
    NOWHERE: Rule("error", "a CNAME leads to a name of this network that is not there"),
})  # fmt: skip


def check(sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every CNAME of the zone."""
    for owner, kind, rrset in zone.sets(CNAME):
        key, count = (owner, kind), len(rrset.rdatas)
        if count > 1:
            yield zone.finding(BESIDE, "error", key, f"{count} CNAMEs: a name is an alias of one other")
        if len(zone.names[owner]) > 1:
            message = "a CNAME stands beside other data: servers drop one of them"
            yield zone.finding(BESIDE, "error", key, message, "name the records there, or the alias, otherwise")
        yield from _leads(sight, zone, owner, rrset.rdatas[0])


def _leads(sight: Sight, zone: ZoneSight, owner: Name, target: Name) -> Iterator[RuleFinding]:
    """Where an alias ends, followed as a resolver does."""
    key, met, at = (owner, CNAME), {owner}, target
    while at not in met and len(met) < _MOST and (found := sight.rrset(at, CNAME)) is not None:
        met.add(at)
        at = found.rdatas[0]
    if at in met:
        yield zone.finding(LOOP, "error", key, f"{names.text(owner)} leads in a circle by {names.text(target)}")
    elif len(met) > 1:
        hint = f"point to {names.text(at)} at once"
        count = f"{len(met)} aliases" if len(met) < _MOST else f"{_MOST} aliases or more"
        yield zone.finding(CHAIN, "warning", key, f"{count} before {names.text(at)}", hint)
    derived = zone.intended.origin_of(key).derived  # into a classless zone: there is one for every address
    if not derived and target not in met and sight.standing(target) == "absent":
        yield zone.finding(NOWHERE, "error", key, f"{names.text(target)} is not there")

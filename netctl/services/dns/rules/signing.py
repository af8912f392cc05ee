"""Signed zones: what resolvers keep must end before its signatures do, and a DS must be one that can be believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from netctl.services.dns.rules.sight import DS, Rule, RuleFinding, Sight, ZoneSight
from netctl.zones import names
from netctl.zones.data import SOA
from netctl.zones.dnssec import WEAK, algorithm_text, vouchers_of

TTL, EXPIRE, WEAK_DS = "DNS-SIGNING-TTL", "DNS-SIGNING-EXPIRE", "DNS-DS-WEAK"

RULES: Mapping[str, Rule] = MappingProxyType({
    TTL: Rule("error", "a TTL greater than the signing policy's `max_ttl`: the server would not take the zone"),
    EXPIRE: Rule("info", "a secondary that is cut off serves the zone for longer than its signatures hold"),
    WEAK_DS: Rule("warning", "a DS by SHA-1, or of a key too weak to sign with (RFC 8624)"),
})  # fmt: skip

_SHA1 = 1


def check(sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """The greatest TTL of a signed zone, its SOA, every DS."""
    policy = sight.signing.get(zone.intended.zone.signing)
    if policy is not None:
        key, longest = max(zone.rrsets.items(), key=lambda item: item[1].ttl)
        if longest.ttl > policy.max_ttl:
            message = f"a TTL of {longest.ttl} s, and zones signed as {policy.name!r} have at most {policy.max_ttl} s"
            yield zone.finding(TTL, "error", key, message, "a smaller TTL, or a policy with a greater `max_ttl`")
        soa = zone.rrsets.get((zone.origin, SOA))
        expire = int.from_bytes(soa.rdatas[0][-8:-4], "big") if soa else 0
        if expire > policy.refresh:
            message = f"SOA expire is {expire} s, and {policy.refresh} s are sure to be left of a signature"
            yield zone.finding(EXPIRE, "info", (zone.origin, SOA), message, "a longer `refresh`, or a shorter `expire`")
    for owner, kind, rrset in zone.sets(DS):
        vouchers = vouchers_of(rrset)
        weak = [each for each in vouchers if each.algorithm in WEAK]
        if weak or all(each.digest == _SHA1 for each in vouchers):
            why = f"{algorithm_text(weak[0].algorithm)} is weak" if weak else "SHA-1 alone is not believed any more"
            yield zone.finding(WEAK_DS, "warning", (owner, kind), f"DS of {names.text(owner)}: {why}")

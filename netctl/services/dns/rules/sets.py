"""One RRset, one time to live (RFC 2181 section 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from netctl.services.dns.rules.sight import Rule, RuleFinding, Sight, ZoneSight
from netctl.zones.records import type_text

DIFFERS = "DNS-TTL-DIFFERS"

RULES: Mapping[str, Rule] = MappingProxyType({
    DIFFERS: Rule("warning", "records of one name and type with different TTLs; the lowest is taken"),
})  # fmt: skip


def check(_sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every RRset that was declared with more than one TTL."""
    for clash in zone.intended.clashes:
        message = f"{type_text(clash.key[1])} with TTL {clash.ttl}, and with {clash.other} elsewhere"
        yield zone.finding(DIFFERS, "warning", clash.key, message, "say one TTL for all of them")

"""Zones made at random: small ones in which owners, types and targets meet often, as property tests want them."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import strategies as st

from netctl.zones import names, records
from netctl.zones.data import SOA, Key, RRset, ZoneData
from netctl.zones.embedded import AAAA, CNAME, DNAME, MX, NS, PTR, SRV, TXT, A

ORIGIN = names.wire("rivers.gov-wan.example")
OWNERS = [names.wire(text, ORIGIN) for text in ("@", "www", "mail", "ns1", "ns2", "a.b", "b", "*", "ns3")]
WILDCARD = names.wire("*", ORIGIN)
TTLS = [60, 300, 3600]
SERIALS = [1, 10, 2**31 - 1, 2**31, 2**32 - 1]

A_FEW = {
    A: ["192.0.2.1", "192.0.2.2", "198.51.100.7"],
    AAAA: ["2001:db8::1", "2001:db8::2"],
    NS: ["ns1", "ns2", "ns3.gov-wan.example.", "ns3", "@"],
    CNAME: ["www", "elsewhere.example."],
    DNAME: ["other.example.", "b.example."],
    PTR: ["www", "mail"],
    MX: ["10 mail", "20 www", "10 mail.example."],
    TXT: ['"v=spf1 -all"', '"one" "two"', f'"{"x" * 255}"'],
    SRV: ["0 5 5060 www", "1 5 5060 mail"],
}


@cache
def data(type_: int) -> list[bytes]:
    """A few records' data of one type, canonical and in order."""
    return sorted(records.rdata(type_, text, ORIGIN) for text in A_FEW[type_])


def soa(serial: int, refresh: int = 3600, ttl: int = 300) -> RRset:
    """The SOA of a zone."""
    text = f"ns1 hostmaster {serial} {refresh} 600 86400 300"
    return RRset(ttl, (records.rdata(SOA, text, ORIGIN),))


def rrset(choose: random.Random, type_: int) -> RRset:
    """An RRset of one type; one record of types of which there is one at most."""
    most = 1 if type_ in {CNAME, DNAME} else 3
    return RRset(
        choose.choice(TTLS), tuple(sorted(choose.sample(data(type_), choose.randint(1, min(most, len(data(type_)))))))
    )


def zone(seed: int) -> ZoneData:
    """A zone with an SOA and apex NS, and no CNAME beside other data."""
    choose = random.Random(seed)
    found: dict[Key, RRset] = {(ORIGIN, SOA): soa(choose.choice(SERIALS), choose.choice([3600, 7200]))}
    found[ORIGIN, NS] = rrset(choose, NS)
    for owner in choose.sample(OWNERS, choose.randint(0, len(OWNERS))):
        alias = owner != ORIGIN and choose.random() < 0.3
        types = [CNAME] if alias else choose.sample(sorted(A_FEW.keys() - {CNAME}), choose.randint(1, 3))
        if owner == WILDCARD:
            types = [type_ for type_ in types if type_ not in {NS, DNAME}]  # BIND has none there
        found |= {(owner, type_): rrset(choose, type_) for type_ in types}
    return ZoneData(ORIGIN, found)


zones = st.builds(zone, st.integers(0, 1_000_000))

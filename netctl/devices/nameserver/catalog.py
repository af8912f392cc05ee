"""Catalog zones (RFC 9432): a zone that tells secondaries which zones to serve: a new zone is one more update.

Knot and BIND interpret catalogs; NSD 4.6 does not, and has its zones in its own configuration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from netctl.zones.data import Key, Name, RRset, ZoneData
from netctl.zones.names import is_under, labels
from netctl.zones.records import type_number

_NS, _PTR, _TXT = (type_number(each) for each in ("NS", "PTR", "TXT"))
_NOBODY = b"\x07invalid\0"  # the name server nobody asks (RFC 9432 section 4.1)
_TTL = 0  # section 4.4.1: nobody caches a catalog


def catalog_zone(origin: Name, members: Collection[Name]) -> ZoneData:
    """The catalog at `origin` with these member zones. It has no SOA of its own: the server's stays.

    A member's label is made of its name: it stays the same whatever else joins or leaves, for a secondary drops all it
    knows of a zone whose label changes (section 5.6).
    """
    rrsets: dict[Key, RRset] = {
        (origin, _NS): RRset(_TTL, (_NOBODY,)),
        (b"\x07version" + origin, _TXT): RRset(_TTL, (b"\x012",)),
    }
    for member in members:
        label = hashlib.sha256(member).hexdigest()[:32].encode()
        rrsets[b"\x20" + label + b"\x05zones" + origin, _PTR] = RRset(_TTL, (member,))
    return ZoneData(origin, rrsets)


def members_of(catalog: ZoneData) -> frozenset[Name]:
    """The zones a catalog lists; what stands elsewhere in it is none of ours."""
    zones = b"\x05zones" + catalog.origin
    depth = len(labels(zones)) + 1
    return frozenset(
        rrset.rdatas[0]
        for (owner, number), rrset in catalog.rrsets.items()
        if number == _PTR and is_under(owner, zones) and len(labels(owner)) == depth
    )

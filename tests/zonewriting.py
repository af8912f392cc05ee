"""Zones as tests write them: master lines to `ZoneData`, and the difference somebody wants."""

from __future__ import annotations

from netctl.zones.data import Key, RRset, ZoneData
from netctl.zones.names import wire
from netctl.zones.records import rdata, type_number


def key(zone: ZoneData, owner: str, type_: str) -> Key:
    """The RRset of an owner relative to the zone."""
    return wire(owner, zone.origin), type_number(type_)


def changed(zone: ZoneData, *lines: str) -> ZoneData:
    """The zone with RRsets set to what the lines say: ``owner ttl type data``, or ``-owner type`` for none at all.

    Lines of one owner and type are one RRset.
    """
    rrsets = dict(zone.rrsets)
    fresh: dict[Key, RRset] = {}
    for line in lines:
        if line.startswith("-"):
            owner, type_ = line[1:].split()
            rrsets.pop(key(zone, owner, type_))
            continue
        owner, ttl, type_, data = line.split(maxsplit=3)
        at = key(zone, owner, type_)
        held = fresh.get(at, RRset(int(ttl), ()))
        one = rdata(at[1], data, zone.origin)
        fresh[at] = RRset(int(ttl), tuple(sorted({*held.rdatas, one})))
    return ZoneData(zone.origin, rrsets | fresh)


def many(zone: ZoneData, count: int) -> ZoneData:
    """The zone with so many more hosts."""
    return changed(zone, *(f"h{each} 300 A 192.0.2.{each % 250}" for each in range(count)))

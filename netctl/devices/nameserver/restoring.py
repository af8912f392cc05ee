"""What leads a zone back to what it was before a write, from whatever state the write was left in. Pure."""

from __future__ import annotations

from netctl.store.zonepacking import Touched
from netctl.zones.data import SOA, Key, RRset, ZoneData
from netctl.zones.difference import Change, ZoneDifference, difference, without_serial

Sides = tuple[RRset | None, RRset | None]


def strangers(running: ZoneData, touched: Touched, *, whole: bool) -> list[Key]:
    """The touched RRsets that hold what the write cannot have left: somebody else's work.

    `whole` says that all of the write had been applied. Else any step between before and after may be what it left, and
    that somebody only removed a record cannot be told from a step.
    """
    return [key for key, sides in touched.items() if not _ours(key, running.rrsets.get(key), sides, whole=whole)]


def way_back(running: ZoneData, touched: Touched) -> ZoneDifference:
    """What makes every touched RRset what it was before, and leaves all others as they are.

    Where nothing is left to do, the serial alone changes: a message that is still on its way finds another SOA.
    """
    rrsets = dict(running.rrsets)
    for key, (before, _) in touched.items():
        if before is None:
            rrsets.pop(key, None)
        else:
            rrsets[key] = before
    apex = (running.origin, SOA)
    soa = running.rrsets[apex]
    back = difference(running, ZoneData(running.origin, rrsets))
    return back or ZoneDifference(running.origin, changed=(Change(apex, soa, soa),))


def _ours(key: Key, found: RRset | None, sides: Sides, *, whole: bool) -> bool:
    here, before, after = (_bare(key, each) for each in (found, *sides))
    if whole:
        return here == after
    if here is None:
        return True
    known = [side for side in (before, after) if side is not None]
    records = {data for side in known for data in side.rdatas}
    return here.ttl in {side.ttl for side in known} and records.issuperset(here.rdatas)


def _bare(key: Key, rrset: RRset | None) -> RRset | None:
    return without_serial(rrset) if rrset is not None and key[1] == SOA else rrset

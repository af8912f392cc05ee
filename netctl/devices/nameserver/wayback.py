"""The way back of a write, wherever it stopped: every RRset it touches is again as it was, whatever was applied.

It begins with a reading and guesses nothing: what is there must be what the write left or, where it stopped on its way,
something between before and after. Anything else is somebody else's, and is left for a person.
"""

from __future__ import annotations

import time

from netctl.devices.nameserver.asking import Seconds
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import fetch
from netctl.devices.nameserver.writing import prepare, send
from netctl.errors import ZoneMoved, ZoneUnknown
from netctl.store.zonepacking import Touched
from netctl.zones.data import SOA, Key, RRset, ZoneData
from netctl.zones.difference import Change, ZoneDifference, difference, without_serial
from netctl.zones.names import text
from netctl.zones.records import type_text
from netctl.zones.update import MOST_RECORDS

_TRIES = 5  # readings, where somebody else keeps writing in between


def take_back(
    place: ZonePlace,
    notes: Notes,
    token: str,
    seconds: float,
    now: Seconds = time.time,
    *,
    why: str = "",
    most_records: int = MOST_RECORDS,
) -> None:
    """Take a write back and settle it. Raises `ZoneUnknown`, or what the server or the line says: it stays open then.

    The serial rises even where nothing was applied: a message of ours that is still on its way finds another SOA.
    """
    touched = notes.touched(token)
    whole = notes.write(token).state == "applied" and not any(mark.back for mark in notes.marks(token))
    for _ in range(_TRIES):
        running = fetch(place, notes, seconds, now).data
        strangers = [key for key, sides in touched.items() if not _ours(running, key, sides, whole=whole)]
        if strangers:
            said = ", ".join(f"{text(owner)} {type_text(number)}" for owner, number in strangers[:3])
            notes.settle(token, "unknown", f"{why}; changed by somebody else: {said}".lstrip("; "))
            raise ZoneUnknown(f"not taken back: somebody else changed {said}", where=place.where)
        change = difference(running, _restored(running, touched)) or _risen(running)
        prepared = prepare(place, running, change, most_records)
        try:
            send(place, prepared.messages, notes, token, seconds, back=True, now=now)
        except ZoneMoved:
            continue
        if not difference(fetch(place, notes, seconds, now, known=running).data, prepared.after):
            notes.settle(token, "taken_back", why)
            return
    raise ZoneMoved(f"{_TRIES} times somebody else wrote in between", where=place.where)


def _ours(running: ZoneData, key: Key, sides: tuple[RRset | None, RRset | None], *, whole: bool) -> bool:
    """Whether an RRset is what the write left: all of it, or some step on its way."""
    found = running.rrsets.get(key)
    here = _bare(key, found) if found else None
    known = [_bare(key, side) for side in sides if side is not None]
    if whole or here is None:
        return here == (_bare(key, sides[1]) if sides[1] else None) or not whole
    return here.ttl in {side.ttl for side in known} and {data for side in known for data in side.rdatas}.issuperset(
        here.rdatas
    )


def _bare(key: Key, rrset: RRset) -> RRset:
    return without_serial(rrset) if key[1] == SOA else rrset


def _restored(running: ZoneData, touched: Touched) -> ZoneData:
    """The zone with every touched RRset as it was before; all others as they are now."""
    rrsets = dict(running.rrsets)
    for key, (before, _) in touched.items():
        if before is None:
            rrsets.pop(key, None)
        else:
            rrsets[key] = before
    return ZoneData(running.origin, rrsets)


def _risen(running: ZoneData) -> ZoneDifference:
    """A change of nothing but the serial."""
    apex = (running.origin, SOA)
    soa = running.rrsets[apex]
    return ZoneDifference(running.origin, changed=(Change(apex, soa, soa),))

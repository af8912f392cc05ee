"""The way back of a write, wherever it stopped: every RRset it touches is again as it was, whatever was applied.

It begins with a reading and guesses nothing: what is there must be what the write left or, where it stopped on its way,
something between before and after. Anything else is somebody else's, and is left for a person.
"""

from __future__ import annotations

import time

from netctl.devices.nameserver.asking import Seconds
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.restoring import strangers, way_back
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import fetch
from netctl.devices.nameserver.writing import prepare, send
from netctl.errors import Refused, ZoneMoved, ZoneUnknown
from netctl.zones.difference import difference
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
        theirs = strangers(running, touched, whole=whole)
        if theirs:
            said = ", ".join(f"{text(owner)} {type_text(number)}" for owner, number in theirs[:3])
            raise _for_a_person(place, notes, token, why, f"somebody else changed {said}")
        try:
            prepared = prepare(place, running, way_back(running, touched), most_records)
        except Refused as error:  # such as a CNAME of ours where somebody has put an address since
            raise _for_a_person(place, notes, token, why, error.message) from error
        try:
            send(place, prepared.messages, notes, token, seconds, back=True, now=now)
        except ZoneMoved:
            continue
        if not difference(fetch(place, notes, seconds, now, known=running).data, prepared.after):
            notes.settle(token, "taken_back", why)
            return
    raise ZoneMoved(f"{_TRIES} times somebody else wrote in between", where=place.where)


def _for_a_person(place: ZonePlace, notes: Notes, token: str, why: str, message: str) -> ZoneUnknown:
    notes.settle(token, "unknown", f"{why}; {message}".lstrip("; "))
    return ZoneUnknown(f"not taken back: {message}", where=place.where)

"""Writes that were under way on a primary that is gone: what of each came to the one that writes now."""

from __future__ import annotations

from collections.abc import Callable

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import transfer
from netctl.devices.nameserver.transport import Connection
from netctl.errors import NetctlError
from netctl.model.zonewrites import WriteState, ZoneId, ZoneWrite
from netctl.zones.data import SOA, Key, RRset
from netctl.zones.difference import without_serial


def settle_left(
    notes: Notes, gone: str, place_of: Callable[[ZoneId], ZonePlace | None], seconds: float
) -> list[ZoneWrite]:
    """Every write that is open on a server that is gone, settled by what the server in its place serves.

    Nothing of it there: it is taken back. Anything else is unknown, for a person: all of it may be there, and nobody
    confirmed it; or a part of it, which is nobody's intention.
    """
    settled = []
    for write in notes.open_writes():
        if write.place.server == gone:
            place = place_of(write.place)
            if place is None:
                settled.append(notes.settle(write.token, "unknown", f"{gone} is gone, and nobody else serves the zone"))
            else:
                settled.append(notes.settle(write.token, *_found(notes, write, gone, place, seconds)))
    return settled


def _found(notes: Notes, write: ZoneWrite, gone: str, place: ZonePlace, seconds: float) -> tuple[WriteState, str]:
    """How the write stands by what is served in place of its server, in a word and in a sentence."""
    here = place.server.name
    try:
        with Connection(place.server, seconds, where=place.where) as connection:
            served = transfer(connection, place)
    except NetctlError as error:
        return "unknown", f"{gone} is gone, and {here} could not be read: {error.message}"
    touched = {key: sides for key, sides in notes.touched(write.token).items() if sides[0] != sides[1]}
    found = {key: _bare(key, served.rrsets.get(key)) for key in touched}
    arrived = sum(found[key] == _bare(key, after) for key, (_, after) in touched.items())
    stayed = sum(found[key] == _bare(key, before) for key, (before, _) in touched.items())
    if stayed == len(touched):
        return "taken_back", f"{gone} is gone; nothing of it had come to {here}, which writes now"
    if arrived == len(touched):
        return "unknown", f"{gone} is gone; all of it had come to {here}, which writes now, and nobody confirmed it"
    return "unknown", f"{gone} is gone; {arrived} of {len(touched)} RRsets of it had come to {here}, which writes now"


def _bare(key: Key, rrset: RRset | None) -> RRset | None:
    return without_serial(rrset) if rrset is not None and key[1] == SOA else rrset

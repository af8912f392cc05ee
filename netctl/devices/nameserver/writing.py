"""A difference applied to a zone, message by message, each noted before and after: whole, or taken back (RFC 2136).

Every message carries the exact SOA of the state before it: a zone that somebody else moved is refused by its server,
and never overwritten.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

from netctl.config.quiet import collector_resting
from netctl.devices.nameserver.asking import Seconds, ask, serial_in, soa
from netctl.devices.nameserver.messages import refusal
from netctl.devices.nameserver.notes import Notes, touched_by
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transport import Connection
from netctl.errors import ClocksApart, KeyRefused, NameOutsideZone, NetctlError, UpdateIgnored, ZoneMoved
from netctl.zones.data import ZoneData
from netctl.zones.difference import ZoneDifference
from netctl.zones.names import is_under, text
from netctl.zones.records import type_text
from netctl.zones.simulate import NOERROR, NXRRSET, simulate
from netctl.zones.tsig import Key
from netctl.zones.update import MOST_RECORDS, Update, updates


@dataclass(frozen=True, slots=True)
class Prepared:
    """The messages of a difference, tried on a copy of the zone: `after` is what the server must hold in the end."""

    messages: tuple[Update, ...]
    after: ZoneData


@collector_resting()
def prepare(place: ZonePlace, running: ZoneData, change: ZoneDifference, most_records: int = MOST_RECORDS) -> Prepared:
    """What would be sent; nothing is sent yet.

    Raises `NameOutsideZone`, `UpdateTooLarge`, and `UpdateIgnored` where the server would answer that all is well and
    leave something out.
    """
    for owner, _ in touched_by(change):
        if not is_under(owner, place.origin):
            raise NameOutsideZone(f"{text(owner)} is not in this zone", where=place.where)
    messages = updates(running, change, most_records=most_records)
    tried = simulate(running, (each.message(0) for each in messages))
    if tried.ignored:
        said = "; ".join(f"{text(key[0])} {type_text(key[1])}: {why}" for key, _, why in tried.ignored[:3])
        more = f", and {len(tried.ignored) - 3} more" if len(tried.ignored) > 3 else ""
        raise UpdateIgnored(f"the server would pass over {said}{more}", where=place.where)
    if tried.code:
        raise refusal(tried.code, place.where, "the update, were it sent")
    return Prepared(messages, tried.zone)


def send(
    place: ZonePlace,
    messages: Sequence[Update],
    notes: Notes,
    token: str,
    seconds: float,
    *,
    back: bool = False,
    now: Seconds = time.time,
) -> None:
    """All messages, one after the other, each noted before it is sent and when it is done.

    Raises `ZoneMoved`, or what the server or the line says; which messages are done then stands in the notes.
    """
    _update_key(place)
    with Connection(place.server, seconds, where=place.where) as connection:
        for number, update in enumerate(messages, 1):
            before = serial_in(update.before)
            notes.mark(token, number, "begun", before, back=back)
            what = f"message {number} of {len(messages)} of an update"
            no = _refusal(connection, place, update, what=what, now=now)
            if no is not None:
                notes.mark(token, number, "refused", before, back=back)
                raise no
            notes.mark(token, number, "done", serial_in(update.after), back=back)


def _refusal(
    connection: Connection, place: ZonePlace, update: Update, *, what: str, now: Seconds
) -> NetctlError | None:
    """Why a message was certainly not applied; None where it certainly was. Raises where neither is certain.

    A no without a signature is believed only if the zone still has the SOA from before.
    """
    message = update.message(secrets.randbelow(1 << 16))
    try:
        answer, proven = ask(connection, message, _update_key(place), place.where, now)
    except (KeyRefused, ClocksApart) as error:
        no: NetctlError = error
        proven = False
    else:
        if answer.code == NOERROR:
            return None
        no = refusal(answer.code, place.where, what)
        if answer.code == NXRRSET:
            no = ZoneMoved(f"its SOA is no longer the one with serial {serial_in(update.before)}", where=place.where)
    if proven or _still(connection, place, update, now):
        return no
    raise no


def _still(connection: Connection, place: ZonePlace, update: Update, now: Seconds) -> bool:
    try:
        return soa(connection, place, now).rdatas == update.before.rdatas
    except NetctlError:
        return False


def _update_key(place: ZonePlace) -> Key:
    if place.update is None:
        raise KeyRefused("no key for updates is declared", where=place.where, hint="declare one in dns/servers.yaml")
    return place.update

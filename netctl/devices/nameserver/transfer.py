"""A zone read whole from a server (RFC 5936), and not at all where its serial is the one that was read last."""

from __future__ import annotations

import time
from dataclasses import dataclass

from netctl.devices.nameserver.asking import located, serial_in, soa
from netctl.devices.nameserver.messages import AXFR, question, refusal, require_answer
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.signing import Seconds, Signing
from netctl.devices.nameserver.transport import Connection
from netctl.errors import TransferMalformed
from netctl.zones.data import SOA, Key, RRset, ZoneData

_MOST = 512 * 1024 * 1024  # octets of one transfer: a zone of 100,000 records has 5 million


@dataclass(frozen=True, slots=True)
class Reading:
    """A zone as a server holds it. `transferred` is False where what was kept is still what it holds."""

    data: ZoneData
    digest: str
    transferred: bool


def fetch(place: ZonePlace, notes: Notes, seconds: float, now: Seconds = time.time) -> Reading:
    """The zone as the server holds it now, kept for the next time.

    Raises what `Connection` and `transfer` raise; nothing is kept then.
    """
    with Connection(place.server, seconds, where=place.where) as connection:
        held = notes.held(place.id)
        if held is not None and held.serial == serial_in(soa(connection, place, now)):
            data = notes.content(place.origin, held.digest)
            if data is not None:
                return Reading(data, held.digest, transferred=False)
        data = transfer(connection, place, now)
    return Reading(data, notes.keep(place.id, data), transferred=True)


def transfer(connection: Connection, place: ZonePlace, now: Seconds = time.time) -> ZoneData:
    """The whole zone by AXFR, each message verified.

    Raises `TransferMalformed`, `AnswerCutShort`, `NameServerRefused`, `NotAuthoritative`, `KeyRefused`, `ClocksApart`.
    """
    asked = question(place.origin, AXFR)
    signing = Signing(place.transfer, place.where, now)
    connection.send(signing.sign(asked))
    began = connection.size
    first: RRset | None = None
    found: dict[Key, tuple[int, set[bytes]]] = {}
    while True:
        answer = connection.receive()
        if connection.size - began > _MOST:
            raise TransferMalformed(f"more than {_MOST} octets", where=place.where)
        if code := require_answer(answer, asked, place.where):
            signing.check(answer)
            raise refusal(code, place.where, "a transfer")
        signing.check(answer, many=True)
        for record in located(answer, place.where).answers:
            if record.key == (place.origin, SOA):
                if first is not None:
                    return _zone(place, found)
                first = RRset(record.ttl, (record.rdata,))
            elif first is None:
                raise TransferMalformed("the transfer does not begin with the zone's SOA", where=place.where)
            found.setdefault(record.key, (record.ttl, set()))[1].add(record.rdata)


def _zone(place: ZonePlace, found: dict[Key, tuple[int, set[bytes]]]) -> ZoneData:
    return ZoneData(place.origin, {key: RRset(ttl, tuple(sorted(rdatas))) for key, (ttl, rdatas) in found.items()})

"""A zone read from a server: whole (RFC 5936), as increments (RFC 1995), or not at all where nothing changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Self

from netctl.config.quiet import collector_resting
from netctl.devices.nameserver.asking import Seconds, located, serial_in, soa
from netctl.devices.nameserver.messages import question, refusal, require_answer
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transport import Connection
from netctl.errors import AnswerCutShort, DeviceError, NameServerFailed, NameServerRefused, TransferMalformed
from netctl.store.zonepacking import unpack_zone
from netctl.zones.data import ZoneData
from netctl.zones.serial import rises
from netctl.zones.transfer import AXFR, IXFR, Transfer
from netctl.zones.tsig import Verifier, sign

_PAUSES = (0.1, 0.3, 0.9)  # seconds between two tries
_MOST = 512 * 1024 * 1024  # octets of one transfer: a zone of 100,000 records has 5 million


class Reading:
    """A zone as a server holds it; what was kept is unpacked only where somebody looks at it.

    `transferred` is False where what was kept is still what the server holds, by its serial.
    """

    def __init__(self, digest: str, data: Callable[[], ZoneData], *, transferred: bool) -> None:
        self.digest = digest
        self.transferred = transferred
        self._data = data

    @classmethod
    def fresh(cls, digest: str, data: ZoneData) -> Self:
        """What was transferred just now."""
        return cls(digest, lambda: data, transferred=True)

    @cached_property
    def data(self) -> ZoneData:
        """All of it. Where the copy turns out to be damaged, it is transferred now, and may raise as `fetch` does."""
        return self._data()


def fetch(
    place: ZonePlace, notes: Notes, seconds: float, now: Seconds = time.time, *, known: ZoneData | None = None
) -> Reading:
    """The zone as the server holds it now, kept for the next time; `known` is an earlier state that one has at hand.

    Raises what `Connection` and `transfer` raise; nothing is kept then.
    """
    with Connection(place.server, seconds, where=place.where) as connection:
        serial = _serial(connection, place, now)
        held = notes.held(place.id)
        if held is not None and held.serial == serial:
            return unchanged(place, notes, held.digest, seconds, now)
        base = known or (notes.content(place.origin, held.digest) if held is not None else None)
        data = _patiently(connection, place, serial, base, now)
    return Reading.fresh(notes.keep(place.id, data), data)


def _serial(connection: Connection, place: ZonePlace, now: Seconds) -> int:
    """Asked once more where the line broke before anything came: NSD drops it in the moment it takes in a new zone."""
    try:
        return serial_in(soa(connection, place, now))
    except AnswerCutShort as broken:
        if connection.size:
            raise
        try:
            connection.renew()
        except DeviceError:
            raise broken from None
        return serial_in(soa(connection, place, now))


def _patiently(connection: Connection, place: ZonePlace, serial: int, base: ZoneData | None, now: Seconds) -> ZoneData:
    """`moved`, asked again where the server fails: one that lets out as many transfers as it may says so like that."""
    for pause in _PAUSES:
        try:
            return moved(connection, place, serial, base, now)
        except NameServerFailed as failed:
            time.sleep(pause)
            try:
                connection.renew()
            except DeviceError:  # no time is left, or nobody listens any more
                raise failed from None
    return moved(connection, place, serial, base, now)


def moved(
    connection: Connection,
    place: ZonePlace,
    serial: int,
    base: ZoneData | None,
    now: Seconds,
    *,
    alike: ZoneData | None = None,
) -> ZoneData:
    """A zone that has another serial than `base`: as increments where that can be, else whole."""
    if base is not None and base.serial is not None and rises(base.serial, serial):
        data = _increments(connection, place, base, now)
        if data is not None:
            return data
    return transfer(connection, place, now, alike=alike)


def unchanged(
    place: ZonePlace,
    notes: Notes,
    digest: str,
    seconds: float,
    now: Seconds = time.time,
    *,
    content: bytes | None = None,
    alike: ZoneData | None = None,
) -> Reading:
    """A zone whose serial is the one that was read last, when it had this digest.

    `content` is its copy where one has it at hand; else it is looked up by who asks for the data. What is as in `alike`
    is held once.
    """

    def kept() -> ZoneData:
        data = unpack_zone(place.origin, digest, content, alike) if content else notes.content(place.origin, digest)
        if data is None:
            with Connection(place.server, seconds, where=place.where) as connection:
                data = transfer(connection, place, now)
            notes.keep(place.id, data)
        return data

    return Reading(digest, kept, transferred=False)


def _increments(connection: Connection, place: ZonePlace, base: ZoneData, now: Seconds) -> ZoneData | None:
    """The zone by what changed since `base`; None where the server cannot say it: not every server can."""
    try:
        return transfer(connection, place, now, held=base)
    except (TransferMalformed, NameServerFailed, NameServerRefused):
        connection.renew()
        return None


def transfer(
    connection: Connection,
    place: ZonePlace,
    now: Seconds = time.time,
    *,
    held: ZoneData | None = None,
    alike: ZoneData | None = None,
) -> ZoneData:
    """The zone, each message verified: whole, or only what changed since `held`. What is as in `alike` is held once.

    Raises `TransferMalformed`, `AnswerCutShort`, `NameServerRefused`, `NotAuthoritative`, `KeyRefused`, `ClocksApart`.
    """
    try:
        return _transferred(connection, place, now, held, alike)
    except TransferMalformed as error:
        raise located(error, place.where) from error


@collector_resting()
def _transferred(
    connection: Connection, place: ZonePlace, now: Seconds, held: ZoneData | None, alike: ZoneData | None
) -> ZoneData:
    asked = question(place.origin, AXFR) if held is None else question(place.origin, IXFR, held.serial)
    sent, mac = sign(asked, place.transfer, int(now())) if place.transfer else (asked, b"")
    verifier = Verifier(place.transfer, mac, place.where) if place.transfer else None
    connection.send(sent)
    coming = Transfer(place.origin, int.from_bytes(asked[:2], "big"), held, alike)
    for answer in _answers(connection, place):
        if code := require_answer(answer, asked, place.where):
            _require_belief(verifier, answer, int(now()))
            raise refusal(code, place.where, "a transfer")
        if coming.take(verifier.check(answer, int(now())) if verifier else answer):
            break
    if verifier:
        verifier.finish()
    return coming.zone()


def _answers(connection: Connection, place: ZonePlace) -> Iterator[bytes]:
    """Messages as long as somebody takes them, up to the size that no zone has."""
    most = connection.size + _MOST
    while connection.size <= most:
        yield connection.receive()
    raise TransferMalformed(f"more than {_MOST} octets", where=place.where)


def _require_belief(verifier: Verifier | None, answer: bytes, now: int) -> None:
    """An answer that refuses our signature says so in its own one; any other no needs none."""
    if verifier and int.from_bytes(answer[10:12], "big"):
        verifier.check(answer, now)

"""Which serial each server serves of each zone: many zones asked at once on one connection."""

from __future__ import annotations

import time
from collections.abc import Sequence

from netctl.devices.nameserver.asking import Exchange, Seconds, serial_in, soa_in
from netctl.devices.nameserver.messages import question
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transport import Connection
from netctl.errors import NetctlError, ReplyMalformed
from netctl.zones.data import SOA
from netctl.zones.serial import rises

_AT_ONCE = 50  # questions that wait for their answers: small enough that neither side's buffers fill


def newer(serial: int, other: int) -> bool:
    """`serial` comes after `other` in a circle of 2³² (RFC 1982 section 3.2); where that is undefined, it does not."""
    return rises(other, serial)


def lag(primary: int, secondary: int) -> int:
    """How many numbers a secondary is behind; 0 where it is level, or ahead of a primary that lost its memory."""
    return (primary - secondary) % (1 << 32) if newer(primary, secondary) else 0


def serials(places: Sequence[ZonePlace], seconds: float, now: Seconds = time.time) -> list[int | NetctlError]:
    """The serials of zones of one server, in order, or why there is none.

    Raises `NameServerUnreachable`, `NameServerSilent` or `AnswerCutShort` where the server is the trouble, and no zone.
    """
    if not places:
        return []
    found: dict[int, int | NetctlError] = {}
    with Connection(places[0].server, seconds) as connection:
        waiting: dict[bytes, tuple[int, Exchange]] = {}
        for position, place in enumerate(places):
            while len(waiting) >= _AT_ONCE:
                _take(connection, waiting, places, found)
            exchange = Exchange(question(place.origin, SOA), place.transfer, place.where, now)
            while exchange.number in waiting:  # two of 65,536 may be one
                exchange = Exchange(question(place.origin, SOA), place.transfer, place.where, now)
            waiting[exchange.number] = position, exchange
            connection.send(exchange.sent)
        while waiting:
            _take(connection, waiting, places, found)
    return [found[position] for position in range(len(places))]


def _take(
    connection: Connection,
    waiting: dict[bytes, tuple[int, Exchange]],
    places: Sequence[ZonePlace],
    found: dict[int, int | NetctlError],
) -> None:
    """The next answer, whichever it is."""
    answer = connection.receive()
    if answer[:2] not in waiting:
        raise ReplyMalformed("a message that answers nothing we asked", where=places[0].server.name)
    position, exchange = waiting.pop(answer[:2])
    try:
        found[position] = serial_in(soa_in(exchange.read(answer)[0], places[position]))
    except NetctlError as error:
        found[position] = error

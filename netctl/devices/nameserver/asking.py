"""One question, one answer: signed, verified, and refused where the server says no."""

from __future__ import annotations

import time

from netctl.devices.nameserver.messages import question, refusal, require_answer
from netctl.devices.nameserver.server import ServerKey, ZonePlace
from netctl.devices.nameserver.signing import Seconds, Signing
from netctl.devices.nameserver.transport import Connection
from netctl.errors import NotAuthoritative, TransferMalformed
from netctl.zones.data import SOA, RRset
from netctl.zones.wire import IN, Message, read


class Exchange:
    """A question that was sent, waiting for its answer; many may wait on one connection (RFC 7766 section 6.2.1.1)."""

    def __init__(self, message: bytes, key: ServerKey | None, where: str, now: Seconds = time.time) -> None:
        self._where = where
        self._signing = Signing(key, where, now)
        self._message = message
        self.sent = self._signing.sign(message)

    @property
    def number(self) -> bytes:
        """What the answer begins with."""
        return self._message[:2]

    def read(self, answer: bytes) -> Message:
        """The answer, verified. Raises `KeyRefused`, `ClocksApart`, `ReplyMalformed` or `TransferMalformed`."""
        require_answer(answer, self._message, self._where)
        self._signing.check(answer)
        return located(answer, self._where)


def located(answer: bytes, where: str) -> Message:
    """A message taken apart; an error says which server sent it."""
    try:
        return read(answer)
    except TransferMalformed as error:
        raise TransferMalformed(error.message, where=where, hint=error.hint) from error


def ask(connection: Connection, message: bytes, key: ServerKey | None, where: str, now: Seconds = time.time) -> Message:
    """The answer to one message."""
    exchange = Exchange(message, key, where, now)
    connection.send(exchange.sent)
    return exchange.read(connection.receive())


def soa(connection: Connection, place: ZonePlace, now: Seconds = time.time) -> RRset:
    """The zone's SOA as the server serves it now. Raises `NotAuthoritative` and its like."""
    return soa_in(ask(connection, question(place.origin, SOA), place.transfer, place.where, now), place)


def soa_in(answer: Message, place: ZonePlace) -> RRset:
    """The SOA in an answer that was asked for it."""
    if answer.code:
        raise refusal(answer.code, place.where, "a question for the SOA")
    for record in answer.answers:
        if record.key == (place.origin, SOA) and record.class_ == IN:
            return RRset(record.ttl, (record.rdata,))
    raise NotAuthoritative("the server answers without a SOA: it does not have the zone", where=place.where)


def serial_in(soa: RRset) -> int:
    """The serial of a SOA."""
    return int.from_bytes(soa.rdatas[0][-20:-16], "big")

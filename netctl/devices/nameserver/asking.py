"""One question, one answer: signed, verified, and refused where the server says no."""

from __future__ import annotations

import time
from collections.abc import Callable

from netctl.devices.nameserver.messages import question, refusal, require_answer
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transport import Connection
from netctl.errors import NotAuthoritative, TransferMalformed
from netctl.zones.data import SOA, RRset
from netctl.zones.serial import serial_of
from netctl.zones.tsig import TSIG, Key, Verifier, sign
from netctl.zones.wire import IN, Message, read

Seconds = Callable[[], float]
"""The time since 1970, which a signature says and a server compares with its own."""


class Exchange:
    """A question that was sent, waiting for its answer; many may wait on one connection (RFC 7766 section 6.2.1.1)."""

    def __init__(self, message: bytes, key: Key | None, where: str, now: Seconds = time.time) -> None:
        self._where = where
        self._now = now
        self._message = message
        self.sent, mac = sign(message, key, int(now())) if key else (message, b"")
        self._verifier = Verifier(key, mac, where) if key else None

    @property
    def number(self) -> bytes:
        """What the answer begins with."""
        return self._message[:2]

    def read(self, answer: bytes) -> tuple[Message, bool]:
        """The answer, and whether its signature proves it.

        One that says no may come without a signature, for then it leads to nothing but an error; any other is refused.
        Raises `KeyRefused`, `ClocksApart`, `ReplyMalformed` or `TransferMalformed`.
        """
        code = require_answer(answer, self._message, self._where)
        try:
            message = read(answer)
            signed = bool(message.additional) and message.additional[-1].type == TSIG
            if self._verifier is None or (code and not signed):
                return message, False
            self._verifier.check(answer, int(self._now()))
        except TransferMalformed as error:
            raise located(error, self._where) from error
        return message, True


def located(error: TransferMalformed, where: str) -> TransferMalformed:
    """The same error, which says which zone of which server."""
    return TransferMalformed(error.message, where=where, hint=error.hint)


def ask(
    connection: Connection, message: bytes, key: Key | None, where: str, now: Seconds = time.time
) -> tuple[Message, bool]:
    """The answer to one message, and whether its signature proves it."""
    exchange = Exchange(message, key, where, now)
    connection.send(exchange.sent)
    return exchange.read(connection.receive())


def soa(connection: Connection, place: ZonePlace, now: Seconds = time.time) -> RRset:
    """The zone's SOA as the server serves it now. Raises `NotAuthoritative` and its like."""
    answer, _ = ask(connection, question(place.origin, SOA), place.transfer, place.where, now)
    return soa_in(answer, place)


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
    return serial_of(soa.rdatas[0])

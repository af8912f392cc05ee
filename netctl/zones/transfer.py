"""Answers to AXFR and IXFR (RFC 5936, RFC 1995), message by message: a whole zone, increments, or nothing new."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from netctl.errors import TransferMalformed
from netctl.zones import names
from netctl.zones.bulk import Bulk
from netctl.zones.data import SOA, Name, ZoneData
from netctl.zones.increments import Increments
from netctl.zones.serial import rises, serial_of
from netctl.zones.wire import HEADER, IN, Record, header, name_at, record_at

AXFR, IXFR = 252, 251
_AFTER_THE_END = "records follow the SOA that ends the answer"
_ANSWER, _OPCODE, _CODE = 0x8000, 0x7800, 0x000F


class Transfer:
    """One answer to AXFR, or to IXFR where `held` is what one has already.

    `take` every message (verified and without its signature) until it says that the answer is complete, then `zone`.
    `number` is the question's. `alike` is a zone with much the same records, such as the declared one: what is equal is
    held once.
    """

    def __init__(self, origin: Name, number: int, held: ZoneData | None = None, alike: ZoneData | None = None) -> None:
        self._origin = origin
        self._number = number
        self._held = held
        self._soa: Record | None = None
        self._zone = Bulk(origin, alike.rrsets if alike else None)
        self._increments: Increments | None = None
        self._whole = held is None
        self._complete = False
        self._result: ZoneData | None = None

    def take(self, message: bytes) -> bool:
        """The next message; True where it was the last one. Raises TransferMalformed."""
        if self._complete:
            raise TransferMalformed("a message follows the end of the answer")
        try:
            return self._take(message)
        except (IndexError, struct.error):
            raise TransferMalformed("the message ends within a record") from None

    def zone(self) -> ZoneData:
        """The zone, once `take` said that it is complete; `held` itself where nothing changed since."""
        if self._result is None:
            raise TransferMalformed("the answer ended before the zone did")
        return self._result

    def _take(self, message: bytes) -> bool:
        number, flags, questions, answers, *rest = header(message)
        if number != self._number or not flags & _ANSWER or flags & _OPCODE:
            raise TransferMalformed("a message that answers another question")
        if flags & _CODE:
            raise TransferMalformed(f"the server answers with code {flags & _CODE}")
        if self._soa is None and not answers:
            raise TransferMalformed("the answer begins without an SOA")
        position = self._questions(message, questions)
        while answers and not (self._soa and self._whole):
            record, position = record_at(message, position)
            answers -= 1
            self._step(record)
        if answers:
            position = self._bulk(message, position, answers)
        for _ in range(sum(rest)):
            position = record_at(message, position)[1]
        if position != len(message):
            raise TransferMalformed(f"{len(message) - position} octets follow the last record")
        if self._complete and self._result is None:
            self._result = self._increments.zone() if self._increments else self._zone.zone()
        return self._complete

    def _questions(self, message: bytes, count: int) -> int:
        position = HEADER
        for _ in range(count):
            asked, position = name_at(message, position)
            type_ = int.from_bytes(message[position : position + 2], "big")
            position += 4
            if asked != self._origin or type_ not in {AXFR, IXFR}:
                raise TransferMalformed(f"an answer about {names.text(asked)}, which was not asked")
        return position

    def _bulk(self, message: bytes, position: int, count: int) -> int:
        if self._complete:
            raise TransferMalformed(_AFTER_THE_END)
        position, end = self._zone.take(message, position, count)
        if end is not None:
            self._finish(end)
        return position

    # ── what is not the bulk: the first SOA, and increments ──────────────────────────────────────────────────────────

    def _step(self, record: Record) -> None:
        if self._complete:
            raise TransferMalformed(_AFTER_THE_END)
        if record.class_ != IN or not names.is_under(record.owner, self._origin):
            raise TransferMalformed(f"{names.text(record.owner)} is not in the zone")
        if record.type == SOA and record.owner != self._origin:
            raise TransferMalformed(f"an SOA at {names.text(record.owner)}, which is not the apex")
        if self._soa is None:
            self._begin(record)
        elif self._increments is None:
            self._second(record)
        elif record.key == self._soa.key and self._ends(record):
            self._finish(record)
        else:
            self._increments.take(record)

    def _begin(self, record: Record) -> None:
        if record.type != SOA:
            raise TransferMalformed("the answer begins without an SOA")
        self._soa = record
        self._zone.add(record)
        if self._held is None or self._held.serial is None:
            self._whole = True
            return
        serial, held = serial_of(record.rdata), self._held.serial
        if serial == held:
            self._complete = True
            self._result = self._held
        elif not rises(held, serial):
            raise TransferMalformed(f"the server has serial {serial}, which is older than {held}")

    def _second(self, record: Record) -> None:
        """The second record of an answer to IXFR says what it is: an older SOA begins increments, all else a zone."""
        held = self._held
        if held is not None and record.type == SOA and self._soa and record.rdata != self._soa.rdata:
            self._increments = Increments(held)
            self._increments.take(record)
            return
        self._whole = True
        if record.type == SOA:
            self._finish(record)
        else:
            self._zone.add(record)

    def _ends(self, record: Record) -> bool:
        """The final SOA stands where the next removal would begin, with the serial that was reached."""
        increments = self._increments
        final = self._soa is not None and record.rdata == self._soa.rdata
        return (
            final and increments is not None and increments.at_border and increments.serial == serial_of(record.rdata)
        )

    def _finish(self, record: Record) -> None:
        if self._soa is None or record.rdata != self._soa.rdata:
            raise TransferMalformed("the SOA at the end is not the one at the beginning: the zone changed meanwhile")
        self._zone.add(record)  # of a whole zone: where its TTL is another one, the least holds as ever
        self._complete = True


def read_transfer(messages: Iterable[bytes], origin: Name, number: int, held: ZoneData | None = None) -> ZoneData:
    """The zone that these messages say. Raises TransferMalformed, also where they end too early."""
    transfer = Transfer(origin, number, held)
    for message in messages:
        transfer.take(message)
    return transfer.zone()

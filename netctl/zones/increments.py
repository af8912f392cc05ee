"""A zone led from one serial to the next by what an IXFR says (RFC 1995): records removed, records added, in steps."""

from __future__ import annotations

from netctl.errors import TransferMalformed
from netctl.zones import names
from netctl.zones.data import SOA, Key, RRset, ZoneData
from netctl.zones.records import type_text
from netctl.zones.serial import serial_of
from netctl.zones.wire import Record


class Increments:
    """Takes the records between the first and the last SOA of an answer, and applies them to the zone one holds."""

    def __init__(self, held: ZoneData) -> None:
        self._held = held
        self._touched: dict[Key, tuple[int, set[bytes]]] = {}
        self._adding = True  # the next SOA begins a removal
        self._serial = held.serial

    @property
    def serial(self) -> int | None:
        """The serial reached so far."""
        return self._serial

    @property
    def at_border(self) -> bool:
        """Between two steps: what was added is complete if an SOA comes next."""
        return self._adding

    def take(self, record: Record) -> None:
        """The next record. Raises TransferMalformed where it does not fit what is held."""
        if record.type != SOA:
            self._edit(record)
            return
        serial = serial_of(record.rdata)
        if self._adding and serial != self._serial:
            raise TransferMalformed(f"the increments go on from serial {serial}, and {self._serial} was reached")
        self._adding = not self._adding
        if self._adding:
            self._serial = serial
            self._touched[record.key] = (record.ttl, {record.rdata})

    def zone(self) -> ZoneData:
        """The zone after all steps so far."""
        rrsets = dict(self._held.rrsets)
        for key, (ttl, rdatas) in self._touched.items():
            if rdatas:
                rrsets[key] = RRset(ttl, tuple(sorted(rdatas)))
            else:
                rrsets.pop(key, None)
        return ZoneData(self._held.origin, rrsets)

    def _edit(self, record: Record) -> None:
        touched = self._touched.get(record.key)
        if touched is None:
            ttl, rdatas = self._held.rrsets.get(record.key, RRset(record.ttl, ()))
            touched = (ttl, set(rdatas))
        ttl, held = touched
        if self._adding:
            held.add(record.rdata)
            ttl = record.ttl
        elif record.rdata in held:
            held.remove(record.rdata)
        else:
            owner = names.text(record.owner)
            raise TransferMalformed(f"the increments remove {owner} {type_text(record.type)}, which is not held")
        self._touched[record.key] = (ttl, held)

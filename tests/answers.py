"""Answers to AXFR and IXFR as a server writes them: dnspython puts them on the wire, with compression and TSIG."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import dns.flags
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.TSIG
import dns.renderer
import dns.rrset
import dns.tsig

from netctl.zones.data import SOA, Key, ZoneData
from netctl.zones.embedded import CNAME, DNAME, MX, NS, PTR, SRV

NUMBER = 4711
_SKIP = {NS: 0, CNAME: 0, PTR: 0, DNAME: 0, MX: 2, SRV: 6}
RRs = Iterable[tuple[Key, int, bytes]]


def transfer(zone: ZoneData, choose: random.Random, messages: int = 1, number: int = NUMBER) -> list[bytes]:
    """An answer to AXFR: the SOA, everything else in any order, the SOA."""
    soa = [((zone.origin, SOA), zone.rrsets[zone.origin, SOA].ttl, zone.rrsets[zone.origin, SOA].rdatas[0])]
    others = [(key, each.ttl, data) for key, each in zone.rrsets.items() if key[1] != SOA for data in each.rdatas]
    choose.shuffle(others)
    return answer(zone, [*soa, *others, *soa], choose, messages, number)


def answer(zone: ZoneData, records: RRs, choose: random.Random, messages: int = 1, number: int = NUMBER) -> list[bytes]:
    """Messages with these records in their order, cut anywhere; names in letters of any case."""
    written = list(records)
    cuts = sorted(choose.randint(1, len(written)) for _ in range(messages - 1))
    bounds = [0, *cuts, len(written)]
    return [
        _message(zone, written[start:end], choose, number, question=not start)
        for start, end in zip(bounds, bounds[1:], strict=False)
        if end > start
    ]


def _message(
    zone: ZoneData, records: Sequence[tuple[Key, int, bytes]], choose: random.Random, number: int, *, question: bool
) -> bytes:
    renderer = dns.renderer.Renderer(number, dns.flags.QR | dns.flags.AA)
    if question or choose.random() < 0.5:
        renderer.add_question(_name(zone.origin, choose), dns.rdatatype.AXFR)
    for (owner, type_), ttl, data in records:
        loud = _loud(type_, data, choose)
        rdata = dns.rdata.from_wire(dns.rdataclass.IN, type_, loud, 0, len(loud))
        renderer.add_rrset(dns.renderer.ANSWER, dns.rrset.from_rdata(_name(owner, choose), ttl, rdata))
    renderer.write_header()
    return renderer.get_wire()


def _name(wire: bytes, choose: random.Random) -> dns.name.Name:
    """In capitals at times: lengths are below 64 and stay as they are."""
    return dns.name.from_wire(wire.upper() if choose.random() < 0.3 else wire, 0)[0]


def _loud(type_: int, data: bytes, choose: random.Random) -> bytes:
    """Data with its name in capitals at times."""
    skip = _SKIP.get(type_)
    return data if skip is None or choose.random() < 0.7 else data[:skip] + data[skip:].upper()


class Signing:
    """A server that signs an answer with dnspython, all messages or only some."""

    def __init__(self, key: dns.tsig.Key, request_mac: bytes) -> None:
        self._key = key
        self._mac = request_mac
        self._context = None

    def sign(self, message: bytes, now: int) -> bytes:
        """The next message, signed."""
        number = int.from_bytes(message[:2], "big")
        blank = dns.rdtypes.ANY.TSIG.TSIG(
            dns.rdataclass.ANY, dns.rdatatype.TSIG, self._key.algorithm, 0, 300, b"", number, dns.rcode.NOERROR, b""
        )
        signed, self._context = dns.tsig.sign(message, self._key, blank, now, self._mac, self._context, multi=True)
        data = signed.to_wire()
        record = self._key.name.to_wire() + b"\x00\xfa\x00\xff\0\0\0\0" + len(data).to_bytes(2, "big") + data
        return message[:10] + (int.from_bytes(message[10:12], "big") + 1).to_bytes(2, "big") + message[12:] + record

    def leave(self, message: bytes) -> bytes:
        """The next message, unsigned: the signature after it covers it."""
        self._context.update(message)
        return message

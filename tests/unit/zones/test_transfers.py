"""Answers that are not what they should be: each refused, with what is wrong in words."""

from __future__ import annotations

import random
import struct

import pytest

from answers import NUMBER, answer, transfer
from netctl.errors import TransferMalformed
from netctl.zones import names, wire
from netctl.zones.data import SOA, RRset, ZoneData
from netctl.zones.difference import with_serial
from netctl.zones.embedded import CNAME, NS, A
from netctl.zones.transfer import Transfer, read_transfer
from zone_data import ORIGIN, soa, zone

APEX = b"\xc0\x0c"


def record(
    type_: int, data: bytes, owner: bytes = APEX, class_: int = 1, ttl: int = 300, length: int | None = None
) -> bytes:
    return owner + struct.pack("!HHIH", type_, class_, ttl, len(data) if length is None else length) + data


SOA_RECORD = record(SOA, soa(10).rdatas[0])


def message(
    *records: bytes, flags: int = 0x8400, number: int = NUMBER, count: int | None = None, asked: bytes = ORIGIN
) -> bytes:
    head = struct.pack("!HHHHHH", number, flags, 1, len(records) if count is None else count, 0, 0)
    return head + asked + b"\x00\xfc\x00\x01" + b"".join(records)


def take(*messages: bytes, held: ZoneData | None = None) -> ZoneData:
    return read_transfer(messages, ORIGIN, NUMBER, held)


def test_a_zone_in_one_message():
    assert take(message(SOA_RECORD, record(A, b"\xc0\0\2\1", b"\x03WWW" + APEX), SOA_RECORD)) == ZoneData(
        ORIGIN, {(ORIGIN, SOA): soa(10), (names.wire("www", ORIGIN), A): RRset(300, (b"\xc0\0\2\1",))}
    )


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([record(A, b"\xc0\0\2\1", b"\xc0\xff")], "bogus compression pointer"),
        ([record(A, b"\xc0\0\2\1", b"\x01a\xff\xff")], "bogus compression pointer"),
        ([record(A, b"\xc0\0\2\1", b"\xc0\x02")], "bogus compression pointer"),
        ([record(CNAME, b"\xc0\xff", b"\x01a" + APEX)], "bogus compression pointer"),
        ([record(A, b"\xc0\0\2\1", b"\x40" + b"a" * 64 + APEX)], "bogus compression pointer"),
        ([record(A, b"\xc0\0\2\1", b"\x05other\0")], "other. is not in the zone"),
        ([record(A, b"\xc0\0\2\1", class_=3)], "not of class IN"),
        ([record(A, b"\xc0\0\2")], "an address of 3 octets"),
        ([record(28, b"\xc0\0\2\1")], "an address of 4 octets"),
        ([record(NS, b"")], "not as long as it says"),
        ([record(NS, b"\x01a\xc0\x0c\0")], "not as long as it says"),
        ([record(15, b"\0")], "not as long as it says"),
        ([record(SOA, soa(11).rdatas[0])], "an SOA in the middle"),
        ([record(SOA, soa(10).rdatas[0], b"\x01a" + APEX)], "an SOA in the middle"),
        ([SOA_RECORD], "an SOA in the middle"),
        ([record(A, b"\xc0\0\2\1", b"\x3f" + b"a" * 63 + b"\x3f" + b"b" * 63 + b"\x3f" + b"c" * 63 + b"\x3f" + b"d" * 63 + APEX)], "255 octets"),
        ([record(35, b"\0\1\0\2\x05abc")], "ends within its strings"),
    ],
)  # fmt: skip
def test_a_malformed_record_is_named(records, why):
    with pytest.raises(TransferMalformed, match=why):
        take(message(SOA_RECORD, *records, SOA_RECORD))


@pytest.mark.parametrize(
    ("messages", "why"),
    [
        ([], "ended before the zone did"),
        ([message(SOA_RECORD)], "ended before the zone did"),
        ([b"short"], "no room for its header"),
        ([message(SOA_RECORD, number=1)], "answers another question"),
        ([message(SOA_RECORD, flags=0)], "answers another question"),
        ([message(SOA_RECORD, flags=0xA800)], "answers another question"),
        ([message(flags=0x8405)], "code 5"),
        ([message()], "begins without an SOA"),
        ([message(record(A, b"\xc0\0\2\1"))], "begins without an SOA"),
        ([message(SOA_RECORD, asked=names.wire("lakes.gov-wan.example"))], "which was not asked"),
        ([message(SOA_RECORD, SOA_RECORD, count=3)], "an SOA in the middle"),
        ([message(SOA_RECORD, SOA_RECORD) + b"x"], "1 octets follow"),
        ([message(SOA_RECORD, SOA_RECORD), message(SOA_RECORD)], "follows the end"),
        ([message(SOA_RECORD, record(A, b"\xc0\0\2\1", length=400))], "cut short"),
        ([message(SOA_RECORD, record(SOA, soa(11).rdatas[0]))], "the zone changed meanwhile"),
        ([message(SOA_RECORD)[:40]], "ends within"),
    ],
)  # fmt: skip
def test_a_malformed_answer_is_named(messages, why):
    with pytest.raises(TransferMalformed, match=why):
        take(*messages)


def test_compression_that_goes_in_circles_ends():
    with pytest.raises(TransferMalformed, match="bogus compression pointer"):
        wire.name_at(bytes(12) + b"\x01a\xc0\x0c", 12)


def test_ttls_beyond_what_is_allowed_are_none():
    """RFC 2181 section 8."""
    read = take(message(SOA_RECORD, record(A, b"\xc0\0\2\1", ttl=2**31), SOA_RECORD))
    assert read.rrsets[ORIGIN, A].ttl == 0


def test_where_ttls_differ_the_least_holds_for_all():
    read = take(
        message(
            SOA_RECORD,
            record(A, b"\0\0\0\2", ttl=60),
            record(A, b"\0\0\0\1", ttl=30),
            record(A, b"\0\0\0\1"),
            SOA_RECORD,
        )
    )
    assert read.rrsets[ORIGIN, A] == RRset(30, (b"\0\0\0\1", b"\0\0\0\2"))


def test_nothing_new_is_what_one_holds():
    held = zone(1)
    current = held.rrsets[ORIGIN, SOA]
    transferring = Transfer(ORIGIN, NUMBER, held)
    assert transferring.take(answer(held, [((ORIGIN, SOA), current.ttl, current.rdatas[0])], random.Random(1))[0])
    assert transferring.zone() is held


def test_a_server_that_is_behind_is_told_from_one_with_nothing_new():
    held = ZoneData(ORIGIN, {(ORIGIN, SOA): soa(10)})
    with pytest.raises(TransferMalformed, match="serial 9, which is older than 10"):
        take(*transfer(ZoneData(ORIGIN, {(ORIGIN, SOA): soa(9)}), random.Random(1)), held=held)


def test_increments_that_remove_what_is_not_held_are_refused():
    held = ZoneData(ORIGIN, {(ORIGIN, SOA): soa(10)})
    first, last = soa(10).rdatas[0], soa(11).rdatas[0]
    said = [
        ((ORIGIN, SOA), 300, last),
        ((ORIGIN, SOA), 300, first),
        ((ORIGIN, A), 300, b"\0\0\0\1"),
        ((ORIGIN, SOA), 300, last),
    ]
    with pytest.raises(TransferMalformed, match="A, which is not held"):
        take(*answer(held, [*said, said[0]], random.Random(1)), held=held)


def test_increments_from_another_serial_are_refused():
    held = ZoneData(ORIGIN, {(ORIGIN, SOA): soa(10)})
    said = [((ORIGIN, SOA), 300, soa(serial).rdatas[0]) for serial in (12, 11, 12, 12)]
    with pytest.raises(TransferMalformed, match="go on from serial 11, and 10 was reached"):
        take(*answer(held, said, random.Random(1)), held=held)


def test_a_zone_with_a_serial_that_went_round_is_newer():
    held = ZoneData(ORIGIN, {(ORIGIN, SOA): soa(2**32 - 1)})
    after = ZoneData(ORIGIN, {(ORIGIN, SOA): with_serial(soa(0), 1)})
    assert take(*transfer(after, random.Random(1)), held=held) == after

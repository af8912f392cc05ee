"""Servers that misbehave, keys that are wrong, clocks that differ: one error that says what, where and what to do."""

import socket
import struct
import time
from dataclasses import replace

import pytest
from nameservers import CLOSE, OTHER, RIVERS, SECRETS, TRANSFER, Answering, NameServer, framed, key
from ports import LOOPBACK
from zonewriting import changed

from netctl.devices.nameserver import transfer as transfers
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.reading import read_zones
from netctl.devices.nameserver.serials import serials
from netctl.devices.nameserver.server import server_key
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.nameserver.transfer import fetch
from netctl.devices.nameserver.watchdog import take_back_overdue
from netctl.errors import (
    AnswerCutShort,
    ClocksApart,
    KeyRefused,
    NameServerFailed,
    NameServerRefused,
    NameServerSilent,
    NameServerUnreachable,
    NetctlError,
    NotAuthoritative,
    ReplyMalformed,
    TransferMalformed,
    ZoneUnknown,
)
from netctl.model.moments import now
from netctl.zones.difference import difference
from netctl.zones.names import wire

ORIGIN = wire(RIVERS)
SOA_DATA = b"\0\0" + struct.pack("!5I", 10, 3600, 600, 86400, 300)


def record(owner: bytes, type_: int, data: bytes, class_: int = 1) -> bytes:
    return owner + struct.pack("!HHIH", type_, class_, 300, len(data)) + data


SOA = record(ORIGIN, 6, SOA_DATA)
A = record(b"\x03www" + ORIGIN, 1, bytes(4))


def answer(asked: bytes, *records: bytes, code: int = 0, flags: int = 0x84) -> bytes:
    return asked[:2] + bytes((flags, code)) + struct.pack("!4H", 0, len(records), 0, 0) + b"".join(records)


def test_a_wrong_secret_and_an_unknown_key_are_told_apart(primary: NameServer, place, notes: Notes) -> None:
    wrong = server_key(TRANSFER, "hmac-sha256", SECRETS[OTHER])
    with pytest.raises(KeyRefused, match="BADSIG") as told:
        fetch(place(primary, transfer=wrong), notes, 5)
    assert told.value.where == f"ns1 {RIVERS}" and "secret" in told.value.hint
    assert "transfer-main" in told.value.message and SECRETS[OTHER] not in str(told.value)
    unknown = server_key("nobody.gov-wan.example", "hmac-sha256", SECRETS[OTHER])
    with pytest.raises(KeyRefused, match="BADKEY"):
        fetch(place(primary, transfer=unknown), notes, 5)
    assert notes.all_held() == {}


def test_a_secret_that_is_no_base64_is_refused_before_it_is_used() -> None:
    with pytest.raises(KeyRefused, match="base64"):
        server_key(TRANSFER, "hmac-sha256", "not base64!")


@pytest.mark.parametrize("seconds", [-1000, 1000])
def test_a_clock_that_is_off_by_a_thousand_seconds_is_said_to_be(primary, place, notes: Notes, seconds: int) -> None:
    with pytest.raises(ClocksApart, match="BADTIME") as told:
        fetch(place(primary), notes, 5, lambda: time.time() + seconds)
    assert "NTP" in told.value.hint
    right = ZoneTarget(place(primary), notes, owner="sato")
    wanted = changed(right.fetch().data, "www 60 A 192.0.2.1")
    wrong = ZoneTarget(place(primary, transfer=None), notes, owner="sato", now=lambda: time.time() + seconds)
    wrong.stage(wanted)
    with pytest.raises(ClocksApart):
        wrong.commit("t-1", 60)
    assert primary.serial(RIVERS) == 10
    assert notes.write("t-1").state == "refused"


def test_a_server_that_nobody_runs_is_unreachable(place, notes: Notes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NameServerUnreachable, match=str(port)):
        fetch(place(port), notes, 5)


def test_a_server_is_asked_on_its_next_address_where_the_first_one_leads_nowhere(primary, place, notes: Notes) -> None:
    at = place(primary)
    elsewhere = replace(at, server=replace(at.server, addresses=("::1", "127.0.0.77", LOOPBACK)))
    assert fetch(elsewhere, notes, 5).data.serial == 10
    with pytest.raises(NameServerUnreachable, match="no address"):
        fetch(replace(at, server=replace(at.server, addresses=())), notes, 5)


def test_a_server_that_never_answers_is_left_at_the_deadline(primary: NameServer, place, notes: Notes) -> None:
    primary.freeze()
    began = time.monotonic()
    with pytest.raises(NameServerSilent, match="within 0.5 s"):
        fetch(place(primary), notes, 0.5)
    assert time.monotonic() - began < 3
    primary.thaw()


def test_a_server_that_drips_octets_is_left_at_the_deadline(place, notes: Notes) -> None:
    def drip(asked: bytes):
        yield b"\x02\x00"
        while True:
            time.sleep(0.05)
            yield b"x"

    with Answering(drip) as server, pytest.raises(NameServerSilent):
        fetch(place(server.port, transfer=None), notes, 0.6)


CODES = [(2, NameServerFailed, "SERVFAIL"), (5, NameServerRefused, "REFUSED"), (9, NotAuthoritative, "NOTAUTH")]


@pytest.mark.parametrize(("code", "kind", "word"), CODES)
def test_a_server_that_says_no_is_quoted(place, code: int, kind: type[NetctlError], word: str) -> None:
    with Answering(lambda asked: [framed(answer(asked, code=code))]) as server:
        found = serials([place(server.port)], 5)
        with pytest.raises(kind, match=f"{word} to a transfer"):
            transfer_from(place(server.port, transfer=None))
    assert isinstance(found[0], kind) and word in found[0].message and found[0].where and found[0].hint


def transfer_from(at):
    from netctl.devices.nameserver.transport import Connection

    with Connection(at.server, 5, where=at.where) as connection:
        return transfers.transfer(connection, at)


WRONG = {
    "closes in the middle of a message": (lambda q: [framed(answer(q, SOA, A))[:-9], CLOSE], AnswerCutShort),
    "closes between two messages": (lambda q: [framed(answer(q, SOA, A)), CLOSE], AnswerCutShort),
    "closes at once": (lambda q: [CLOSE], AnswerCutShort),
    "a compression pointer to itself": (
        lambda q: [framed(answer(q, SOA, record(b"\xc0" + bytes([12 + len(SOA)]), 1, bytes(4))))], TransferMalformed),
    "a compression pointer beyond the end": (
        lambda q: [framed(answer(q, SOA, record(b"\xff\xff", 1, bytes(4))))], TransferMalformed),
    "a record longer than the message": (lambda q: [framed(answer(q, SOA, A[:-2]))], TransferMalformed),
    "an address of three octets": (
        lambda q: [framed(answer(q, SOA, record(ORIGIN, 1, bytes(3)), SOA))], TransferMalformed),
    "no SOA at the beginning": (lambda q: [framed(answer(q, A, SOA, SOA))], TransferMalformed),
    "a name of another zone": (
        lambda q: [framed(answer(q, SOA, record(b"\x03www\x07example\0", 1, bytes(4)), SOA))], TransferMalformed),
    "a record of another class": (
        lambda q: [framed(answer(q, SOA, record(ORIGIN, 16, b"\1x", class_=3), SOA))], TransferMalformed),
    "another question's number": (lambda q: [framed(b"\0\0" + answer(b"\1\1" + q[2:], SOA)[2:])], ReplyMalformed),
    "a question instead of an answer": (lambda q: [framed(answer(q, SOA, flags=0))], ReplyMalformed),
    "five octets": (lambda q: [framed(b"12345")], ReplyMalformed),
    "nothing but a length of zero": (lambda q: [b"\0\0"], ReplyMalformed),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_transfer_that_is_not_one_gives_one_error_and_nothing_else(place, notes: Notes, wrong: str) -> None:
    say, kind = WRONG[wrong]

    def talk(asked: bytes):
        axfr = asked[-4:-2] == b"\x00\xfc"
        return say(asked) if axfr else [framed(answer(asked, SOA))]

    with Answering(talk) as server, pytest.raises(kind) as told:
        transfer_from(place(server.port, transfer=None))
    assert told.value.where == f"ns1 {RIVERS}"
    assert told.value.hint or kind is ReplyMalformed


def test_a_transfer_without_an_end_is_cut_at_its_limit(place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "_MOST", 100_000)

    def endless(asked: bytes):
        yield framed(answer(asked, SOA, A))
        while True:
            yield framed(answer(asked, *[A] * 500))

    with Answering(endless) as server, pytest.raises(TransferMalformed, match="more than 100000 octets"):
        transfer_from(place(server.port, transfer=None))


def test_an_answer_without_a_signature_is_not_believed(place, notes: Notes) -> None:
    with Answering(lambda asked: [framed(answer(asked, SOA, A, SOA))]) as server:
        with pytest.raises(KeyRefused):
            transfer_from(place(server.port))
        found = serials([place(server.port)], 5)
    assert isinstance(found[0], KeyRefused)


def test_an_answer_signed_with_another_key_is_not_believed(place, primary: NameServer, notes: Notes) -> None:
    """The server between re-signs what it relays with a key that both ends know, but which we did not use."""
    import dns.message
    import dns.name
    from nameservers import keyring

    def relay(asked: bytes):
        query = dns.message.from_wire(asked, keyring=keyring())
        reply = dns.message.make_response(query)
        reply.use_tsig(keyring(), dns.name.from_text(OTHER))
        return [framed(reply.to_wire())]

    with Answering(relay) as server:
        found = serials([place(server.port)], 5)
    assert isinstance(found[0], KeyRefused)


def test_an_update_whose_answer_never_came_is_taken_back_when_the_server_is_back(primary, place, notes: Notes) -> None:
    from datetime import timedelta

    class Freezing(Notes):
        def mark(self, token, number, state, serial, *, back=False) -> None:
            super().mark(token, number, state, serial, back=back)
            if state == "begun" and not back:
                primary.freeze()

    zone = ZoneTarget(place(primary), Freezing(notes._store), owner="sato", seconds=1)
    before = zone.fetch().data
    zone.stage(changed(before, "www 60 A 192.0.2.1"))
    with pytest.raises(ZoneUnknown, match="no answer"):
        zone.commit("t-1", 60)
    assert notes.write("t-1").state == "begun"
    primary.thaw()  # and BIND does what it was told before it froze
    primary.until(lambda: primary.serial(RIVERS) == 11)
    done = take_back_overdue(notes, lambda _: place(primary), 10, lambda: now() + timedelta(seconds=61))
    assert [each.write.state for each in done] == ["taken_back"]
    after = fetch(place(primary), notes, 5).data
    assert not difference(before, after) and after.serial == 12


def test_a_key_for_another_zone_may_not_read_this_one(primary: NameServer, place, notes: Notes) -> None:
    from nameservers import UPDATE

    with pytest.raises(NameServerRefused, match="REFUSED to a transfer"):
        fetch(place(primary, transfer=key(UPDATE)), notes, 5)


def test_a_zone_that_fails_and_a_server_that_closes_after_each_transfer_stop_no_other_zone(place, notes: Notes) -> None:
    names = [f"z{number}.example" for number in range(5)]
    seen: dict[bytes, int] = {}

    def say(asked: bytes):
        zone = asked[12 : asked.index(b"\0", 12) + 1]
        soa = record(zone, 6, SOA_DATA)
        if asked[len(zone) + 12 :][:2] == b"\0\x06":
            return [framed(answer(asked, soa))]
        seen[zone] = seen.get(zone, 0) + 1
        whole = framed(answer(asked, soa, record(b"\x03www" + zone, 1, bytes(4)), soa))
        if zone == wire(names[1]):
            return [framed(answer(asked, soa, record(zone, 1, bytes(3)), soa))]
        if zone == wire(names[2]):
            return [whole, framed(b"left over and over")]
        return [whole, CLOSE] if zone == wire(names[3]) else [whole]

    with Answering(say) as server:
        places = [place(server.port, each, transfer=None) for each in names]
        found = read_zones(places, notes, 5, 1)
    assert [isinstance(each, TransferMalformed) for each in found] == [False, True, False, False, False]
    assert {each.id for each in places} - notes.all_held().keys() == {places[1].id}
    assert found[1].where == places[1].where
    assert max(seen.values()) <= 2


def test_a_server_with_too_many_transfers_to_do_is_asked_once_more(place, notes: Notes) -> None:
    names = ["z0.example", "z1.example", "z2.example"]
    transfers: list[bytes] = []

    def say(asked: bytes):
        zone = asked[12 : asked.index(b"\0", 12) + 1]
        soa = record(zone, 6, SOA_DATA)
        if asked[len(zone) + 12 :][:2] == b"\0\x06":
            return [framed(answer(asked, soa))]
        transfers.append(zone)
        if zone == wire(names[0]) and transfers.count(zone) == 1 or zone == wire(names[1]):
            return [framed(answer(asked, code=2))]
        return [framed(answer(asked, soa, soa))]

    with Answering(say) as server:
        found = read_zones([place(server.port, each, transfer=None) for each in names], notes, 5, 1)
    assert [isinstance(each, NameServerFailed) for each in found] == [False, True, False]
    assert transfers == [wire(each) for each in (*names, names[0], names[1])]


def test_one_zone_is_asked_again_where_its_server_has_too_many_transfers_to_do(place, notes: Notes) -> None:
    transfers: list[bytes] = []

    def say(asked: bytes):
        soa = record(wire(RIVERS), 6, SOA_DATA)
        if asked[len(wire(RIVERS)) + 12 :][:2] == b"\0\x06":
            return [framed(answer(asked, soa))]
        transfers.append(asked)
        return [framed(answer(asked, code=2) if len(transfers) < 3 else answer(asked, soa, soa))]

    with Answering(say) as server:
        assert fetch(place(server.port, transfer=None), notes, 5).transferred
    assert len(transfers) == 3


@pytest.mark.parametrize(("drops", "read"), [(1, True), (2, False)])
def test_a_server_that_drops_the_line_before_it_says_anything_is_asked_once_more(
    place, notes: Notes, drops: int, read: bool
) -> None:
    soa = record(ORIGIN, 6, SOA_DATA)

    def say(asked: bytes):
        if len(server.asked) <= drops:
            return [CLOSE]
        return [framed(answer(asked, soa) if asked[len(ORIGIN) + 12 :][:2] == b"\0\x06" else answer(asked, soa, soa))]

    with Answering(say) as server:
        if read:
            assert fetch(place(server.port, transfer=None), notes, 5).transferred
        else:
            with pytest.raises(AnswerCutShort, match="0 bytes"):
                fetch(place(server.port, transfer=None), notes, 5)
            assert len(server.asked) == 2

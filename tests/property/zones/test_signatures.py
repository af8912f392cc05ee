"""Signatures as dnspython makes and verifies them, and never of anything that was changed."""

from __future__ import annotations

import random

import dns.message
import dns.name
import dns.tsig
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import NUMBER, Signing, transfer
from netctl.errors import ClocksApart, KeyRefused, TransferMalformed
from netctl.zones import names, tsig
from zone_data import zone

NOW = 1_795_000_000
NAME = "transfer-main.gov-wan.example."
ALGORITHMS = [
    "hmac-sha1",
    "hmac-sha224",
    "hmac-sha256",
    "hmac-sha256-128",
    "hmac-sha384",
    "hmac-sha512",
    "hmac-sha512-256",
]
SECRETS = st.binary(min_size=1, max_size=100)


def keys(secret: bytes, algorithm: str = "hmac-sha256") -> tuple[tsig.Key, dns.tsig.Key]:
    """One key, for us and for dnspython."""
    return tsig.Key(names.wire(NAME), algorithm, secret), dns.tsig.Key(NAME, secret, algorithm)


def question() -> bytes:
    query = dns.message.make_query("rivers.gov-wan.example.", "AXFR", id=NUMBER)
    return query.to_wire()


@given(SECRETS, st.sampled_from(ALGORITHMS))
def test_dnspython_accepts_what_we_sign(secret, algorithm):
    ours, theirs = keys(secret, algorithm)
    signed, mac = tsig.sign(question(), ours, NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.time", lambda: NOW)
        read = dns.message.from_wire(signed, keyring={theirs.name: theirs})
    assert read.had_tsig
    assert read.mac == mac


@given(SECRETS, st.sampled_from(ALGORITHMS), st.integers(1, 6), st.randoms(use_true_random=False))
def test_we_accept_what_dnspython_signs_all_messages_or_only_some(secret, algorithm, count, choose):
    ours, theirs = keys(secret, algorithm)
    messages = transfer(zone(3), random.Random(3), count)
    server, verifier = Signing(theirs, b"mac of the question"), tsig.Verifier(ours, b"mac of the question")
    for index, message in enumerate(messages):
        must = index in {0, len(messages) - 1}
        sent = server.sign(message, NOW) if must or choose.random() < 0.5 else server.leave(message)
        assert verifier.check(sent, NOW) == message
    verifier.finish()


@given(st.integers(0, 100_000), st.integers(1, 255), st.integers(1, 3))
def test_nothing_that_was_changed_on_its_way_is_accepted(place, flip, count):
    ours, theirs = keys(b"secret")
    messages = transfer(zone(4), random.Random(4), count)
    server, verifier = Signing(theirs, b"mac"), tsig.Verifier(ours, b"mac")
    sent = [bytearray(server.sign(message, NOW)) for message in messages]
    which = place % len(sent)
    sent[which][place % len(sent[which])] ^= flip
    try:
        taken = [verifier.check(bytes(each), NOW) for each in sent]
        verifier.finish()
    except (KeyRefused, ClocksApart, TransferMalformed):
        return
    # What is not covered: the message's number, which the signature has itself, the case of names in the signature,
    # and its class, TTL and the like, which are what they must be and not what they are.
    assert [each[2:] for each in taken] == [each[2:] for each in messages]


@given(st.binary(max_size=200), st.booleans())
def test_any_octets_are_refused(octets, framed):
    head = NUMBER.to_bytes(2, "big") + b"\x84\0\0\0\0\0\0\0\0\1" if framed else b""
    with pytest.raises((KeyRefused, TransferMalformed, ClocksApart)):
        tsig.Verifier(keys(b"secret")[0], b"mac").check(head + octets, NOW)

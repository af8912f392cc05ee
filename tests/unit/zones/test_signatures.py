"""Signatures that are missing, wrong, or made at another time; and servers that refuse ours."""

from __future__ import annotations

import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.TSIG
import dns.tsig
import pytest

from answers import NUMBER, Signing
from netctl.errors import ClocksApart, KeyRefused, TransferMalformed
from netctl.zones import names, tsig

NOW = 1_795_000_000
KEY = tsig.Key(names.wire("Transfer-main.gov-wan.example."), "hmac-sha256", b"a secret of tests")
ANSWER = NUMBER.to_bytes(2, "big") + b"\x84\0\0\0\0\0\0\0\0\0"


def signed(message: bytes = ANSWER, now: int = NOW, key: tsig.Key = KEY, mac: bytes = b"mac") -> bytes:
    theirs = dns.tsig.Key(names.text(key.name), key.secret, key.algorithm)
    return Signing(theirs, mac).sign(message, now)


def refusing(error: int, other: bytes = b"", mac: bytes = b"") -> bytes:
    """An answer that says why our signature is refused."""
    rdata = dns.rdtypes.ANY.TSIG.TSIG(
        dns.rdataclass.ANY,
        dns.rdatatype.TSIG,
        dns.tsig.HMAC_SHA256,
        NOW,
        300,
        mac,
        NUMBER,
        dns.rcode.Rcode(error),
        other,
    )
    data = rdata.to_wire()
    return ANSWER[:10] + b"\0\1" + KEY.name + b"\x00\xfa\x00\xff\0\0\0\0" + len(data).to_bytes(2, "big") + data


def check(message: bytes, now: int = NOW) -> bytes:
    return tsig.Verifier(KEY, b"mac", "ns1").check(message, now)


def test_a_key_shows_its_name_and_never_its_secret():
    assert KEY.title == "transfer-main.gov-wan.example."
    assert "secret" not in repr(KEY)


def test_an_unknown_algorithm_is_refused():
    with pytest.raises(KeyRefused, match="'hmac-md5' is none of hmac-sha1"):
        tsig.Key(KEY.name, "hmac-md5", b"x")


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (ANSWER, "is not signed"),
        (signed(mac=b"another question"), "signature with transfer-main.gov-wan.example. is wrong"),
        (signed(key=tsig.Key(KEY.name, "hmac-sha256", b"another")), "is wrong"),
        (signed(key=tsig.Key(KEY.name, "hmac-sha512", KEY.secret)), "not transfer-main"),
        (
            signed(key=tsig.Key(names.wire("other.example."), "hmac-sha256", KEY.secret)),
            "signed with other.example., not",
        ),
        (refusing(16), "BADSIG"),
        (refusing(17), "BADKEY"),
        (refusing(22), "BADTRUNC"),
        (refusing(99), "code 99"),
    ],
)
def test_a_key_that_does_not_hold_is_refused(message, why):
    with pytest.raises(KeyRefused, match=why) as raised:
        check(message)
    assert raised.value.where == "ns1"


@pytest.mark.parametrize(("away", "clock"), [(301, r"\+301"), (-1000, "-1000")])
def test_a_clock_too_far_away_is_told_with_how_far(away, clock):
    with pytest.raises(ClocksApart, match=f"{clock} s from ours"):
        check(signed(now=NOW + away))


def test_clocks_may_be_apart_as_far_as_the_signature_allows():
    assert check(signed(now=NOW + 300)) == check(signed(now=NOW - 300)) == ANSWER


def test_a_server_that_refuses_our_time_says_what_its_own_is():
    with pytest.raises(ClocksApart, match=r"BADTIME\): its clock is \+1000 s from ours"):
        check(refusing(18, (NOW + 1000).to_bytes(6, "big")))


def test_a_signature_of_the_wrong_length_is_cut_short():
    whole = signed()
    with pytest.raises(TransferMalformed):
        check(whole[:-1])


def test_an_answer_that_goes_on_without_a_signature_is_not_complete():
    verifier = tsig.Verifier(KEY, b"mac")
    verifier.check(signed(), NOW)
    verifier.finish()
    verifier.check(ANSWER, NOW)
    with pytest.raises(KeyRefused, match="last message"):
        verifier.finish()


def test_a_hundred_messages_without_a_signature_are_too_many():
    verifier = tsig.Verifier(KEY, b"mac")
    verifier.check(signed(), NOW)
    for _ in range(tsig.MOST_UNSIGNED):
        verifier.check(ANSWER, NOW)
    with pytest.raises(KeyRefused, match="more than 99"):
        verifier.check(ANSWER, NOW)


def test_nothing_was_proven_before_the_first_message():
    with pytest.raises(KeyRefused):
        tsig.Verifier(KEY, b"mac").finish()

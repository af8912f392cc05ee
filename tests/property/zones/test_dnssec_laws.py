"""Keys, signatures and proofs of absence are what dnspython makes of them; stages follow from what was seen."""

from datetime import UTC, datetime, timedelta

import dns.dnssec
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given
from hypothesis import strategies as st
from zone_data import ORIGIN, zones

from netctl.model.moments import read_moment, stamp
from netctl.model.signing import KeyHistory
from netctl.zones import names
from netctl.zones.data import RRset, ZoneData
from netctl.zones.dnssec import DNSKEY, NSEC, RRSIG, SigningKey, ds_data, key_tag, keys_of, vouchers_of, vouches
from netctl.zones.dnssec_denial import Hashing, gaps
from netctl.zones.dnssec_history import Seen, remember
from netctl.zones.dnssec_signatures import SignatureCheck, Tally, authoritative, cuts_of, signature
from netctl.zones.dnssec_stages import Outlook, Timing, rollovers, state_of

MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
OWNER = dns.name.from_wire(ORIGIN, 0)[0]
PRIVATE = (ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate())
KEYS = [
    dns.dnssec.make_dnskey(private.public_key(), dns.dnssec.Algorithm(number), flags=257)
    for private, number in zip(PRIVATE, (13, 15), strict=True)
]

key_data = st.builds(
    lambda flags, algorithm, key: flags.to_bytes(2, "big") + bytes((3, algorithm)) + key,
    st.sampled_from([256, 257, 385]),
    st.sampled_from([5, 8, 13, 15]),
    st.binary(min_size=3, max_size=70),
)


def theirs(number, data):
    return dns.rdata.from_wire(dns.rdataclass.IN, number, data, 0, len(data))


@given(key_data)
def test_tags_and_ds_are_dnspython_s(data: bytes) -> None:
    key, other = (
        SigningKey(key_tag(data), data[3], int.from_bytes(data[:2], "big"), data),
        theirs(dns.rdatatype.DNSKEY, data),
    )
    assert key.tag == dns.dnssec.key_id(other)
    for number, name in ((2, "SHA256"), (4, "SHA384")):
        made = ds_data(ORIGIN, key, number)
        assert made == dns.dnssec.make_ds(OWNER, other, name, validating=True).to_wire()
        (voucher,) = vouchers_of(RRset(0, (made,)))
        assert vouches(voucher, ORIGIN, key)
        assert not vouches(voucher._replace(value=voucher.value[:-1] + b"!"), ORIGIN, key) or voucher.value[-1:] == b"!"


@given(st.binary(max_size=40), st.integers(0, 20), st.lists(st.binary(min_size=1, max_size=8), max_size=4))
def test_hashed_names_are_dnspython_s(salt: bytes, iterations: int, labels: list[bytes]) -> None:
    name = dns.name.Name([*(each.lower() for each in labels), b""])
    ours = Hashing(iterations, salt).label(name.to_wire())
    assert ours.decode() == dns.dnssec.nsec3_hash(name, salt or None, iterations, 1).lower()


def rrset_of(key, rrset):
    owner = dns.name.from_wire(key[0], 0)[0]
    return dns.rrset.from_rdata_list(owner, rrset.ttl, [theirs(key[1], data) for data in rrset.rdatas])


def signature_by(which, key, rrset):
    begun, ends = MOMENT - timedelta(hours=1), MOMENT + timedelta(days=1)
    made = dns.dnssec.sign(rrset_of(key, rrset), PRIVATE[which], OWNER, KEYS[which], inception=begun, expiration=ends)
    return signature(made.to_wire())


@pytest.mark.parametrize("which", [0, 1])
@given(zone=zones, data=st.data())
def test_what_dnspython_signs_holds_and_nothing_else_does(which: int, zone: ZoneData, data) -> None:
    at = data.draw(st.sampled_from(sorted(zone.rrsets)))
    rrset = zone.rrsets[at]
    one = signature_by(which, at, rrset)
    check = SignatureCheck(ORIGIN, keys_of(RRset(300, (KEYS[which].to_wire(),))), MOMENT.timestamp())
    assert check.flaw(at, rrset, one) == ""
    value = bytearray(one.value)
    value[data.draw(st.integers(0, len(value) - 1))] ^= data.draw(st.integers(1, 255))
    assert check.flaw(at, rrset, one._replace(value=bytes(value))) == "it does not verify"
    assert check.flaw((names.wire("x", at[0]) if at[0][0] != 1 else ORIGIN[1 + ORIGIN[0] :], at[1]), rrset, one)
    late = SignatureCheck(ORIGIN, keys_of(RRset(300, (KEYS[which].to_wire(),))), MOMENT.timestamp() + 86401)
    assert late.flaw(at, rrset, one) == "it has expired"
    assert "no key" in SignatureCheck(ORIGIN, (), MOMENT.timestamp()).flaw(at, rrset, one)


@given(st.binary(max_size=60))
def test_any_octets_are_a_signature_or_none(data: bytes) -> None:
    one = signature(data)
    assert one is None or one.head + one.value == data


def with_circle(zone: ZoneData) -> ZoneData:
    """The zone with the NSEC records it must have, made in the plainest way."""
    cuts = cuts_of(zone.origin, zone.rrsets)
    types: dict[bytes, set[int]] = {zone.origin: set()}
    for key in zone.rrsets:
        if authoritative(key, zone.origin, cuts) or (key[0] in cuts and key[1] == 2):
            types.setdefault(key[0], set()).add(key[1])
    order = sorted(types, key=names.order)
    made = dict(zone.rrsets)
    for owner, follower in zip(order, [*order[1:], order[0]], strict=True):
        words = " ".join(dns.rdatatype.to_text(number) for number in {*types[owner], NSEC, RRSIG})
        text = f"{names.text(follower)} {words}"
        made[owner, NSEC] = RRset(300, (dns.rdata.from_text("IN", "NSEC", text).to_wire(),))
    return ZoneData(zone.origin, made)


@given(zone=zones, data=st.data())
def test_a_whole_circle_has_no_gap_and_any_link_that_is_missing_is_one(zone: ZoneData, data) -> None:
    whole = with_circle(zone)
    assert list(gaps(whole)) == []
    links = sorted(owner for owner, number in whole.rrsets if number == NSEC)
    gone = data.draw(st.sampled_from(links))
    rest = {key: rrset for key, rrset in whole.rrsets.items() if key != (gone, NSEC)}
    assert list(gaps(ZoneData(zone.origin, rest)))
    other = data.draw(st.sampled_from(links))
    turned = dict(whole.rrsets) | {(gone, NSEC): whole.rrsets[other, NSEC]}
    assert other == gone or list(gaps(ZoneData(zone.origin, turned)))


# ── stages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

OLD, NEW = (SigningKey(tag, 13, flags, b"\1\0\3\r" + bytes((tag,)) * 64) for tag, flags in ((1, 256), (2, 256)))
TOTAL = 10
TIMING = Timing(keys=3600, ds=86400, delay=300)


def look(signed: dict[int, int], fresh: set[int], keys) -> Seen:
    tally = Tally(
        TOTAL,
        {(13, tag): count for tag, count in signed.items() if count},
        frozenset(),
        frozenset((13, tag) for tag in fresh),
        None,
        7200,
    )
    return Seen(ORIGIN, tuple(keys), frozenset(key.id for key in keys), tally, None)


STORY = [
    (look({1: TOTAL}, {1}, [OLD]), ["active"], None),
    (look({1: TOTAL}, {1}, [OLD, NEW]), ["active", "published"], 0),
    (look({1: 6, 2: 4}, {2}, [OLD, NEW]), ["retiring", "active"], 1),
    (look({2: TOTAL}, {2}, [OLD, NEW]), ["retired", "active"], 2),
    (look({2: TOTAL}, {2}, [NEW]), ["active"], None),
]


@given(st.lists(st.integers(1, 5), min_size=len(STORY), max_size=len(STORY)), st.integers(0, 300))
def test_a_zsk_is_followed_through_its_life_however_often_one_looks(times: list[int], gap: int) -> None:
    histories: dict[str, KeyHistory] = {}
    moment = MOMENT
    for (seen, states, step), count in zip(STORY, times, strict=True):
        for _ in range(count):
            moment += timedelta(seconds=gap)
            histories = remember(histories, seen, moment)
            outlook = Outlook(seen, histories, TIMING, moment, 13, able=False)
            assert [state_of(outlook, key) for key in seen.keys] == states
            found = rollovers(outlook)
            assert [each.step for each in found] == ([] if step is None else [step])
            for each in found:
                assert not each.earliest or read_moment(each.earliest) > moment
    assert histories[OLD.id].gone and not histories[NEW.id].gone


@given(st.integers(0, 20_000))
def test_no_step_is_called_safe_before_the_longest_ttl_has_passed_since_it_was_seen(later: int) -> None:
    seen = STORY[3][0]
    histories = remember(remember({}, STORY[0][0], MOMENT), seen, MOMENT)
    (found,) = rollovers(Outlook(seen, histories, TIMING, MOMENT + timedelta(seconds=later), 13, able=False))
    assert (found.step == 3) == (later >= 7200 + 300)
    assert found.step == 3 or found.earliest == stamp(MOMENT + timedelta(seconds=7500))

"""A signed zone, whole or damaged, is judged as `dnssec-verify` and `ldns-verify-zone` judge it."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from nameservers import require
from signed_zones import NSEC, NSEC3, OPT_OUT, ORIGIN, SALTED, sign, takes, zone

from netctl.devices.nameserver.signed import examine, vouched
from netctl.model.moments import now
from netctl.zones.data import RRset
from netctl.zones.dnssec import DNSKEY, ds_data, keys_of
from netctl.zones.dnssec_denial import denial_of
from netctl.zones.dnssec_signatures import tally
from netctl.zones.records import rdata_text

BIND = ("dnssec-verify", "-q", "-o", ORIGIN)
LDNS = ("ldns-verify-zone", "-V", "0")
WAYS = {"NSEC": NSEC, "NSEC3": NSEC3, "NSEC3 with salt": SALTED, "NSEC3 with opt-out": OPT_OUT}


@pytest.fixture(scope="module", autouse=True)
def tools():
    require("dnssec-signzone", "dnssec-keygen", "dnssec-verify", "ldns-verify-zone")


@pytest.fixture(scope="module")
def signed(tmp_path_factory, tools):
    """The zone signed in each way."""
    folder = tmp_path_factory.mktemp("signed")
    return folder, {way: sign(folder, *options) for way, options in WAYS.items()}


def a_link(records):
    """An NSEC or NSEC3 that is not the apex's."""
    return [each for each in records if each[2] in {"NSEC", "NSEC3"} and each[0] != f"{ORIGIN}."][-1]


DAMAGES = {
    "nothing": lambda records: records,
    "an address nobody signed": lambda records: [
        (*each[:3], "192.0.2.99") if each[0].startswith("www") and each[2] == "A" else each for each in records
    ],
    "a name nobody signed": lambda records: [*records, (f"new.{ORIGIN}.", "300", "A", "192.0.2.9")],
    "an address without its signature": lambda records: [
        each for each in records if not (each[0].startswith("www") and each[2] == "RRSIG" and each[3].startswith("A "))
    ],
    "a link of the circle is gone": lambda records: [each for each in records if each != a_link(records)],
    "the ZSK is gone": lambda records: [
        each for each in records if not (each[2] == "DNSKEY" and each[3].startswith("256 "))
    ],
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_all_verifiers_say_the_same(signed, tmp_path: Path, way: str, damage: str) -> None:
    records = DAMAGES[damage](signed[1][way])
    found = examine(zone(records), now())
    whole = damage == "nothing"
    assert (not found.problems) == whole, found.problems
    assert denial_of(zone(records)) == way.split()[0]
    assert takes(tmp_path, records, *BIND) == whole
    assert takes(tmp_path, records, *LDNS) == whole


def test_a_name_that_no_server_proves_absent_is_named(signed) -> None:
    records = [each for each in signed[1]["NSEC"] if not (each[0].startswith("www") and each[2] == "NSEC")]
    assert f"www.{ORIGIN}.: no NSEC proves what is not there" in examine(zone(records), now()).problems
    hidden = zone(signed[1]["NSEC3"])
    kept = {key: rrset for key, rrset in hidden.rrsets.items() if key[1] != 50}
    found = examine(type(hidden)(hidden.origin, kept), now()).problems
    assert f"the.woods.{ORIGIN}.: no NSEC3 proves what is not there" in found  # it exists for names below it
    assert not [each for each in found if each.startswith("ns.child")]


def test_signatures_of_the_past_have_expired_and_those_of_the_future_do_not_hold_yet(tmp_path: Path) -> None:
    past = sign(tmp_path, "-s", "20260101000000", "-e", "20260201000000")
    found = examine(zone(past), now())
    assert all(each.endswith("it has expired") for each in found.problems)
    assert len(found.problems) == tally(zone(past), now().timestamp()).total + 1  # and the keys
    assert found.expires.isoformat() == "2026-02-01T00:00:00+00:00"
    future = sign(tmp_path, "-s", "20300101000000", "-e", "20300201000000")
    assert all(each.endswith("it does not hold yet") for each in examine(zone(future), now()).problems)
    for records in (past, future):
        assert not takes(tmp_path, records, *LDNS)


@pytest.mark.parametrize("algorithm", ["RSASHA256", "ECDSAP384SHA384", "ED25519"])
def test_other_algorithms_are_verified_too(tmp_path: Path, algorithm: str) -> None:
    records = sign(tmp_path, algorithm=algorithm)
    found = examine(zone(records), now())
    assert found.problems == () and takes(tmp_path, records, *LDNS)
    twisted = examine(zone(DAMAGES["an address nobody signed"](records)), now())
    assert twisted.problems == (f"www.{ORIGIN}. A: no signature holds: it does not verify",)


def test_a_ds_is_what_bind_makes_of_the_key_and_vouches_for_it_alone(signed) -> None:
    folder, ways = signed
    data = zone(ways["NSEC"])
    keys = data.rrsets[data.origin, DNSKEY]
    signers = tally(data, now().timestamp()).keys
    for key in keys_of(keys):
        file = next(each for each in folder.glob("K*.key") if f"+{key.tag:05d}." in each.name)
        for number, digest in ((1, "-1"), (2, "-2"), (4, "-aSHA-384")):
            said = subprocess.run(
                ["dnssec-dsfromkey", digest, file.name], cwd=folder, capture_output=True, text=True, check=True
            )
            theirs = said.stdout.split(None, 3)[3].replace(" ", "").lower().strip()
            assert rdata_text(43, ds_data(data.origin, key, number)).replace(" ", "") == theirs
            wrong = vouched(data.origin, keys, RRset(300, (ds_data(data.origin, key, number),)), signers)
            assert bool(wrong) == (not key.secure_entry)  # the ZSK does not sign the keys
    other = RRset(300, (ds_data(data.origin, keys_of(keys)[0])[:-1] + b"x",))
    assert "is of a key that signs the keys" in vouched(data.origin, keys, other, signers)
    assert vouched(data.origin, None, other, signers) == "the zone above has a DS, and the zone has no keys"
    assert vouched(data.origin, keys, None, signers) == ""


def test_what_stands_beside_what_was_touched_is_verified_and_what_is_far_away_is_not(signed) -> None:
    records = signed[1]["NSEC"]
    data, far = zone(records), f"ns1.{ORIGIN}."
    www = next(owner for owner, _ in data.rrsets if owner.startswith(b"\x03www"))
    twisted = zone([(*each[:3], "192.0.2.99") if (each[0], each[2]) == (far, "A") else each for each in records])
    assert not examine(twisted, now(), {www}, before=twisted).problems
    assert examine(twisted, now(), None).problems
    before = type(data)(data.origin, {key: rrset for key, rrset in data.rrsets.items() if key[1] != 47})
    late = examine(data, now() + timedelta(days=60), {www}, before=before)
    links = sum(number == 47 for _, number in data.rrsets)
    assert sum(" NSEC: no signature holds" in each for each in late.problems) == links  # each is new, or was made anew


def twisted(records, kind, change):
    """The zone with the data of one link of its circle changed."""
    link = a_link(records)
    assert link[2] == kind
    return examine(zone([(*each[:3], change(each[3])) if each == link else each for each in records]), now()).problems


def test_a_proof_that_says_too_much_too_little_or_leads_elsewhere_is_told(signed) -> None:
    nsec, nsec3 = signed[1]["NSEC"], signed[1]["NSEC3"]
    assert any("its NSEC is wrong about MX" in each for each in twisted(nsec, "NSEC", lambda data: f"{data} MX"))
    assert any("its NSEC3 is wrong about MX" in each for each in twisted(nsec3, "NSEC3", lambda data: f"{data} MX"))
    less = twisted(nsec, "NSEC", lambda data: data.replace(" NSEC", "", 1))
    assert any("its NSEC is wrong about NSEC" in each for each in less)
    astray = twisted(nsec, "NSEC", lambda data: f"nowhere.{ORIGIN}. {data.split(None, 1)[1]}")
    assert any(f"its NSEC leads to nowhere.{ORIGIN}." in each for each in astray)
    other = "0" * 32
    astray = twisted(nsec3, "NSEC3", lambda data: " ".join([*data.split()[:4], other, *data.split()[5:]]))
    assert any(f"its NSEC3 leads to {other}" in each for each in astray)


def test_more_iterations_than_resolvers_believe_are_told_and_not_walked(tmp_path: Path) -> None:
    records = sign(tmp_path, "-3", "abcd", "-H", "101")
    assert any("101 iterations is not believed (RFC 9276)" in each for each in examine(zone(records), now()).problems)

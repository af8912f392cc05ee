"""A zone that BIND signs by itself is changed like any other, and its signatures are verified afterwards."""

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from nameservers import RIVERS, ZONE, NameServer, bind, require
from zonewriting import changed, key

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.signed import examine
from netctl.devices.nameserver.target import ZoneTarget
from netctl.errors import ZoneReadBackDiffers
from netctl.model.moments import now
from netctl.zones.data import RRset, ZoneData
from netctl.zones.difference import difference
from netctl.zones.dnssec_denial import denial_of
from netctl.zones.records import rdata_text, type_text
from netctl.zones.names import text

CUT = "child NS ns.child\nns.child A 192.0.2.54\n"
SIGNING = "dnssec-policy default; inline-signing no;"


@pytest.fixture
def signing(tmp_path: Path, place, notes: Notes):
    """BIND with a zone that it has signed whole, and the way to it."""
    with bind(tmp_path / "bind", {RIVERS: ZONE + CUT}, zone_options=SIGNING) as server:
        zone = ZoneTarget(place(server), notes, owner="sato")
        server.until(lambda: (found := examine(zone.fetch().data, now())) and not found.problems)
        yield server, zone


def test_a_signed_zone_is_changed_and_its_signatures_hold(signing, tmp_path: Path) -> None:
    _, zone = signing
    before = zone.fetch().data
    wanted = changed(before, "new 300 A 192.0.2.3", "-old CNAME", "www 60 AAAA 2001:db8::81")
    change = zone.stage(wanted)
    assert (len(change.added), len(change.removed), len(change.changed)) == (1, 1, 1)
    zone.commit("t-1", 60)
    served = zone.fetch().data
    found = examine(served, now())
    assert found is not None and found.problems == () and found.algorithms == (13,)
    assert timedelta(days=1) < found.expires - now() < timedelta(days=30)
    agrees_with_bind(served, tmp_path)
    zone.roll_back("t-1")
    assert not difference(zone.fetch().data, before)
    assert examine(zone.fetch().data, now()).problems == ()


def agrees_with_bind(served: ZoneData, folder: Path) -> None:
    """BIND's own verifier says the same of what was read."""
    require("dnssec-verify")
    lines = [
        f"{text(owner)} {rrset.ttl} {type_text(number)} {rdata_text(number, data)}\n"
        for (owner, number), rrset in served.rrsets.items()
        for data in rrset.rdatas
    ]
    (folder / "served").write_text("".join(lines))
    command = ["dnssec-verify", "-z", "-o", RIVERS, folder / "served"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_unsigned_zone_has_nothing_to_examine(primary: NameServer, place, notes: Notes) -> None:
    assert examine(ZoneTarget(place(primary), notes, owner="sato").fetch().data, now()) is None


BROKEN = {
    "an address that was never signed": (("www", "A"), lambda rrset: RRset(300, (b"\xc0\0\2\1",)), "www.* A: no sign"),
    "an address without any signature": (("www", "RRSIG"), lambda rrset: None, "www.* AAAA: .*it has none"),
    "a gap in the chain": (("mail", "NSEC"), lambda rrset: None, "mail.*no NSEC"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_does_not_hold_is_said(signing, broken: str) -> None:
    _, zone = signing
    (owner, kind), twist, said = BROKEN[broken]
    data = zone.fetch().data
    rrsets = dict(data.rrsets)
    at = key(data, owner, kind)
    twisted = twist(rrsets.pop(at))
    if twisted is not None:
        rrsets[at] = twisted
    problems = examine(ZoneData(data.origin, rrsets), now()).problems
    assert re.search(said, "\n".join(problems))


def test_a_signature_ends_with_its_time_and_with_the_key(signing) -> None:
    _, zone = signing
    data = zone.fetch().data
    late = examine(data, now() + timedelta(days=40))
    assert any("expired" in each for each in late.problems)
    other = {at: rrset for at, rrset in data.rrsets.items()}
    keys = other[key(data, "@", "DNSKEY")]
    (only,) = keys.rdatas
    other[key(data, "@", "DNSKEY")] = RRset(keys.ttl, (only[:-1] + bytes([only[-1] ^ 1]),))
    assert examine(ZoneData(data.origin, other), now()).problems


def test_a_server_that_serves_what_it_did_not_sign_has_the_change_taken_back(signing, monkeypatch) -> None:
    from netctl.devices.nameserver import target as module

    server, zone = signing
    before = zone.fetch().data
    zone.stage(changed(before, "www 60 A 192.0.2.1"))
    later = lambda data, moment, owners, **more: examine(data, moment + timedelta(days=40), owners, **more)  # noqa: E731
    monkeypatch.setattr(module, "examine", later)
    with pytest.raises(ZoneReadBackDiffers, match="signatures do not hold.*taken back"):
        zone.commit("t-1", 60)
    assert not difference(zone.fetch().data, before)


NSEC3 = 'dnssec-policy "hashed" { keys { csk lifetime unlimited algorithm ed25519; }; nsec3param iterations 0 optout no salt-length 0; };'


def test_a_zone_with_nsec3_is_changed_and_its_circle_is_whole(tmp_path: Path, place, notes: Notes) -> None:
    signed = 'dnssec-policy "hashed"; inline-signing no;'
    with bind(tmp_path / "bind", {RIVERS: ZONE + CUT}, zone_options=signed, statements=NSEC3) as server:
        zone = ZoneTarget(place(server), notes, owner="sato")
        server.until(lambda: denial_of(data := zone.fetch().data) == "NSEC3" and not examine(data, now()).problems)
        before = zone.fetch().data
        zone.stage(changed(before, "deep.new 300 A 192.0.2.3", "-old CNAME"))
        zone.commit("t-1", 60)
        served = zone.fetch().data
        assert denial_of(served) == "NSEC3" and examine(served, now()).problems == ()
        agrees_with_bind(served, tmp_path)
        lost = next(key for key in served.rrsets if key[1] == 50)
        broken = ZoneData(served.origin, {key: rrset for key, rrset in served.rrsets.items() if key != lost})
        assert any("NSEC3" in each for each in examine(broken, now()).problems)

"""From wherever a write of any zone stopped there is a way back, and it takes nothing of anybody else's with it."""

from __future__ import annotations

import hashlib
import zlib

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from zone_data import ORIGIN, zones

from netctl.devices.nameserver.notes import touched_by
from netctl.devices.nameserver.restoring import strangers, way_back
from netctl.store.zonepacking import ZoneCopy, pack_touched, unpack_touched, unpack_zone
from netctl.zones import names, records
from netctl.zones.data import RRset, ZoneData
from netctl.zones.difference import difference
from netctl.zones.simulate import NOERROR, simulate
from netctl.zones.update import updates

COUNTS = st.sampled_from([1, 2, 1_000])


def applied(zone: ZoneData, messages) -> ZoneData:
    done = simulate(zone, [each.message(7) for each in messages])
    assert (done.code, done.ignored) == (NOERROR, ())
    return done.zone


@given(zones, zones, COUNTS, COUNTS, st.integers(0, 40), st.integers(0, 40))
def test_from_any_message_on_and_from_any_message_of_the_way_back(before, wanted, there, back, stop, again):
    change = difference(before, wanted)
    touched = unpack_touched(pack_touched(touched_by(change)))
    sent = updates(before, change, most_records=there)
    left = applied(before, sent[:stop])
    assert strangers(left, touched, whole=stop >= len(sent)) == []
    returning = updates(left, way_back(left, touched), most_records=back)
    assert returning  # the serial rises in any case
    half = applied(left, returning[:again])  # and it may stop on its way back as well
    assert strangers(half, touched, whole=False) == []
    whole = applied(half, updates(half, way_back(half, touched)))
    assert not difference(whole, before)
    assert whole.serial != left.serial


@given(zones, zones)
def test_records_of_others_stay(before, wanted):
    change = difference(before, wanted)
    touched = touched_by(change)
    left = applied(before, updates(before, change))
    foreign = (names.wire("theirs", ORIGIN), records.type_number("AAAA"))
    rrset = RRset(300, (records.rdata(foreign[1], "2001:db8::99", ORIGIN),))
    met = ZoneData(ORIGIN, {**left.rrsets, foreign: rrset})
    back = applied(met, updates(met, way_back(met, touched)))
    assert back.rrsets[foreign] == rrset
    assert not difference(ZoneData(ORIGIN, {key: each for key, each in back.rrsets.items() if key != foreign}), before)


@given(zones, zones, st.integers(0, 100))
def test_whatever_somebody_else_added_to_ours_is_theirs(before, wanted, choice):
    change = difference(before, wanted)
    touched = touched_by(change)
    left = applied(before, updates(before, change))
    stays = [key for key in sorted(touched) if key in left.rrsets and key[1] != 6]
    if not stays:
        return
    key = stays[choice % len(stays)]
    foreign = RRset(left.rrsets[key].ttl, tuple(sorted({*left.rrsets[key].rdatas, b"\x06theirs\0"})))
    met = ZoneData(ORIGIN, {**left.rrsets, key: foreign})
    assert strangers(met, touched, whole=True) == strangers(met, touched, whole=False) == [key]


@given(zones)
def test_what_is_kept_of_a_zone_is_the_zone(zone):
    copy = ZoneCopy.of(zone)
    assert unpack_zone(zone.origin, copy.digest, copy.content) == zone
    assert unpack_zone(zone.origin, copy.digest, copy.content[:-1]) is None
    shuffled = ZoneData(zone.origin, dict(reversed(zone.rrsets.items())))
    assert ZoneCopy.of(shuffled).digest == copy.digest


@given(zones)
def test_what_is_alike_is_unpacked_once(zone):
    copy = ZoneCopy.of(ZoneData(zone.origin, {key: RRset(*each) for key, each in zone.rrsets.items()}))
    found = unpack_zone(zone.origin, copy.digest, copy.content, zone)
    assert found == zone
    assert all(rrset is zone.rrsets[key] for key, rrset in found.rrsets.items())


def test_a_copy_that_an_earlier_netctl_packed_is_read_from_the_server_again():
    packed = msgspec.msgpack.encode([((b"\x01a\0", 1), (300, (b"\xc0\0\2\1",)))])
    digest = hashlib.sha256(packed).hexdigest()
    assert unpack_zone(b"\x01a\0", digest, zlib.compress(packed)) is None

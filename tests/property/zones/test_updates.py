"""Differences, update messages and what a server makes of them, for any two zones."""

from __future__ import annotations

import dns.message
import dns.update
from hypothesis import given
from hypothesis import strategies as st

from netctl.zones.data import SOA, ZoneData
from netctl.zones.difference import diff_lines, difference, with_serial, without_serial
from netctl.zones.embedded import NS
from netctl.zones.simulate import NOERROR, NXRRSET, simulate
from netctl.zones.serial import next_serial
from netctl.zones.update import updates
from zone_data import ORIGIN, zones

SIZES = st.sampled_from([2_000, 65_000])
COUNTS = st.sampled_from([1, 2, 1_000])


def meaning(zone: ZoneData) -> dict:
    """A zone without its serial."""
    return {key: without_serial(rrset) if key[1] == SOA else rrset for key, rrset in zone.rrsets.items()}


@given(zones)
def test_a_zone_does_not_differ_from_itself_nor_from_itself_under_another_serial(zone):
    soa = with_serial(zone.rrsets[ORIGIN, SOA], 77)
    assert not difference(zone, ZoneData(ORIGIN, {**zone.rrsets, (ORIGIN, SOA): soa}))
    assert not difference(zone, ZoneData(ORIGIN, {key: each for key, each in zone.rrsets.items() if key[1] != SOA}))


@given(zones, zones)
def test_the_way_back_is_the_difference_of_the_other_order(one, other):
    assert difference(one, other).taken_back() == difference(other, one)


@given(zones, zones)
def test_every_record_that_comes_or_goes_is_a_line(one, other):
    change = difference(one, other)
    lines = diff_lines(change)
    assert bool(lines) == bool(change)
    signs = [line.op for line in lines]
    assert signs.count("add") >= change.records_added
    assert signs.count("remove") >= change.records_removed
    assert signs.count("add") - signs.count("remove") == change.records_added - change.records_removed


@given(zones, zones, SIZES, COUNTS)
def test_what_a_server_makes_of_the_updates_is_the_intended_zone(running, intended, octets, count):
    sent = updates(running, difference(running, intended), most_octets=octets, most_records=count)
    assert all(len(update.body) <= octets for update in sent)
    now = running
    for update in sent:
        assert now.rrsets[ORIGIN, SOA] == update.before
        done = simulate(now, [update.message(7)])
        assert (done.code, done.ignored) == (NOERROR, ())
        now = done.zone
        assert now.rrsets[ORIGIN, SOA] == update.after
        assert now.rrsets[ORIGIN, NS].rdatas
    assert meaning(now) == meaning(intended)
    assert now.serial == next_serial(running.serial, len(sent))
    assert simulate(running, [update.message(7) for update in sent]).zone == now


@given(zones, zones)
def test_a_zone_that_somebody_moved_is_refused(running, intended):
    sent = updates(running, difference(running, intended))
    for update in sent:
        moved = ZoneData(ORIGIN, {**running.rrsets, (ORIGIN, SOA): update.after})
        done = simulate(moved, [update.message(7)])
        assert done.code == NXRRSET
        assert done.zone == moved


@given(zones, zones)
def test_dnspython_reads_the_same_update(running, intended):
    for update in updates(running, difference(running, intended), most_records=3):
        read = dns.message.from_wire(update.message(4711), one_rr_per_rrset=True)
        assert isinstance(read, dns.update.UpdateMessage)
        assert read.id == 4711
        assert len(read.update) == update.records
        assert read.zone[0].name.to_wire() == ORIGIN

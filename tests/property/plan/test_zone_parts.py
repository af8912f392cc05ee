"""What a plan says of a zone: any difference there and back, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netctl.errors import ZonePartDamaged
from netctl.model.artefact import Part
from netctl.model.plan import TargetPlan
from netctl.plan.zonepart import (
    change_of,
    changed,
    content_digest,
    holds_after,
    holds_before,
    says,
    unnumbered,
    zone_change,
    zone_part,
)
from netctl.zones.data import SOA, RRset, ZoneData
from netctl.zones.difference import diff_lines, difference, with_serial
from zone_data import ORIGIN, zones

SIGNATURE = ((ORIGIN, 48), RRset(300, (b"\x01\x01\x03\x0dkey",)))


def target(change, **said):
    part, lines = zone_part(change), diff_lines(unnumbered(change))
    known = TargetPlan("z@v", "zone", "z@v", "", (part,), (), (), lines, kind="zone")
    return replace(known, **said)


@given(zones, zones)
def test_a_difference_comes_back_from_its_part_as_it_was(running, intended):
    change = difference(running, intended)
    assert zone_change(zone_part(change), ORIGIN) == unnumbered(change)
    assert zone_change(zone_part(change.taken_back()), ORIGIN) == unnumbered(change).taken_back()
    assert bool(unnumbered(change)) == bool(change)


@given(zones, zones)
def test_the_zone_after_a_difference_is_the_one_that_was_meant_under_the_serial_it_had(running, intended):
    change = zone_change(zone_part(difference(running, intended)), ORIGIN)
    after = changed(running, change)
    assert after.serial == running.serial
    assert not difference(after, intended)
    assert holds_before(running, change)
    assert holds_after(after, change)
    assert not difference(changed(after, change.taken_back()), running)
    assert bool(change) != (holds_after(running, change) and holds_before(after, change))


@given(zones, zones)
def test_two_zones_have_one_digest_where_they_do_not_differ_whatever_their_serials_and_signatures(one, other):
    assert (content_digest(one) == content_digest(other)) == (not difference(one, other))
    soa = with_serial(one.rrsets[ORIGIN, SOA], 77)
    signed = ZoneData(ORIGIN, {**one.rrsets, (ORIGIN, SOA): soa, SIGNATURE[0]: SIGNATURE[1]})
    assert content_digest(signed) == content_digest(one)


@given(zones, zones, st.data())
def test_damaged_text_is_refused_or_says_another_difference_in_so_many_words(running, intended, data):
    text = zone_part(difference(running, intended)).text
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(len(text), at + 30)))
    put = data.draw(st.sampled_from(["", "0", "ff", "null", "\n", " ", "[", "\u2028", "é", '"', text[:40]]))
    damaged = Part("zone", text[:at] + put + text[end:])
    try:
        change = zone_change(damaged, ORIGIN)
    except ZonePartDamaged as error:
        assert error.where == "rivers.gov-wan.example."
    else:
        assert zone_part(change) == damaged


@given(zones, zones)
def test_lines_that_are_not_those_of_the_part_are_refused(running, intended):
    change = unnumbered(difference(running, intended))
    assert zone_part(change_of(target(change), ORIGIN)) == zone_part(change)
    lines = diff_lines(change)
    if lines:
        with pytest.raises(ZonePartDamaged, match="lines"):
            change_of(target(change, diff=lines[:-1]), ORIGIN)
        with pytest.raises(ZonePartDamaged, match="lines"):
            change_of(target(change, diff=(*lines[:-1], replace(lines[-1], text="300 A 192.0.2.99"))), ORIGIN)
    came = tuple(replace(line, origin="dns/zones/a.yaml:7") for line in lines)
    assert says(change, came)
    with pytest.raises(ZonePartDamaged, match="parts"):
        change_of(target(change, intended=()), ORIGIN)

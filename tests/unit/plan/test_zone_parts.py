"""What a plan says of a zone, by example: the text itself, and each kind of text that is none."""

from __future__ import annotations

import pytest

from netctl.errors import ZonePartDamaged
from netctl.model.artefact import Part
from netctl.plan.zonepart import zone_change, zone_part
from netctl.zones.data import RRset, ZoneData
from netctl.zones.difference import difference
from netctl.zones.embedded import A
from netctl.zones.names import wire

ORIGIN = wire("rivers.gov-wan.example")
WWW = wire("www", ORIGIN).hex()
OUTSIDE = wire("www.example").hex()


def test_each_rrset_is_a_line_with_what_is_there_before_and_after():
    old = ZoneData(ORIGIN, {(wire("www", ORIGIN), A): RRset(300, (b"\xc0\x00\x02\x01",))})
    part = zone_part(difference(old, ZoneData(ORIGIN, {})))
    assert part == Part("zone", f'["{WWW}",1,[300,["c0000201"]],null]\n')


@pytest.mark.parametrize(
    "line",
    [
        f'["{OUTSIDE}",1,null,[300,["c0000201"]]]',
        f'["{WWW.upper()}",1,null,[300,["c0000201"]]]',
        f'["{wire("x").hex()[:-2]}",1,null,[300,["c0000201"]]]',
        f'["{WWW}",0,null,[300,["c0000201"]]]',
        f'["{WWW}",46,null,[300,["c0000201"]]]',
        f'["{WWW}",true,null,[300,["c0000201"]]]',
        f'["{WWW}",1,null,null]',
        f'["{WWW}",1,[300,["c0000201"]],[300,["c0000201"]]]',
        f'["{WWW}",1,null,[-1,["c0000201"]]]',
        f'["{WWW}",1,null,[300,[]]]',
        f'["{WWW}",1,null,[300,["c0000202","c0000201"]]]',
        f'["{WWW}",1,null,[300,["c0000201","c0000201"]]]',
        f'["{WWW}",1,null,[300,["C0000201"]]]',
        f'["{WWW}",1, null,[300,["c0000201"]]]',
        f'["{WWW}",5,null,[300,["c0000201"]]]',
        f'["{WWW}",1,null,[300,["c0000201"]],1]',
        "{}",
        "",
    ],
)
def test_a_line_that_no_zone_could_hold_is_refused(line):
    with pytest.raises(ZonePartDamaged):
        zone_change(Part("zone", line + "\n"), ORIGIN)


def test_one_rrset_is_said_once_and_under_the_name_that_parts_have():
    line = f'["{WWW}",1,null,[300,["c0000201"]]]\n'
    assert zone_change(Part("zone", line), ORIGIN)
    for part in (Part("zone", line + line), Part("other", line), Part("zone", line.rstrip("\n"))):
        with pytest.raises(ZonePartDamaged):
            zone_change(part, ORIGIN)

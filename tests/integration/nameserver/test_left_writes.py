"""Writes that were open on a primary that is gone, settled by what came to the one in its place."""

import pytest
from nameservers import RIVERS
from ports import free_port

from netctl.control.dns.leftwrites import settle_left
from netctl.devices.nameserver.transfer import fetch
from netctl.zones.data import RRset
from netctl.zones.difference import ZoneDifference
from netctl.zones.names import wire
from netctl.zones.records import rdata, type_number

A = type_number("A")
WWW, NEW = ((wire(f"{each}.{RIVERS}"), A) for each in ("www", "new"))


def address(text: str) -> RRset:
    return RRset(300, (rdata(A, text, wire(RIVERS)),))


@pytest.fixture
def settled(primary, place, notes):
    """A write open on ns1, settled while BIND serves the zone as ns2."""
    here = place(primary, name="ns2")

    def settle(change: ZoneDifference, at=here):
        gone = place(free_port(), name="ns1")
        notes.begin("t-1", gone.id, "sato", change, serial=10, seconds=60)
        notes.begin("t-2", place(primary, name="ns9").id, "sato", change, serial=10, seconds=60)
        (found,) = settle_left(notes, "ns1", lambda _: at, 5)
        assert [each.token for each in notes.open_writes()] == ["t-2"]
        return found.state, found.note

    settle.held = fetch(here, notes, 5).data
    return settle


def test_nothing_of_it_came(settled) -> None:
    change = ZoneDifference(wire(RIVERS), added=((NEW, address("192.0.2.9")),))
    state, note = settled(change)
    assert (state, "nothing of it had come to ns2" in note) == ("taken_back", True)


def test_all_of_it_came_and_nobody_confirmed_it(settled) -> None:
    www = settled.held.rrsets[WWW]
    change = ZoneDifference(wire(RIVERS), added=((WWW, www),))
    assert settled(change) == (
        "unknown",
        "ns1 is gone; all of it had come to ns2, which writes now, and nobody confirmed it",
    )


def test_a_part_of_it_came(settled) -> None:
    www = settled.held.rrsets[WWW]
    change = ZoneDifference(wire(RIVERS), added=((NEW, address("192.0.2.9")), (WWW, www)))
    state, note = settled(change)
    assert (state, "1 of 2 RRsets" in note) == ("unknown", True)


def test_nobody_can_tell(settled, place) -> None:
    change = ZoneDifference(wire(RIVERS), added=((NEW, address("192.0.2.9")),))
    state, note = settled(change, place(free_port(), name="ns2"))
    assert (state, "ns2 could not be read" in note) == ("unknown", True)


def test_nobody_else_serves_the_zone(settled) -> None:
    change = ZoneDifference(wire(RIVERS), added=((NEW, address("192.0.2.9")),))
    state, note = settled(change, None)
    assert (state, "nobody else serves the zone" in note) == ("unknown", True)

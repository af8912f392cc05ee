"""Secondaries of two makers come level with the primary, begin to serve what a catalog lists, or are named."""

import pytest
from nameservers import RIVERS, ZONE, bind, knot, nsd
from ports import free_port
from zonewriting import changed

from netctl.devices.nameserver.catalog import catalog_zone, members_of
from netctl.devices.nameserver.convergence import converge
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.errors import SecondaryBehind
from netctl.zones.difference import difference
from netctl.zones.names import wire

CATALOG = "catalog.gov-wan.example"
EMPTY = "@ 0 SOA invalid. invalid. 1 60 10 86400 0\n@ 0 NS invalid.\nversion 0 TXT 2\n"
FORESTS = "forests.gov-wan.example"


def test_knot_and_nsd_come_level_after_a_change(tmp_path, place, notes: Notes) -> None:
    ports = [free_port(), free_port()]
    with (
        bind(tmp_path / "bind", {RIVERS: ZONE}, notify=ports) as primary,
        knot(tmp_path / "knot", primary.port, [RIVERS], port=ports[0]) as one,
        nsd(tmp_path / "nsd", primary.port, [RIVERS], port=ports[1]) as two,
    ):
        secondaries = [place(one, name="ns2"), place(two, name="ns3")]
        converge(secondaries, 10, 20)
        zone = ZoneTarget(place(primary), notes, owner="sato")
        zone.stage(changed(zone.fetch().data, "www 60 A 192.0.2.1"))
        zone.commit("t-1", 60)
        levels = converge(secondaries, 11, 20)
        assert [(each.server, each.serial) for each in levels] == [("ns2", 11), ("ns3", 11)]


def test_a_zone_that_joins_the_catalog_is_served_by_a_secondary_that_never_heard_of_it(
    tmp_path, place, notes: Notes
) -> None:
    port = free_port()
    zones = {RIVERS: ZONE, FORESTS: ZONE.replace(RIVERS, FORESTS), CATALOG: EMPTY}
    with (
        bind(tmp_path / "bind", zones, notify=[port]) as primary,
        knot(tmp_path / "knot", primary.port, catalog=CATALOG, port=port) as second,
    ):
        converge([place(second, CATALOG, name="ns2")], 1, 20)
        catalog = ZoneTarget(place(primary, CATALOG), notes, owner="sato")
        for number, members in enumerate(([RIVERS], [RIVERS, FORESTS], [FORESTS])):
            catalog.stage(catalog_zone(wire(CATALOG), [wire(each) for each in members]))
            catalog.commit(f"t-{number}", 60)
            catalog.confirm(f"t-{number}")
            converge([place(second, each, name="ns2") for each in members], 10, 20)
        second.until(lambda: second.serial(RIVERS) is None)
        assert second.serial(FORESTS) == 10


def test_a_secondary_that_stays_behind_is_named_with_its_serial_and_lag(tmp_path, place, notes: Notes) -> None:
    with (
        bind(tmp_path / "bind", {RIVERS: ZONE}) as primary,  # which notifies nobody
        knot(tmp_path / "knot", primary.port, [RIVERS]) as one,
        nsd(tmp_path / "nsd", primary.port, [RIVERS]) as two,
    ):
        secondaries = [place(one, name="ns2"), place(two, name="ns3")]
        converge(secondaries, 10, 20)
        zone = ZoneTarget(place(primary), notes, owner="sato")
        zone.stage(changed(zone.fetch().data, "www 60 A 192.0.2.1"))
        zone.commit("t-1", 60)
        two.freeze()
        with pytest.raises(SecondaryBehind) as told:
            converge(secondaries, 11, 0.5)
        assert "ns2 serves 10, 1 behind" in told.value.message
        assert "ns3: no answer within" in told.value.message
        assert told.value.where == RIVERS
        two.thaw()


def test_looks_become_rarer_and_end_at_the_deadline(place) -> None:
    """Time is the test's own: a server that is not there is asked for 30 s, and no longer than that."""
    moment, pauses = [0.0], []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        moment[0] += seconds

    with pytest.raises(SecondaryBehind):
        converge([place(free_port())], 1, 30, clock=lambda: moment[0], pause=pause)
    assert pauses[:4] == [0.02, 0.04, 0.08, 0.16]
    assert max(pauses) == 1.0 and sum(pauses) == pytest.approx(30)
    assert len(pauses) < 40


def test_a_catalog_keeps_its_labels_whoever_joins_or_leaves() -> None:
    origin, rivers, forests = wire(CATALOG), wire(RIVERS), wire(FORESTS)
    one, both = catalog_zone(origin, [rivers]), catalog_zone(origin, [forests, rivers])
    assert members_of(both) == {rivers, forests}
    joined = difference(one, both)
    assert (joined.removed, joined.changed, len(joined.added)) == ((), (), 1)

"""Zones read from real servers: whole, verified, and not at all where nothing changed."""

import dns.name
import dns.query
import dns.xfr
import dns.zone
import pytest
from nameservers import OTHER, RIVERS, TRANSFER, ZONE, NameServer, bind, key, keyring, knot, nsd
from ports import LOOPBACK
from sqlalchemy import text
from zonewriting import changed, many

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.reading import read_zones
from netctl.devices.nameserver.serials import lag, newer, serials
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.nameserver.transfer import fetch
from netctl.errors import NameServerRefused
from netctl.zones.data import RRset, ZoneData


def as_dnspython_reads(server: NameServer, zone: str) -> dict:
    """The zone by another implementation's eyes."""
    found = dns.zone.Zone(zone, relativize=False)
    query, _ = dns.xfr.make_query(found, keyring=keyring(), keyname=dns.name.from_text(TRANSFER))
    dns.query.inbound_xfr(LOOPBACK, found, query, port=server.port, timeout=10)
    rrsets = {}
    for name, rdataset in found.iterate_rdatasets():
        data = tuple(sorted(each.to_digestable() for each in rdataset))
        rrsets[name.to_digestable(), int(rdataset.rdtype)] = RRset(rdataset.ttl, data)
    return rrsets


def test_a_zone_is_read_as_another_implementation_reads_it(primary: NameServer, place, notes: Notes) -> None:
    assert fetch(place(primary), notes, 10).data.rrsets == as_dnspython_reads(primary, RIVERS)


@pytest.mark.parametrize("secondary", [knot, nsd])
def test_secondaries_of_other_makers_are_read_the_same_way(tmp_path, primary, place, notes: Notes, secondary) -> None:
    with secondary(tmp_path / "second", primary.port, [RIVERS]) as second:
        second.until(lambda: second.serial(RIVERS) == 10)
        from_second = fetch(place(second, name="ns2"), notes, 10).data
    assert from_second == fetch(place(primary), notes, 10).data


def test_a_zone_whose_serial_is_the_one_last_read_is_not_transferred(primary, place, notes: Notes) -> None:
    first = fetch(place(primary), notes, 10)
    again = fetch(place(primary), notes, 10)
    assert (first.transferred, again.transferred) == (True, False)
    assert again.data == first.data and again.digest == first.digest
    log = (primary.folder / "log").read_text()
    assert log.count("AXFR started") == 1


def test_what_an_update_left_is_read_anew(primary: NameServer, place, notes: Notes) -> None:
    zone = ZoneTarget(place(primary), notes, owner="sato")
    zone.stage(many(zone.fetch().data, 2500))
    zone.commit("t-1", 60)
    assert not zone.fetch().transferred
    assert zone.fetch().data.rrsets == as_dnspython_reads(primary, RIVERS)


def test_a_copy_that_is_damaged_is_not_used(primary: NameServer, place, notes: Notes) -> None:
    first = fetch(place(primary), notes, 10)
    with notes._store._engine.begin() as connection:
        connection.execute(text("UPDATE zone_contents SET content = 'x'"))
    again = fetch(place(primary), notes, 10)
    assert again.data == first.data
    assert (primary.folder / "log").read_text().count("AXFR started") == 2
    assert fetch(place(primary), notes, 10).data == first.data
    assert (primary.folder / "log").read_text().count("AXFR started") == 2


def test_the_key_chooses_the_view(tmp_path, place, notes: Notes) -> None:
    lgwan = ZONE.replace("192.0.2.80", "198.51.100.80")
    views = {TRANSFER: {RIVERS: ZONE}, OTHER: {RIVERS: lgwan}}
    with bind(tmp_path / "bind", views=views) as server:
        server.until(lambda: server.serial(RIVERS, OTHER) == 10)
        inside = place(server, view="internal", update=key(TRANSFER))
        border = place(server, view="lgwan", transfer=key(OTHER), update=key(OTHER))
        zone = ZoneTarget(border, notes, owner="sato")
        before = fetch(inside, notes, 10).data
        assert before != zone.fetch().data
        wanted = changed(zone.fetch().data, "www 300 A 198.51.100.81")
        zone.stage(wanted)
        zone.commit("t-1", 60)
        assert fetch(inside, notes, 10).data == before
        assert not fetch(inside, notes, 10).transferred


def test_serials_of_many_zones_are_asked_on_one_connection(tmp_path, place) -> None:
    others = {f"z{each}.example": f"@ 60 SOA ns. h. {each + 1} 60 60 600 60\n@ 60 NS ns.\n" for each in range(120)}
    with bind(tmp_path / "bind", {RIVERS: ZONE} | others) as server:
        places = [place(server), place(server, "nowhere.example"), *(place(server, each) for each in others)]
        found = serials(places, 10)
    assert found[0] == 10
    assert isinstance(found[1], NameServerRefused)
    assert found[2:] == list(range(1, 121))


def test_serials_compare_in_a_circle() -> None:
    assert newer(1, 0) and newer(0, 0xFFFFFFFF) and newer(5, 0xFFFFFFF0)
    assert not newer(7, 7) and not newer(0, 1) and not newer(0x80000000, 0) and not newer(0, 0x80000000)
    assert lag(3, 0xFFFFFFFF) == 4
    assert lag(7, 7) == lag(7, 8) == 0


def test_a_zone_is_kept_once_for_all_servers_that_hold_it(primary: NameServer, place, notes: Notes) -> None:
    one = fetch(place(primary), notes, 10)
    two = fetch(place(primary, name="ns9"), notes, 10)
    assert one.digest == two.digest
    data = ZoneData(one.data.origin, dict(list(one.data.rrsets.items())[:3]))
    notes.keep(place(primary).id, data)
    assert notes.content(one.data.origin, one.digest) == one.data  # ns9 still holds it
    notes.keep(place(primary, name="ns9").id, data)
    assert notes.content(one.data.origin, one.digest) is None


def test_many_zones_are_read_on_few_connections_and_kept_in_few_transactions(tmp_path, place, notes: Notes) -> None:
    zones = {f"z{number}.example": ZONE.replace(RIVERS, f"z{number}.example") for number in range(20)}
    with bind(tmp_path / "bind", zones) as server:
        places = [place(server, each) for each in zones]
        kept: list[int] = []
        whole = notes.keep_all
        notes.keep_all = lambda some: kept.append(len(some)) or whole(some)
        first = read_zones(places, notes, 10, 2)
        again = read_zones(places, notes, 10, 2)
        asked = (server.folder / "log").read_text()
    assert kept == [10, 10]
    assert {each.data.origin for each in first} == {each.origin for each in places}
    assert [each.transferred for each in first + again] == [True] * 20 + [False] * 20
    assert [each.data for each in again] == [each.data for each in first]
    askers = {line.split("#")[1].split("/")[0] for line in asked.splitlines() if "AXFR started" in line}
    assert len(askers) == 2 and asked.count("AXFR started") == 20


def test_of_many_zones_only_those_that_moved_are_transferred_and_as_increments(tmp_path, place, notes: Notes) -> None:
    zones = {f"z{number}.example": ZONE.replace(RIVERS, f"z{number}.example") for number in range(4)}
    with bind(tmp_path / "bind", zones) as server:
        places = [place(server, each) for each in (*zones, "nobody.example")]
        read_zones(places, notes, 10, 1)
        for zone in ("z0.example", "z2.example"):
            target = ZoneTarget(place(server, zone), notes, owner="sato")
            wanted = changed(target.fetch().data, "www 60 A 192.0.2.1")
            target.stage(wanted)
            target.commit(f"t-{zone}", 60)
            target.confirm(f"t-{zone}")
        with notes._store._engine.begin() as connection:
            connection.execute(text("DELETE FROM zones_held WHERE zone = 'z2.example'"))
        *found, lost = read_zones(places, notes, 10, 1)
        log = (server.folder / "log").read_text()
    assert isinstance(lost, NameServerRefused)
    assert [each.data.serial for each in found] == [11, 10, 11, 10]
    assert [each.transferred for each in found] == [False, False, True, False]
    assert log.count("AXFR started") == 5

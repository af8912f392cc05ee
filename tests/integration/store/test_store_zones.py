"""What is remembered of zones, on both databases: contents kept once, one open write a zone, each turn of it once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from zone_data import ORIGIN, zone

from netctl.errors import DatabaseFailed, ZoneBusy
from netctl.model.moments import now, read_moment
from netctl.model.zonewrites import HeldZone, ZoneId
from netctl.store import Store
from netctl.store.zonepacking import ZoneCopy, pack_touched, unpack_zone
from netctl.zones.data import RRset, ZoneData

HERE = ZoneId("ns1", "internal", "rivers.gov-wan.example")
THERE = ZoneId("ns2", "internal", "rivers.gov-wan.example")
ONE, OTHER = zone(1), zone(2)


@pytest.fixture
def store(store_url: str):
    with Store.open(store_url, create=True) as opened:
        yield opened


def begin(store: Store, token: str, place: ZoneId = HERE, seconds: int = 60):
    touched = {key: (rrset, OTHER.rrsets.get(key)) for key, rrset in ONE.rrsets.items()}
    with store.writing() as books:
        return books.zones.begin(token, place, "sato", pack_touched(touched), serial=10, seconds=seconds)


def test_a_zone_is_kept_until_nobody_holds_it(store: Store) -> None:
    one, other = ZoneCopy.of(ONE), ZoneCopy.of(OTHER)
    for place in (HERE, THERE):
        with store.writing() as books:
            books.zones.keep({place: one})
    with store.writing() as books:
        books.zones.keep({HERE: other})
        books.zones.keep({HERE: other})
    with store.reading() as books:
        held = books.zones.held(HERE)
        assert held == HeldZone(OTHER.serial, other.digest, held.at)
        assert books.zones.content(ORIGIN, one.digest) == ONE
        assert set(books.zones.all_held()) == {HERE, THERE}
        assert books.zones.held(ZoneId("ns1", "lgwan", HERE.zone)) is None
    with store.writing() as books:
        books.zones.keep({THERE: other})
    with store.reading() as books:
        assert books.zones.content(ORIGIN, one.digest) is None
        assert books.zones.content(ORIGIN, other.digest) == OTHER


def test_a_write_goes_from_one_state_to_the_next_and_never_back(store: Store) -> None:
    written = begin(store, "t-1")
    assert (written.state, written.owner, written.serial, written.ended_at) == ("begun", "sato", 10, "")
    assert read_moment(written.revert_at) - read_moment(written.begun_at) == timedelta(seconds=60)
    with store.writing() as books:
        zones = books.zones
        assert not zones.confirm("t-1")  # not yet applied
        assert zones.applied("t-1") and not zones.applied("t-1")
        assert [each.token for each in zones.open()] == ["t-1"]
        assert zones.confirm("t-1") and not zones.confirm("t-1")
        assert zones.settle("t-1", "taken_back").state == "confirmed"
        assert zones.open() == ()
        assert zones.touched("t-1") == {key: (rrset, OTHER.rrsets.get(key)) for key, rrset in ONE.rrsets.items()}
    with store.reading() as books:
        told = [(entry.action, entry.actor, entry.subject) for entry in books.audit.entries()]
        assert told == [("zone.write", "sato", str(HERE)), ("zone.settle", "sato", str(HERE))]
        with pytest.raises(LookupError):
            books.zones.write("t-2")


def test_one_write_of_a_zone_is_open_at_a_time(store: Store) -> None:
    begin(store, "t-1")
    begin(store, "t-2", THERE)
    with pytest.raises(ZoneBusy, match="sato") as told:
        begin(store, "t-3")
    assert told.value.where == str(HERE) and "t-1" in told.value.hint
    with store.writing() as books:
        books.zones.settle("t-1", "refused", "no")
    assert begin(store, "t-3", seconds=0).revert_at == ""


def test_of_those_that_begin_at_once_one_begins(store: Store) -> None:
    outcomes = []

    def race(number: int) -> None:
        try:
            outcomes.append(begin(store, f"t-{number}").token)
        except ZoneBusy:
            outcomes.append("busy")

    threads = [threading.Thread(target=race, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes).count("busy") == 5


def test_marks_come_back_in_order(store: Store) -> None:
    begin(store, "t-1")
    said = [(1, "begun", 10, False), (1, "done", 11, False), (2, "begun", 11, False), (1, "begun", 11, True)]
    for number, state, serial, back in said:
        with store.writing() as books:
            books.zones.mark("t-1", number, state, serial=serial, back=back)
    with store.reading() as books:
        assert [(each.number, each.state, each.serial, each.back) for each in books.zones.marks("t-1")] == said


def test_a_serial_is_as_old_as_its_first_sighting(store: Store) -> None:
    began = now()
    with store.writing() as books:
        books.zones.sight({HERE: 4_294_967_295, THERE: 10})
    with store.writing() as books:
        books.zones.sight({THERE: 11})
    with store.reading() as books:
        found = books.zones.sightings()
    assert (found[HERE].serial, found[THERE].serial) == (4_294_967_295, 11)
    assert began <= read_moment(found[HERE].since) <= read_moment(found[THERE].since)


def test_a_damaged_way_back_is_not_guessed_at(store: Store) -> None:
    begin(store, "t-1")
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE zone_writes SET touched = :junk"), {"junk": b"junk"})
    with store.reading() as books, pytest.raises(DatabaseFailed, match="update is damaged"):
        books.zones.touched("t-1")


@pytest.mark.parametrize("count", [0, 1, 1999, 2000, 2001, 4001])
def test_a_zone_packed_in_pieces_is_whole(count: int) -> None:
    rrsets = {(b"\x06h%05d" % each + ORIGIN, 1): RRset(300, (each.to_bytes(4, "big"),)) for each in range(count)}
    data = ZoneData(ORIGIN, rrsets)
    copy = ZoneCopy.of(data)
    assert unpack_zone(ORIGIN, copy.digest, copy.content) == data
    assert ZoneCopy.of(ZoneData(ORIGIN, dict(reversed(rrsets.items())))) == copy

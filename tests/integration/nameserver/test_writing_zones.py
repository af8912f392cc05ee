"""Zones of a real BIND changed: as a whole, confirmed or taken back, and never over what somebody else wrote."""

from datetime import timedelta

import dns.name
import dns.query
import dns.update
import pytest
from nameservers import RIVERS, UPDATE, ZONE, NameServer, bind, keyring
from ports import LOOPBACK
from zonewriting import changed, many

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.asking import ask
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.nameserver.transport import Connection
from netctl.devices.nameserver.watchdog import take_back_overdue
from netctl.devices.nameserver.writing import prepare
from netctl.errors import (
    CommitGone,
    KeyRefused,
    NameOutsideZone,
    UpdateIgnored,
    UpdateTakenBack,
    ZoneBusy,
    ZoneMoved,
    ZoneUnknown,
)
from netctl.model.moments import now
from netctl.zones.data import ZoneData
from netctl.zones.difference import difference


def target(place, notes: Notes, owner: str = "sato", **more) -> ZoneTarget:
    return ZoneTarget(place, notes, owner=owner, seconds=20, **more)


def same(one: ZoneData, other: ZoneData) -> bool:
    return not difference(one, other)


def test_a_change_is_staged_committed_read_back_and_confirmed(primary: NameServer, place, notes: Notes) -> None:
    zone = target(place(primary), notes)
    before = zone.fetch().data
    wanted = changed(
        before,
        "www 60 A 192.0.2.81",  # another TTL and address
        "-old CNAME",
        "old 300 A 192.0.2.90",  # a CNAME becomes an address in one message
        'new 300 TXT "a;b" "c"',
        "@ 300 NS ns2",
        "@ 300 NS ns3",
        "ns3 300 AAAA 2001:db8::54",
        "@ 300 SOA ns3 hostmaster 1 7200 600 86400 300",
    )
    zone.stage(wanted)
    assert primary.serial(RIVERS) == 10
    zone.commit("t-1", 60)
    assert same(zone.fetch().data, wanted)
    waiting = zone.pending()
    assert waiting is not None and (waiting.state, waiting.token, waiting.owner) == ("applied", "t-1", "sato")
    zone.confirm("t-1")
    zone.confirm("t-1")  # said twice, done once
    assert zone.pending() is None
    assert not zone.stage(wanted)
    with pytest.raises(CommitGone, match="confirmed"):
        zone.roll_back("t-1")


def test_a_commit_that_is_rolled_back_leaves_the_zone_as_it_was(primary: NameServer, place, notes: Notes) -> None:
    zone = target(place(primary), notes)
    before = zone.fetch().data
    zone.stage(changed(before, "@ 300 NS ns3", "ns3 300 A 192.0.2.54", "-mail MX", "-mail TXT", "www 60 A 192.0.2.1"))
    zone.commit("t-1", 60)
    assert not same(zone.fetch().data, before)
    zone.roll_back("t-1")
    zone.roll_back("t-1")
    after = zone.fetch().data
    assert same(after, before) and after.serial > before.serial
    with pytest.raises(CommitGone, match="taken back"):
        zone.confirm("t-1")


def test_what_others_wrote_elsewhere_survives_a_rollback(primary: NameServer, place, notes: Notes) -> None:
    zone = target(place(primary), notes)
    before = zone.fetch().data
    zone.stage(changed(before, "www 60 A 192.0.2.1"))
    zone.commit("t-1", 60)
    by_hand(primary, "add other.rivers.gov-wan.example. 300 A 192.0.2.99", place)
    zone.roll_back("t-1")
    assert same(zone.fetch().data, changed(before, "other 300 A 192.0.2.99"))


@pytest.mark.parametrize("line", ["www 300 A 192.0.2.99", "-www A"])
def test_what_others_wrote_over_ours_is_left_for_a_person(primary: NameServer, place, notes: Notes, line: str) -> None:
    zone = target(place(primary), notes)
    zone.stage(changed(zone.fetch().data, "www 60 A 192.0.2.1"))
    zone.commit("t-1", 60)
    foreign = target(place(primary), notes, "suzuki")
    theirs = changed(zone.fetch().data, line)
    write_directly(foreign, theirs, place(primary), notes)
    with pytest.raises(ZoneUnknown, match=r"www\.rivers.* A"):
        zone.roll_back("t-1")
    assert same(zone.fetch().data, theirs)
    assert notes.write("t-1").state == "unknown"


def test_a_zone_that_moved_since_it_was_staged_is_refused(primary: NameServer, place, notes: Notes) -> None:
    zone = target(place(primary), notes)
    zone.stage(changed(zone.fetch().data, "www 60 A 192.0.2.1"))
    by_hand(primary, "add other.rivers.gov-wan.example. 300 A 192.0.2.99", place)
    with pytest.raises(ZoneMoved, match="serial 10"):
        zone.commit("t-1", 60)
    assert notes.write("t-1").state == "refused"
    assert zone.pending() is None


def test_two_writes_to_one_zone_wait_for_each_other(primary: NameServer, place, notes: Notes) -> None:
    first, second = target(place(primary), notes), target(place(primary), notes, "suzuki")
    wanted = changed(first.fetch().data, "www 60 A 192.0.2.1")
    first.stage(wanted)
    second.stage(wanted)
    first.commit("t-1", 60)
    with pytest.raises(ZoneBusy, match="sato"):
        second.commit("t-2", 60)


def test_what_a_server_would_pass_over_is_refused_before_the_first_byte(primary: NameServer, place, notes) -> None:
    zone = target(place(primary), notes)
    before = zone.fetch().data
    with pytest.raises(UpdateIgnored, match="www.*CNAME"):
        zone.stage(changed(before, "www 300 CNAME mail"))
    with pytest.raises(UpdateIgnored, match="NS"):
        zone.stage(changed(before, "-@ NS"))
    assert primary.serial(RIVERS) == 10


def test_a_name_outside_the_zone_is_refused_before_the_first_byte(primary: NameServer, place, notes: Notes) -> None:
    zone = target(place(primary), notes)
    with pytest.raises(NameOutsideZone, match=r"www\.forests"):
        zone.stage(changed(zone.fetch().data, "www.forests.gov-wan.example. 300 A 192.0.2.1"))


def test_a_message_that_is_refused_takes_back_those_before_it(primary: NameServer, place, notes: Notes) -> None:
    class Meddling(Notes):
        """Somebody else writes to the zone after our second message."""

        def mark(self, token, number, state, serial, *, back=False) -> None:
            super().mark(token, number, state, serial, back=back)
            if (number, state, back) == (2, "done", False):
                by_hand(primary, "add other.rivers.gov-wan.example. 300 A 192.0.2.99", place)

    notes = Meddling(notes._store)
    zone = target(place(primary), notes, most_records=10)
    before = zone.fetch().data
    zone.stage(many(before, 35))
    with pytest.raises(UpdateTakenBack, match="its SOA is no longer"):
        zone.commit("t-1", 60)
    assert same(zone.fetch().data, changed(before, "other 300 A 192.0.2.99"))
    written = notes.write("t-1")
    assert written.state == "taken_back" and "SOA" in written.note
    marks = [(mark.number, mark.back, mark.state) for mark in notes.marks("t-1")]
    assert marks[:6] == [
        (1, False, "begun"), (1, False, "done"), (2, False, "begun"),
        (2, False, "done"), (3, False, "begun"), (3, False, "refused"),
    ]  # fmt: skip
    assert all(back for _, back, _ in marks[6:]) and marks[-1][2] == "done"


def test_the_watchdog_takes_back_what_nobody_confirmed_in_time(primary: NameServer, place, notes: Notes) -> None:
    zone = target(place(primary), notes)
    before = zone.fetch().data
    zone.stage(changed(before, "www 60 A 192.0.2.1"))
    zone.commit("t-1", 60)

    def of(_place):
        return place(primary)

    assert take_back_overdue(notes, of, 20) == []
    done = take_back_overdue(notes, of, 20, lambda: now() + timedelta(seconds=61))
    assert [(each.write.token, each.write.state, each.error) for each in done] == [("t-1", "taken_back", None)]
    assert same(zone.fetch().data, before)
    assert take_back_overdue(notes, of, 20, lambda: now() + timedelta(seconds=61)) == []


def test_a_server_that_is_gone_keeps_the_write_open_until_it_is_back(tmp_path, place, notes: Notes) -> None:
    with bind(tmp_path / "bind", {RIVERS: ZONE}) as server:

        class Pulling(Notes):
            """The server dies under our second message."""

            def mark(self, token, number, state, serial, *, back=False) -> None:
                super().mark(token, number, state, serial, back=back)
                if (number, state, back) == (2, "begun", False):
                    server.stop()

        pulled = Pulling(notes._store)
        zone = ZoneTarget(place(server), pulled, owner="sato", seconds=3, most_records=10)
        before = zone.fetch().data
        zone.stage(many(before, 35))
        with pytest.raises(ZoneUnknown) as told:
            zone.commit("t-1", 60)
        assert "taken back when its deadline has passed" in told.value.hint
        assert notes.write("t-1").state == "begun"
        late = lambda: now() + timedelta(seconds=61)  # noqa: E731
        assert take_back_overdue(notes, lambda _: place(server), 3, late)[0].error is not None
        server.start(RIVERS)
        assert not same(zone.fetch().data, before)  # the first message stands: BIND keeps a journal
        assert take_back_overdue(notes, lambda _: place(server), 20, late)[0].write.state == "taken_back"
        assert same(zone.fetch().data, before)


def test_the_transfer_key_writes_nothing(primary: NameServer, place, notes: Notes) -> None:
    read_only = place(primary)
    zone = target(place(primary, update=read_only.transfer), notes)
    zone.stage(changed(zone.fetch().data, "www 60 A 192.0.2.1"))
    with pytest.raises(Exception, match="REFUSED.*message 1 of 1"):
        zone.commit("t-1", 60)
    with pytest.raises(KeyRefused, match="no key"):
        again = target(place(primary, update=None), notes)
        again.stage(changed(again.fetch().data, "www 60 A 192.0.2.1"))
        again.commit("t-2", 60)
    assert [notes.write(each).state for each in ("t-1", "t-2")] == ["refused", "refused"]
    assert primary.serial(RIVERS) == 10


def by_hand(server: NameServer, words: str, place) -> None:
    """What a person does with nsupdate."""
    _, owner, ttl, type_, data = words.split(maxsplit=4)
    update = dns.update.UpdateMessage(RIVERS, keyring=keyring(), keyname=dns.name.from_text(UPDATE))
    update.add(dns.name.from_text(owner), int(ttl), type_, data)
    assert dns.query.tcp(update, LOOPBACK, port=server.port, timeout=5).rcode() == 0


def write_directly(foreign: ZoneTarget, theirs: ZoneData, place, notes: Notes) -> None:
    """Another program's update, of which netctl's store knows nothing."""
    running = foreign.fetch().data
    with Connection(place.server, 5) as connection:
        for each in prepare(place, running, difference(running, theirs)).messages:
            answer, _ = ask(connection, each.message(7), place.update, "")
            assert answer.code == 0

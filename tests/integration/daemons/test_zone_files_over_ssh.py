"""A whole zone replaced on its primary's host through a real sshd: exact, as private as it was, and whole however the line ends."""

from __future__ import annotations

import os
import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest
from zonewriting import changed

from integration.daemons.scratch_servers import SECRET, SECRETS, Box, ScratchServer
from integration.devices.scratch_boxes import ROOT, poll
from netctl.devices.nameserver.host import zone_file_for
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import NameServer, ZonePlace, server_key
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.nameserver.watchdog import take_back_overdue
from netctl.devices.platform import load_platform
from netctl.errors import NetctlError, UpdateTakenBack, ZoneFrozen, ZoneUnknown
from netctl.model.artefact import Part
from netctl.store import Store
from netctl.zones.data import RRset, ZoneData
from netctl.zones.difference import difference
from netctl.zones.names import wire

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("named", path="/usr/sbin:/usr/bin") is None, reason="needs root and BIND"
)
ZONE = "big.gov-wan.example"
FILE = f"/var/lib/bind/internal/{ZONE}"
FIRST = "$TTL 300\n@ IN SOA ns1.example. hostmaster.example. 1 3600 600 86400 300\n@ IN NS ns1.example.\n"
CONF = f"""\
key "k.example" {{
	algorithm hmac-sha256;
	secret "<secret:dns/transfer>";
}};
options {{
	directory "/var/cache/bind";
	listen-on-v6 port 53 {{ ::1; }};
	listen-on {{ none; }};
	recursion no;
	dnssec-validation no;
	empty-zones-enable no;
	check-names primary ignore;
	masterfile-format text;
}};
view "internal" {{
	zone "{ZONE}" {{
		type primary;
		file "{FILE}";
		update-policy {{ grant "k.example" zonesub any; }};
	}};
}};
"""
MANY = 100_000


@pytest.fixture(scope="module")
def box(tmp_path_factory):
    """BIND on a box of its own, as netctl's own commit started it."""
    made = ScratchServer("bind-1", tmp_path_factory.mktemp("bind"), "bind")
    try:
        made.up()
        with made.target() as target:
            target.stage((Part("named.conf", CONF), Part("first.zone", FIRST)))
            target.commit("netctl-first", 60)
            target.confirm("netctl-first")
        yield made
    finally:
        made.down()


@pytest.fixture
def notes(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'netctl.db'}", create=True) as store:
        yield Notes(store)


def place(box: ScratchServer) -> ZonePlace:
    key = server_key("k.example", "hmac-sha256", SECRET)
    return ZonePlace(NameServer("ns1", ("::1",), 53, box.netns), wire(ZONE), "internal", key, key)


def zone_target(box: ScratchServer, notes: Notes, name: str = "") -> ZoneTarget:
    host = Box(name or box.name, "::1", (box.host_key,))
    file = zone_file_for(host, box.settings(), load_platform(ROOT, "bind"), SECRETS)
    return ZoneTarget(place(box), notes, owner="sato", seconds=60, file=file)


def hosts(before: ZoneData, last: int, *, every: int = 0) -> ZoneData:
    """So many addresses beside the apex; `every` so many of them are others."""
    apex = {key: each for key, each in before.rrsets.items() if key[0] == before.origin}
    rrsets = dict(apex)
    for number in range(last):
        other = bool(every) and number % every == 0
        address = b"\x20\x01\x0d\xb8" + (number + other * MANY).to_bytes(12, "big")
        owner = b"\x09_h" + f"{number:07d}".encode() + before.origin
        rrsets[owner, 28] = RRset(300, (address,))
    return ZoneData(before.origin, rrsets)


def owned(box: ScratchServer) -> str:
    return box.run(f"stat -c '%U:%G %a' {FILE}").strip()


def arriving(box: ScratchServer) -> str:
    return box.run("ls /var/lib/netctl | grep '^zone' || true").strip()


def still_takes_updates(zone: ZoneTarget, token: str) -> None:
    before = zone.fetch().data
    zone.stage(changed(before, "still 300 A 192.0.2.99"))
    zone.commit(token, 60)
    zone.roll_back(token)
    assert not difference(zone.fetch().data, before)


def test_a_hundred_thousand_records_arrive_as_one_file_and_a_thousand_changes_as_messages(box, notes):
    zone = zone_target(box, notes)
    before = owned(box)
    wanted = hosts(zone.fetch().data, MANY)
    zone.stage(wanted)
    zone.commit("t-1", 60)
    assert [mark.number for mark in notes.marks("t-1")] == [1, 1]
    served = zone.fetch().data
    assert not difference(served, wanted)
    assert owned(box) == before and before.startswith("bind:bind")
    assert arriving(box) == ""
    zone.confirm("t-1")

    fewer = hosts(served, MANY, every=100)
    assert len(zone.stage(fewer).changed) == MANY // 100
    zone.commit("t-2", 60)
    assert len(notes.marks("t-2")) > 2  # messages, each begun and done
    assert not difference(zone.fetch().data, fewer)
    zone.confirm("t-2")

    box.run("kill $(pidof named)")  # what was replaced outlives the server, journal of updates and all
    poll(lambda: not box.daemons())
    box.run("named -u bind")
    poll(lambda: box.run("rndc status").find("server is up") > 0)
    poll(lambda: not difference(zone_target(box, notes).fetch().data, fewer))
    still_takes_updates(zone, "t-3")


def test_another_host_at_the_address_is_not_written_to(box, notes):
    zone = zone_target(box, notes, name="bind-9")
    before = zone.fetch().data
    zone.stage(hosts(before, 30_000))
    with pytest.raises(UpdateTakenBack, match="calls itself 'bind-1'"):
        zone.commit("t-1", 60)
    assert not difference(zone.fetch().data, before)


def test_a_zone_that_a_person_froze_stays_frozen_and_as_it_was(box, notes):
    zone = zone_target(box, notes)
    before = zone.fetch().data
    zone.stage(hosts(before, 30_000))
    box.run(f"rndc freeze {ZONE} IN internal")
    try:
        with pytest.raises(ZoneFrozen):
            zone.commit("t-1", 60)
        assert "frozen: yes" in box.run(f"rndc zonestatus {ZONE} IN internal")
    finally:
        box.run(f"rndc thaw {ZONE} IN internal")
    poll(lambda: "frozen: no" in box.run(f"rndc zonestatus {ZONE} IN internal"))
    assert notes.write("t-1").state == "refused"
    assert not difference(zone.fetch().data, before)


def test_without_a_right_to_rndc_nothing_is_replaced(box, notes):
    zone = zone_target(box, notes)
    before, whose = zone.fetch().data, owned(box)
    zone.stage(hosts(before, 30_000))
    box.run("mv /etc/bind/rndc.key /etc/bind/rndc.away")
    try:
        with pytest.raises(UpdateTakenBack, match="rndc"):
            zone.commit("t-1", 60)
    finally:
        box.run("mv /etc/bind/rndc.away /etc/bind/rndc.key")
    assert (owned(box), arriving(box)) == (whose, "")
    assert not difference(zone.fetch().data, before)


class Cut:
    """The SSH session is ended by its own process number while the box runs a program, which then waits for `go`."""

    def __init__(self, box: ScratchServer, program: str) -> None:
        self._box, self._program = box, program

    def __enter__(self) -> Cut:
        at = f"/usr/bin/{self._program}"
        self._box.run(
            f"rm -f /run/reached /run/go; cp {at} /run/{self._program}; "
            f"printf '#!/bin/sh\\necho $PPID > /run/reached\\n"
            f'while [ ! -e /run/go ]; do sleep 0.05; done\\nexec /run/{self._program} "$@"\\n\' > /run/waits; '
            f"chmod 755 /run/waits; mount --bind /run/waits {at}"
        )
        self._thread = threading.Thread(target=self._cut)
        self._thread.start()
        return self

    def _cut(self) -> None:
        waiting = poll(lambda: self._box.run("cat /run/reached 2>/dev/null").strip())
        up = 'while [ "$(ps -o comm= -p $p)" != sshd ]; do p=$(ps -o ppid= -p $p); done'
        self._box.run(f"p={waiting}; {up}; kill -9 $p")

    def go(self) -> None:
        """The box goes on, and nobody hears of it."""
        self._box.run("touch /run/go")

    def __exit__(self, *_: object) -> None:
        self._thread.join(20)
        self.go()
        self._box.run(f"umount -l /usr/bin/{self._program}")


def refused(attempt) -> NetctlError:
    with pytest.raises(NetctlError) as told:
        attempt()
    return told.value


def test_a_line_cut_while_the_file_arrives_leaves_the_zone_and_no_half_of_a_file(box, notes):
    zone = zone_target(box, notes)
    before = zone.fetch().data
    zone.stage(hosts(before, 60_000))
    with Cut(box, "mktemp") as line:
        assert "taken back" in str(refused(lambda: zone.commit("t-1", 60)))
        line.go()
        poll(lambda: arriving(box) == "")
    assert notes.write("t-1").state == "taken_back"
    assert not difference(zone.fetch().data, before)
    still_takes_updates(zone, "t-2")


def test_a_line_cut_when_all_has_arrived_takes_back_before_the_box_gets_to_it(box, notes):
    """The box finds another serial than the one the change was made for, and gives up."""
    zone = zone_target(box, notes)
    before = zone.fetch().data
    zone.stage(hosts(before, 60_000))
    with Cut(box, "named-checkzone") as line:
        assert "taken back" in str(refused(lambda: zone.commit("t-1", 60)))
        line.go()
        poll(lambda: arriving(box) == "")
    assert not difference(zone.fetch().data, before)
    poll(lambda: "frozen: no" in box.run(f"rndc zonestatus {ZONE} IN internal"))
    still_takes_updates(zone, "t-2")


def test_a_line_cut_while_updates_are_held_back_is_for_the_watchdog_and_all_is_taken_back(box, notes):
    zone = zone_target(box, notes)
    before = zone.fetch().data
    wanted = hosts(before, 60_000)
    zone.stage(wanted)
    with Cut(box, "mv") as line:
        assert isinstance(refused(lambda: zone.commit("t-1", 30)), ZoneUnknown)
        assert notes.write("t-1").state == "begun"
        line.go()
        poll(lambda: arriving(box) == "")
        poll(lambda: not difference(zone.fetch().data, wanted))  # nobody told us
    later = datetime.now(UTC) + timedelta(seconds=60)
    (found,) = take_back_overdue(notes, lambda _: place(box), 60, clock=lambda: later)
    assert found.error is None
    assert notes.write("t-1").state == "taken_back"
    assert not difference(zone.fetch().data, before)
    still_takes_updates(zone, "t-2")

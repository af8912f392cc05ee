"""Changes of many messages made as a file that BIND loads: exact, read back and taken back like any other."""

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from nameservers import RIVERS, UPDATE, ZONE, NameServer, bind, require
from zonewriting import changed, many

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.swapping import ZoneFile, master_text
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.shell import Finished
from netctl.errors import UpdateTakenBack, ZoneMoved
from netctl.zones.difference import difference
from netctl.zones.files import read_master


class Here:
    """This machine's shell, and what was said to it; `before` happens before each command."""

    def __init__(self, before=lambda: None, cut: int = 0) -> None:
        self.commands: list[str] = []
        self._before, self._cut = before, cut

    def run(self, command: str, seconds: float, *, stdin: str = "") -> Finished:
        self._before()
        self.commands.append(command)
        text = stdin[: -self._cut] if self._cut else stdin
        done = subprocess.run(["sh", "-c", command], input=text, capture_output=True, text=True, timeout=seconds)
        return Finished(done.returncode, done.stdout, done.stderr)


class Killed(Here):
    """Such a shell whose script is killed while it replaces the file; with `whole`, the renaming itself goes on."""

    def __init__(self, folder: Path, *, whole: bool) -> None:
        super().__init__()
        self._reached, self._go, self._whole = folder / "reached", folder / "go", whole
        programs = folder / "programs"
        programs.mkdir()
        for pipe in (self._reached, self._go):
            os.mkfifo(pipe)
        waits = programs / "mv"
        waits.write_text(f'#!/bin/sh\necho "$PPID $$" > {self._reached}\nread answer < {self._go}\nexec /bin/mv "$@"\n')
        waits.chmod(0o755)
        self._path = f"PATH={programs}:$PATH\n"

    def run(self, command: str, seconds: float, *, stdin: str = "") -> Finished:
        killer = threading.Thread(target=self._kill)
        killer.start()
        done = super().run(self._path + command, seconds, stdin=stdin)
        killer.join(seconds)
        return done

    def _kill(self) -> None:
        script, renaming = map(int, self._reached.read_text().split())
        os.kill(script, signal.SIGKILL)
        if self._whole:
            self._go.write_text("go\n")
        else:
            os.kill(renaming, signal.SIGKILL)


def target(server: NameServer, place, notes: Notes, runner: Here) -> ZoneTarget:
    require("rndc", "named-checkzone")
    rndc = f"rndc -c {server.folder / 'rndc.conf'}"
    file = ZoneFile(
        runner, str(server.folder / f"{UPDATE}-{RIVERS}.zone"), rndc, least=3, folder=str(server.folder / "arriving")
    )
    return ZoneTarget(place(server), notes, owner="sato", seconds=20, most_records=50, file=file)


def left_over(server: NameServer) -> list[str]:
    return [each.name for each in (server.folder / "arriving").iterdir()]


def test_a_great_change_is_one_file_and_one_serial(primary: NameServer, place, notes: Notes) -> None:
    here = Here()
    zone = target(primary, place, notes, here)
    before = zone.fetch().data
    wanted = many(changed(before, "-old CNAME", "www 60 AAAA 2001:db8::81"), 1000)
    zone.stage(wanted)
    zone.commit("t-1", 60)
    served = zone.fetch().data
    assert not difference(served, wanted) and served.serial == 11 and len(here.commands) == 1
    assert left_over(primary) == []
    zone.stage(changed(served, "www 60 A 192.0.2.81"))
    zone.roll_back("t-1")  # and updates are taken again
    assert not difference(zone.fetch().data, before)
    zone.stage(changed(before, "www 60 A 192.0.2.81"))
    zone.commit("t-2", 60)
    assert len(here.commands) == 1  # a small change needs no file
    zone.confirm("t-2")


def test_what_was_swapped_outlives_the_server(primary: NameServer, place, notes: Notes) -> None:
    zone = target(primary, place, notes, Here())
    wanted = many(zone.fetch().data, 300)
    zone.stage(wanted)
    zone.commit("t-1", 60)
    primary.stop()
    primary.start(RIVERS)
    assert not difference(zone.fetch().data, wanted)


def test_a_zone_that_moved_is_not_replaced(primary: NameServer, place, notes: Notes) -> None:
    other = ZoneTarget(place(primary, name="ns9"), notes, owner="suzuki")

    def meddle() -> None:
        other.stage(changed(other.fetch().data, "other 300 A 192.0.2.99"))
        other.commit("t-theirs", 60)

    zone = target(primary, place, notes, Here(before=meddle))
    before = zone.fetch().data
    zone.stage(many(before, 300))
    with pytest.raises(ZoneMoved, match="serial 10"):
        zone.commit("t-1", 60)
    assert notes.write("t-1").state == "refused" and left_over(primary) == []
    assert not difference(zone.fetch().data, changed(before, "other 300 A 192.0.2.99"))
    other.roll_back("t-theirs")  # updates are taken


def test_a_file_that_is_cut_short_on_its_way_is_not_loaded(primary: NameServer, place, notes: Notes) -> None:
    zone = target(primary, place, notes, Here(cut=30))
    before = zone.fetch().data
    zone.stage(many(before, 300))
    with pytest.raises(UpdateTakenBack, match="did not arrive whole"):
        zone.commit("t-1", 60)
    assert left_over(primary) == []
    assert not difference(zone.fetch().data, before)
    assert notes.write("t-1").state == "taken_back"


@pytest.mark.parametrize("whole", [True, False])
def test_a_script_that_is_killed_while_updates_are_held_back_leaves_no_zone_frozen(
    primary: NameServer, place, notes: Notes, tmp_path: Path, whole
) -> None:
    zone = target(primary, place, notes, Killed(tmp_path, whole=whole))
    before = zone.fetch().data
    zone.stage(many(before, 300))
    with pytest.raises(UpdateTakenBack, match="could not be loaded"):
        zone.commit("t-1", 60)
    assert notes.write("t-1").state == "taken_back" and left_over(primary) == []
    assert not difference(zone.fetch().data, before)
    zone.stage(changed(before, "still 300 A 192.0.2.99"))
    zone.commit("t-2", 60)  # updates are taken again


def test_a_view_that_is_not_there_leaves_the_zone_as_it_was(tmp_path, place, notes: Notes) -> None:
    with bind(tmp_path / "bind", {RIVERS: ZONE}) as server:
        zone = target(server, lambda each: place(each, view="nowhere"), notes, Here())
        before = zone.fetch().data
        zone.stage(many(before, 300))
        with pytest.raises(UpdateTakenBack, match="could not be loaded: .*rndc"):
            zone.commit("t-1", 60)
        assert not difference(zone.fetch().data, before)
        assert left_over(server) == []


def test_a_written_zone_is_read_as_itself(primary: NameServer, place, notes: Notes) -> None:
    data = ZoneTarget(place(primary), notes, owner="sato").fetch().data
    odd = changed(data, 'odd 300 TXT "a\\"b;c" "\\000\\255"', "*.wild 60 MX 5 mail", "sub.x 60 CAA 0 issue ca.example")
    written = read_master(master_text(odd, 10), odd.origin)
    assert written.rrsets == odd.rrsets

"""The process that writes to a zone is killed, at every note it makes: whoever comes next finds the zone as it was."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from nameservers import NameServer
from zonewriting import changed, many

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.nameserver.transfer import fetch
from netctl.devices.nameserver.watchdog import take_back_overdue
from netctl.model.moments import now
from netctl.store import Store
from netctl.zones.difference import difference

POINTS = [(number, state, after) for number in (1, 2, 3) for state in ("begun", "done") for after in (False, True)]


def late():
    return now() + timedelta(seconds=61)


class Mortal(Notes):
    """Its process dies before or after the note of one message."""

    def __init__(self, store: Store, point: tuple, back: bool) -> None:
        super().__init__(store)
        self._point, self._back = point, back

    def mark(self, token, number, state, serial, *, back=False) -> None:
        here = back is self._back
        if here and self._point == (number, state, False):
            os.kill(os.getpid(), signal.SIGKILL)
        super().mark(token, number, state, serial, back=back)
        if here and self._point == (number, state, True):
            os.kill(os.getpid(), signal.SIGKILL)


def in_a_process_that_is_killed(act, point) -> None:
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(1)  # it was to die before
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, point


@pytest.mark.parametrize("back", [False, True], ids=["on the way", "on the way back"])
def test_killed_at_any_note_the_zone_is_as_it_was_after_the_deadline(
    primary: NameServer, place, tmp_path: Path, back: bool
) -> None:
    url = f"sqlite:///{tmp_path / 'netctl.db'}"
    at = place(primary)
    with Store.open(url, create=True) as store:
        before = fetch(at, Notes(store), 10).data
        wanted = many(changed(before, "-www AAAA", "www 60 A 192.0.2.1", "@ 300 SOA ns1 hostmaster 1 1 1 1 1"), 25)

    def write(point: tuple, token: str) -> None:
        with Store.open(url) as store:
            zone = ZoneTarget(at, Mortal(store, point, back), owner="sato", most_records=10)
            zone.stage(wanted)
            zone.commit(token, 60)
            zone.roll_back(token)

    for position, point in enumerate(POINTS):
        token = f"t-{position}"
        in_a_process_that_is_killed(lambda point=point, token=token: write(point, token), point)
        with Store.open(url) as store:
            notes = Notes(store)
            assert notes.write(token).state == ("applied" if back else "begun")
            assert take_back_overdue(notes, lambda _: at, 10) == []  # not yet
            done = take_back_overdue(notes, lambda _: at, 10, late)
            assert [(each.write.token, each.write.state, each.error) for each in done] == [(token, "taken_back", None)]
            assert not difference(fetch(at, notes, 10).data, before), point

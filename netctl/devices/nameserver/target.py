"""A zone with the five verbs of anything netctl writes to: fetch, stage, commit with a deadline, confirm, roll back.

A name server has no timer that takes an update back. The deadline of a commit stands in the store, beside what leads
back; whoever runs `watchdog.take_back_overdue` after it, on any host that shares the store, does what a router does by
itself. Where nobody runs it, nothing is taken back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from netctl.devices.nameserver.keys import given_by, unfollowed
from netctl.devices.nameserver.notes import Notes, touched_by
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.signed import examine
from netctl.devices.nameserver.swapping import ZoneFile
from netctl.devices.nameserver.transfer import Reading, fetch
from netctl.devices.nameserver.wayback import take_back
from netctl.devices.nameserver.writing import Prepared, prepare, send
from netctl.errors import (
    CommitGone,
    NetctlError,
    UpdateTakenBack,
    ZoneFrozen,
    ZoneMoved,
    ZoneReadBackDiffers,
    ZoneUnknown,
)
from netctl.model.zonewrites import OPEN, ZoneWrite
from netctl.zones.data import ZoneData
from netctl.zones.difference import ZoneDifference, diff_lines, difference
from netctl.zones.update import MOST_RECORDS


class ZoneTarget:
    """One zone of one view on one primary. `seconds` bounds each reading and each sending.

    With `file`, changes of many messages are made as a file on the primary's host.
    """

    def __init__(
        self,
        place: ZonePlace,
        notes: Notes,
        *,
        owner: str,
        seconds: float = 60,
        most_records: int = MOST_RECORDS,
        file: ZoneFile | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.name = place.where
        self._place = place
        self._notes = notes
        self._owner = owner
        self._seconds = seconds
        self._most_records = most_records
        self._file = file
        self._now = now
        self._staged: tuple[ZoneData, ZoneDifference, Prepared] | None = None

    def fetch(self) -> Reading:
        """What the zone holds; without a transfer where its serial is the one that was read last."""
        return fetch(self._place, self._notes, self._seconds, self._now)

    def pending(self) -> ZoneWrite | None:
        """A write to the zone that is not settled, ours or another's."""
        return next((each for each in self._notes.open_writes() if each.place == self._place.id), None)

    def stage(self, intended: ZoneData) -> ZoneDifference:
        """What leads from what the zone holds now to `intended`, tried on a copy; nothing changes yet.

        Raises `NameOutsideZone`, `UpdateTooLarge` or `UpdateIgnored`.
        """
        running = self.fetch().data
        change = difference(running, intended)
        self._staged = running, change, prepare(self._place, running, change, self._most_records)
        return change

    def commit(self, token: str, deadline: int) -> None:
        """Make the staged difference the zone's, to be taken back in `deadline` seconds unless confirmed by `token`.

        On return all of it is served by the primary, read back byte for byte. Raises `ZoneBusy`, `ZoneMoved`, what the
        server says to the first message (nothing was changed then), `UpdateTakenBack`, `ZoneReadBackDiffers` (all was
        taken back), or `ZoneUnknown` where that could not be done: the write stays open then, for the watchdog.
        """
        if self._staged is None or deadline <= 0:
            raise ValueError("nothing is staged, or the deadline is none")
        running, change, prepared = self._staged
        self._notes.begin(token, self._place.id, self._owner, change, serial=running.serial or 0, seconds=deadline)
        self._staged = None
        try:
            self._write_all(token, running, prepared, min(self._seconds, deadline))
            self._read_back(running, prepared.after, change)
            if not self._notes.applied(token):
                raise CommitGone("its deadline passed before all of it was sent", where=self.name)
        except NetctlError as error:
            self._stop(token, error)

    def confirm(self, token: str) -> None:
        """The write stays. Raises `CommitGone` where it was taken back, or is not whole."""
        if self._notes.confirm(token):
            return
        found = self._write(token)
        if found.state != "confirmed":
            raise CommitGone(f"the write is {found.state.replace('_', ' ')}", where=self.name)

    def roll_back(self, token: str) -> None:
        """The RRsets the write touched are as they were before it; what others changed since stays.

        Raises `CommitGone` where the write was confirmed, and `ZoneUnknown` where somebody else changed the same names.
        """
        found = self._write(token)
        if found.state in OPEN:
            self._take_back(token)
        elif found.state not in {"taken_back", "refused"}:
            raise CommitGone(f"the write is {found.state.replace('_', ' ')}", where=self.name)

    def _write_all(self, token: str, running: ZoneData, prepared: Prepared, seconds: float) -> None:
        """By messages, or as a file where they are many and there is a way to the file."""
        if self._file is None or not self._file.takes(prepared.after, len(prepared.messages)):
            send(self._place, prepared.messages, self._notes, token, seconds, now=self._now)
            return
        serial = running.serial or 0
        self._notes.mark(token, 1, "begun", serial)
        try:
            risen = self._file.swap(self._place, prepared.after, serial, seconds, self._now)
        except (ZoneMoved, ZoneFrozen):
            self._notes.mark(token, 1, "refused", serial)
            raise
        self._notes.mark(token, 1, "done", risen)

    def _write(self, token: str) -> ZoneWrite:
        try:
            return self._notes.write(token)
        except LookupError:
            raise CommitGone("no write has this token", where=self.name) from None

    def _read_back(self, before: ZoneData, after: ZoneData, change: ZoneDifference) -> None:
        served = fetch(self._place, self._notes, self._seconds, self._now, known=before).data
        if stray := difference(served, after):
            lines = diff_lines(stray)
            said = "; ".join(line.text for line in lines[:4])
            raise ZoneReadBackDiffers(f"{len(lines)} lines are not what was meant: {said}", where=self.name)
        moment, owners = datetime.fromtimestamp(self._now(), UTC), {owner for owner, _ in touched_by(change)}
        found = examine(served, moment, owners, before=before)
        if found and found.problems:
            said = "; ".join(found.problems[:4])
            raise ZoneReadBackDiffers(f"the signatures do not hold: {said}", where=self.name)
        below = {replace(self._place, origin=cut): vouchers for cut, vouchers in given_by(change).items()}
        if wrong := list(unfollowed(below, self._seconds, self._now)):
            raise ZoneReadBackDiffers("; ".join(wrong[:4]), where=self.name)

    def _take_back(self, token: str, why: str = "") -> None:
        seconds, most = self._seconds, self._most_records
        take_back(self._place, self._notes, token, seconds, self._now, why=why, most_records=most)

    def _stop(self, token: str, error: NetctlError) -> None:
        """A write that stopped: nothing of it was applied, or all of that is taken back. Raises."""
        marks = self._notes.marks(token)
        if not marks or (len(marks) == 2 and marks[-1].state == "refused"):
            self._notes.settle(token, "refused", error.message)
            raise error
        try:
            self._take_back(token, error.message)
        except ZoneUnknown:
            raise
        except NetctlError as second:
            said = f"{error.message}; and it could not be taken back yet: {second.message}"
            hint = "the write stays open in the store: it is taken back when its deadline has passed"
            raise ZoneUnknown(said, where=self.name, hint=hint) from error
        kind = ZoneReadBackDiffers if isinstance(error, ZoneReadBackDiffers) else UpdateTakenBack
        raise kind(f"{error.message}; what had been applied was taken back", where=self.name) from error

"""Writes that nobody confirmed in time are taken back, whoever began them and whatever became of that process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.wayback import take_back
from netctl.errors import NetctlError
from netctl.model.moments import Clock, now, stamp
from netctl.model.zonewrites import ZoneId, ZoneWrite


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One write whose deadline had passed; `error` says why it is not taken back, and is tried again next time."""

    write: ZoneWrite
    error: NetctlError | None = None


def take_back_overdue(
    notes: Notes, place_of: Callable[[ZoneId], ZonePlace], seconds: float, clock: Clock = now
) -> list[TakenBack]:
    """Every open write whose deadline has passed, taken back where its server lets us.

    Two that do it at once do no harm: the second finds another SOA, reads again, and finds nothing left to do.
    """
    moment = stamp(clock())
    done = []
    for write in notes.open_writes():
        if not write.revert_at or write.revert_at > moment:
            continue
        try:
            why = f"not confirmed by {write.revert_at}"
            take_back(place_of(write.place), notes, write.token, seconds, why=why)
            done.append(TakenBack(notes.write(write.token)))
        except NetctlError as error:
            done.append(TakenBack(notes.write(write.token), error))
    return done

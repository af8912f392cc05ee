"""Declared zones beside what is served where each is written: the one reading that every plan of zones begins with."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from netctl.control.dns.names import Intended
from netctl.control.dns.places import Places
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.reading import read_zones
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import Reading
from netctl.errors import NetctlError
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.data import MADE_BY_SERVER, Key, ZoneData
from netctl.zones.difference import ZoneDifference

Told = Callable[[ZonePlace, str], None]  # a zone that is done, and the error or ""
NOBODY_WRITES = "no primary serves this view"


class ZoneState(NamedTuple):
    """One zone of one view where it is written, as far as it could be read.

    `place` is None where it is written nowhere, or where this host lacks a key; then, and where `running` is None,
    `error` says why. `transferred` is False where the serial was the one that was read last.
    """

    intended: Intended
    place: ZonePlace | None
    running: ZoneData | None
    transferred: bool = False
    error: str = ""


def read_states(
    wanted: Sequence[Intended],
    places: Places,
    settings: Settings,
    store: Store,
    told: Told = lambda _place, _error: None,
) -> Iterator[ZoneState]:
    """Every zone, in the order of `wanted`; one that cannot be read stops no other. Raises `SecretMissing`.

    All are read before the first is given; what nobody keeps is let go of one by one.
    """
    reached = [places.main(each.view, each.data.origin) for each in wanted]
    asked = [place for place in reached if place is not None]
    declared = {place: each.data for each, place in zip(wanted, reached, strict=True) if place is not None}
    seconds, workers = settings.command_timeout, settings.fetch_workers
    readings = deque(read_zones(asked, Notes(store), seconds, workers, told, alike=declared))
    for intended, place in zip(wanted, reached, strict=True):
        if place is None:
            yield ZoneState(intended, None, None, error=NOBODY_WRITES)
        else:
            yield _state(intended, place, readings.popleft())


def _state(intended: Intended, place: ZonePlace, reading: Reading | NetctlError) -> ZoneState:
    if isinstance(reading, NetctlError):
        return ZoneState(intended, place, None, error=str(reading))
    try:
        return ZoneState(intended, place, reading.data, reading.transferred)
    except NetctlError as lost:
        return ZoneState(intended, place, None, error=str(lost))


def records_held(data: ZoneData) -> int:
    """How many records a zone holds that people declare."""
    return sum(len(rrset.rdatas) for key, rrset in data.rrsets.items() if key[1] not in MADE_BY_SERVER)


def held_after(change: ZoneDifference) -> Iterator[Key]:
    """The RRsets of a difference that are there after it: a zone must be allowed to hold them."""
    yield from (key for key, _ in change.added)
    yield from (key for key, _, _ in change.changed)

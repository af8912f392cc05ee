"""What would be lost if one primary wrote from now on: changes that only others have, or had when last read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

from netctl.control.dns.outlook import Loss
from netctl.control.dns.survey import Survey
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import transfer
from netctl.devices.nameserver.transport import Connection
from netctl.errors import NetctlError
from netctl.model.plan import DiffLine
from netctl.model.zonewrites import ZoneId
from netctl.zones.data import ZoneData
from netctl.zones.difference import ZoneDifference, diff_lines, difference
from netctl.zones.serial import rises


class _Holder(NamedTuple):
    """Somebody with a state of a zone; `remembered` where it is the store that knows it."""

    place: ZonePlace
    serial: int
    remembered: bool


class Losses:
    """Compares what is served where; what is read is not kept, so that looking forgets nothing. `seconds` a zone."""

    def __init__(self, survey: Survey, notes: Notes, seconds: float) -> None:
        self._survey = survey
        self._notes = notes
        self._seconds = seconds

    def missing(self, server: str) -> Iterator[Loss]:
        """Zones of which somebody else has a later state than `server`."""
        for (view, zone), places in self._survey.zones.items():
            here = next(each for each in places if each.server.name == server)
            mine = self._survey.serials[here]
            known = mine if isinstance(mine, int) else None
            later = [each for each in self._holders(places, server) if known is None or rises(known, each.serial)]
            if later:
                newest = reduce(lambda one, other: other if rises(one.serial, other.serial) else one, later)
                theirs, held = self._state(newest), self._read(here) if known is not None else None
                lines = None if theirs is None else _lines(difference(held or _nothing(theirs), theirs))
                at, remembered = newest.place.server.name, newest.remembered
                yield Loss(f"{zone.rstrip('.')}@{view}", at, newest.serial, known, remembered, lines)

    def unseen(self, rival: str, writer: str) -> Iterator[Loss]:
        """Zones that `rival`, which took updates while `writer` wrote, has changed by itself.

        Raises what reading them raises: what nobody compared is not given up.
        """
        here = self._survey.places_of(writer)
        for (view, zone), place in self._survey.places_of(rival).items():
            serial, known = self._survey.serials[place], self._notes.held(place.id)
            if isinstance(serial, NetctlError):
                raise serial
            if known is not None and known.serial == serial:
                continue
            theirs, base = self._transferred(place), self._transferred(here[view, zone])
            before = self._notes.content(place.origin, known.digest) if known is not None else None
            change = difference(before or base, theirs)
            if before is None:  # that it lacks what others have says nothing: it may have been away when that came
                change = replace(change, removed=())
            alone = _without(change, base)
            if alone:
                ours = self._survey.serials[here[view, zone]]
                at = ours if isinstance(ours, int) else None
                yield Loss(f"{zone.rstrip('.')}@{view}", rival, serial, at, remembered=False, lines=_lines(alone))

    def _holders(self, places: tuple[ZonePlace, ...], server: str) -> Iterator[_Holder]:
        for place in places:
            serial = self._survey.serials[place]
            if place.server.name == server:
                continue
            if isinstance(serial, int):
                yield _Holder(place, serial, remembered=False)
            elif place.id in self._survey.remembered:
                yield _Holder(place, self._survey.remembered[place.id], remembered=True)

    def _state(self, holder: _Holder) -> ZoneData | None:
        if not holder.remembered:
            return self._read(holder.place)
        return self._kept(holder.place.id, holder)

    def _kept(self, place: ZoneId, holder: _Holder) -> ZoneData | None:
        held = self._notes.held(place)
        if held is None or held.serial != holder.serial:
            return None
        return self._notes.content(holder.place.origin, held.digest)

    def _read(self, place: ZonePlace) -> ZoneData | None:
        try:
            return self._transferred(place)
        except NetctlError:
            return None

    def _transferred(self, place: ZonePlace) -> ZoneData:
        with Connection(place.server, self._seconds, where=place.where) as connection:
            return transfer(connection, place)


def _nothing(data: ZoneData) -> ZoneData:
    return ZoneData(data.origin, {})


def _lines(change: ZoneDifference) -> tuple[DiffLine, ...]:
    return diff_lines(change)


def _without(change: ZoneDifference, base: ZoneData) -> ZoneDifference:
    """A difference without what `base` says too."""
    rrsets = base.rrsets
    return ZoneDifference(
        change.origin,
        tuple(each for each in change.removed if each[0] in rrsets),
        tuple(each for each in change.added if rrsets.get(each[0]) != each[1]),
        tuple(each for each in change.changed if rrsets.get(each.key) != each.after),
    )

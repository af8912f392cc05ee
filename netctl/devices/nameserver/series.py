"""Zones of one server read one after the other on one connection, and kept in one go."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from netctl.devices.nameserver.asking import Seconds
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import Reading, moved
from netctl.devices.nameserver.transport import Connection
from netctl.errors import AnswerCutShort, NameServerFailed, NetctlError, ReplyMalformed
from netctl.model.zonewrites import HeldZone, ZoneId
from netctl.zones.data import ZoneData


def read_series(
    line: Line,
    places: Mapping[ZonePlace, int],
    held: Mapping[ZoneId, HeldZone],
    notes: Notes,
    alike: Mapping[ZonePlace, ZoneData],
) -> list[Reading | NetctlError]:
    """Zones of one server, by the serials they have now, which are not the ones that were read last.

    One that fails stops no other. A server that has too many transfers to do says that it failed: it is asked once
    more, behind the others. What could be read is on disk when the call returns.
    """
    before = {place.id: (place.origin, held[place.id].digest) for place in places if place.id in held}
    known = notes.contents(before, {place.id: alike[place] for place in places if place in alike})

    def read(place: ZonePlace) -> ZoneData | NetctlError:
        return line.read(place, places[place], known.get(place.id), alike.get(place))

    found = {place: read(place) for place in places}
    for place, one in found.items():
        if isinstance(one, NameServerFailed):
            found[place] = read(place)
    digests = notes.keep_all({place.id: data for place, data in found.items() if isinstance(data, ZoneData)})
    return [
        Reading.fresh(digests[place.id], data) if isinstance(data, ZoneData) else data for place, data in found.items()
    ]


class Line:
    """A connection to one server, as long as it can be used: after an error nobody knows what still comes on it."""

    def __init__(self, seconds: float, now: Seconds = time.time) -> None:
        self._seconds = seconds
        self._now = now
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def read(
        self, place: ZonePlace, serial: int, base: ZoneData | None, alike: ZoneData | None
    ) -> ZoneData | NetctlError:
        """One zone, on the connection that is there; a server that closes after each transfer is dialled again."""
        try:
            return self._read(place, serial, base, alike)
        except NetctlError as error:
            self._close()
            return error

    def _read(self, place: ZonePlace, serial: int, base: ZoneData | None, alike: ZoneData | None) -> ZoneData:
        if self._connection is not None:
            self._connection.begin(self._seconds, place.where)
            try:
                return moved(self._connection, place, serial, base, self._now, alike=alike)
            except (AnswerCutShort, ReplyMalformed):  # or what is left over of an answer before this one
                self._close()
        self._connection = Connection(place.server, self._seconds, where=place.where)
        return moved(self._connection, place, serial, base, self._now, alike=alike)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

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
from netctl.errors import AnswerCutShort, NetctlError, ReplyMalformed
from netctl.model.zonewrites import HeldZone, ZoneId
from netctl.zones.data import ZoneData


def read_series(
    places: Mapping[ZonePlace, int],
    held: Mapping[ZoneId, HeldZone],
    notes: Notes,
    seconds: float,
    now: Seconds = time.time,
) -> list[Reading | NetctlError]:
    """Zones of one server, by the serials they have now, which are not the ones that were read last.

    One that fails stops no other; each has `seconds` of its own. What could be read is on disk when the call returns.
    """
    known = notes.contents({place.id: (place.origin, held[place.id].digest) for place in places if place.id in held})
    found: list[ZoneData | NetctlError] = []
    with _Line(seconds, now) as line:
        for place, serial in places.items():
            try:
                found.append(line.read(place, serial, known.pop(place.id, None)))
            except NetctlError as error:
                found.append(error)
    read = {place.id: data for place, data in zip(places, found, strict=True) if isinstance(data, ZoneData)}
    digests = notes.keep_all(read)
    return [
        Reading.fresh(digests[place.id], data) if isinstance(data, ZoneData) else data
        for place, data in zip(places, found, strict=True)
    ]


class _Line:
    """The connection, as long as it can be used: after an error nobody knows what would still come on it."""

    def __init__(self, seconds: float, now: Seconds) -> None:
        self._seconds = seconds
        self._now = now
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def read(self, place: ZonePlace, serial: int, base: ZoneData | None) -> ZoneData:
        """One zone, on the connection that is there; a server that lets in one transfer each is dialled each time."""
        try:
            if self._connection is not None:
                self._connection.begin(self._seconds, place.where)
                try:
                    return moved(self._connection, place, serial, base, self._now)
                except (AnswerCutShort, ReplyMalformed):  # or what is left over of an answer before this one
                    self._close()
            self._connection = Connection(place.server, self._seconds, where=place.where)
            return moved(self._connection, place, serial, base, self._now)
        except NetctlError:
            self._close()
            raise

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

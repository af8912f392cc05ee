"""Many zones of several servers read: all serials first, and only what moved is transferred."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from types import MappingProxyType

from netctl.config.quiet import collector_resting
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.serials import serials
from netctl.devices.nameserver.series import Line, read_series
from netctl.devices.nameserver.server import NameServer, ZonePlace
from netctl.devices.nameserver.transfer import Reading, unchanged
from netctl.errors import NetctlError
from netctl.model.zonewrites import HeldZone, ZoneId
from netctl.zones.data import ZoneData

_CONNECTIONS = 4  # to one server at once: BIND lets ten transfers out, and its secondaries want some of them
_IN_A_ROW = 50  # zones in one transaction

Told = Callable[[ZonePlace, str], None]  # a zone that is done, and the error or ""


def serials_everywhere(places: Sequence[ZonePlace], seconds: float, workers: int) -> list[int | NetctlError]:
    """The serial of every place, or why there is none; servers side by side, each on one connection."""
    by_server: dict[NameServer, list[int]] = {}
    for position, place in enumerate(places):
        by_server.setdefault(place.server, []).append(position)

    def ask(positions: list[int]) -> list[int | NetctlError]:
        try:
            return serials([places[each] for each in positions], seconds)
        except NetctlError as error:
            return [error] * len(positions)

    found: dict[int, int | NetctlError] = {}
    with ThreadPoolExecutor(max_workers=max(1, min(workers, len(by_server))), thread_name_prefix="serials") as pool:
        for positions, answers in zip(by_server.values(), pool.map(ask, by_server.values()), strict=True):
            found |= dict(zip(positions, answers, strict=True))
    return [found[position] for position in range(len(places))]


def read_zones(
    places: Sequence[ZonePlace],
    notes: Notes,
    seconds: float,
    workers: int,
    told: Told = lambda _place, _error: None,
    *,
    alike: Mapping[ZonePlace, ZoneData] = MappingProxyType({}),
) -> list[Reading | NetctlError]:
    """Every zone as its server holds it now, or why it could not be read; one that fails stops no other.

    `alike` has zones with much the same records, such as the declared ones: what is equal is held once.

    Zones are told as they are done, some at a time, by whichever thread; never two at once.
    """
    with collector_resting():
        serials = serials_everywhere(places, seconds, workers)
        held = notes.all_held()
        level = {place for place, serial in zip(places, serials, strict=True) if _is_level(held.get(place.id), serial)}
        copies = notes.copies(held[place.id].digest for place in level)
        found: dict[ZonePlace, Reading | NetctlError] = {}
        rest: dict[ZonePlace, int] = {}
        for place, serial in zip(places, serials, strict=True):
            if isinstance(serial, NetctlError):
                found[place] = serial
            elif place in level:
                digest = held[place.id].digest
                content, other = copies.get(digest), alike.get(place)
                found[place] = unchanged(place, notes, digest, seconds, content=content, alike=other)
            else:
                rest[place] = serial
                continue
            told(place, str(serial) if isinstance(serial, NetctlError) else "")
        found |= _transferred(rest, held, notes, (seconds, workers), told, alike=alike)
    return [found[place] for place in places]


def _is_level(kept: HeldZone | None, serial: int | NetctlError) -> bool:
    return kept is not None and kept.serial == serial


def _transferred(
    rest: Mapping[ZonePlace, int],
    held: Mapping[ZoneId, HeldZone],
    notes: Notes,
    bounds: tuple[float, int],  # seconds for each zone, threads
    told: Told,
    *,
    alike: Mapping[ZonePlace, ZoneData],
) -> dict[ZonePlace, Reading | NetctlError]:
    """Zones that moved since they were read, in series side by side, on a few connections to each server."""
    found: dict[ZonePlace, Reading | NetctlError] = {}
    seconds, workers = bounds
    telling = Lock()

    def read(waiting: deque[list[ZonePlace]]) -> None:
        with Line(seconds) as line, suppress(IndexError):  # none is left, somebody else was quicker
            while True:
                series = waiting.popleft()
                some = _kept_series(line, {place: rest[place] for place in series}, held, notes, alike)
                with telling:
                    found.update(zip(series, some, strict=True))
                    for place, one in zip(series, some, strict=True):
                        told(place, str(one) if isinstance(one, NetctlError) else "")

    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="zones") as pool:
        coming = [
            pool.submit(read, waiting)
            for waiting in _series(rest, min(workers, _CONNECTIONS))
            for _ in range(min(len(waiting), _CONNECTIONS))
        ]
        for each in coming:
            each.result()
    return found


def _kept_series(
    line: Line,
    series: Mapping[ZonePlace, int],
    held: Mapping[ZoneId, HeldZone],
    notes: Notes,
    alike: Mapping[ZonePlace, ZoneData],
) -> list[Reading | NetctlError]:
    try:
        return read_series(line, series, held, notes, alike)
    except NetctlError as error:  # the store's: what was read could not be kept
        return [error] * len(series)


def _series(places: Iterable[ZonePlace], connections: int) -> Iterator[deque[list[ZonePlace]]]:
    """For each server its zones, some at a time: few enough that every connection has some."""
    by_server: dict[NameServer, list[ZonePlace]] = {}
    for place in places:
        by_server.setdefault(place.server, []).append(place)
    for whole in by_server.values():
        size = max(1, min(_IN_A_ROW, -(-len(whole) // max(1, connections))))
        yield deque(whole[start : start + size] for start in range(0, len(whole), size))

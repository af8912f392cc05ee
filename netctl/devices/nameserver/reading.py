"""Many zones of several servers read: all serials first, and only what moved is transferred."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from netctl.config.quiet import collector_resting
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.serials import serials
from netctl.devices.nameserver.series import read_series
from netctl.devices.nameserver.server import NameServer, ZonePlace
from netctl.devices.nameserver.transfer import Reading, unchanged
from netctl.errors import NetctlError
from netctl.model.zonewrites import HeldZone, ZoneId

_IN_A_ROW = 50  # zones on one connection and in one transaction

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
    places: Sequence[ZonePlace], notes: Notes, seconds: float, workers: int, told: Told = lambda _place, _error: None
) -> list[Reading | NetctlError]:
    """Every zone as its server holds it now, or why it could not be read; one that fails stops no other.

    Zones are told as they are done, some at a time.
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
                found[place] = unchanged(place, notes, digest, seconds, content=copies.get(digest))
            else:
                rest[place] = serial
                continue
            told(place, str(serial) if isinstance(serial, NetctlError) else "")
        for place, one in _transferred(rest, held, notes, seconds, workers):
            found[place] = one
            told(place, str(one) if isinstance(one, NetctlError) else "")
    return [found[place] for place in places]


def _is_level(kept: HeldZone | None, serial: int | NetctlError) -> bool:
    return kept is not None and kept.serial == serial


def _transferred(
    rest: Mapping[ZonePlace, int], held: Mapping[ZoneId, HeldZone], notes: Notes, seconds: float, workers: int
) -> Iterator[tuple[ZonePlace, Reading | NetctlError]]:
    """Zones that moved since they were read, in series side by side; each as soon as its series is done."""

    def read(series: Sequence[ZonePlace]) -> list[Reading | NetctlError]:
        try:
            return read_series({place: rest[place] for place in series}, held, notes, seconds)
        except NetctlError as error:  # the store's: what was read could not be kept
            return [error] * len(series)

    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="zones") as pool:
        coming = {pool.submit(read, series): series for series in _series(rest, workers)}
        for done in as_completed(coming):
            yield from zip(coming[done], done.result(), strict=True)


def _series(places: Iterable[ZonePlace], workers: int) -> Iterator[list[ZonePlace]]:
    """Zones of one server each, and as many series as there are workers where zones are few."""
    by_server: dict[NameServer, list[ZonePlace]] = {}
    for place in places:
        by_server.setdefault(place.server, []).append(place)
    for whole in by_server.values():
        size = max(1, min(_IN_A_ROW, -(-len(whole) // max(1, workers))))
        yield from (whole[start : start + size] for start in range(0, len(whole), size))

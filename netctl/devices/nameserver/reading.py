"""Many zones of several servers read: all serials first, and only what moved is transferred."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.serials import serials
from netctl.devices.nameserver.server import NameServer, ZonePlace
from netctl.devices.nameserver.transfer import Reading, fetch, unchanged
from netctl.errors import NetctlError

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
    """Every zone as its server holds it now, or why it could not be read; one that fails stops no other."""
    answers = serials_everywhere(places, seconds, workers)
    held = notes.all_held()

    def read(position: int) -> Reading | NetctlError:
        place, serial = places[position], answers[position]
        if isinstance(serial, NetctlError):
            return serial
        kept = held.get(place.id)
        if kept is not None and kept.serial == serial:
            return unchanged(place, notes, kept.digest, seconds)
        try:
            return fetch(place, notes, seconds)
        except NetctlError as error:
            return error

    found = []
    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="zones") as pool:
        for place, one in zip(places, pool.map(read, range(len(places))), strict=True):
            told(place, str(one) if isinstance(one, NetctlError) else "")
            found.append(one)
    return found

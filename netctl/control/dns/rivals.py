"""Two that write: a primary that should stand by and takes updates, or is ahead of the one that writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from netctl.devices.nameserver.raising import takes_updates
from netctl.devices.nameserver.reading import serials_everywhere
from netctl.devices.nameserver.serials import newer
from netctl.devices.nameserver.server import ZonePlace
from netctl.errors import NetctlError, TwoWriters
from netctl.settings import Settings

Serial = int | NetctlError

_FEW = 3  # zones that are named


def rivals(
    serials: Mapping[ZonePlace, Serial], writers: Mapping[ZonePlace, ZonePlace], settings: Settings
) -> tuple[TwoWriters, ...]:
    """What is wrong with primaries that stand by; `writers` gives for each of their zones where it is written.

    One zone of each view is asked for updates: netctl gives all of a view the same. Servers that said no serial are not
    asked: what they are cannot be told.
    """
    standing = {place: main for place, main in writers.items() if isinstance(serials[place], int)}
    first: dict[tuple[str, str], ZonePlace] = {}
    for place in standing:
        first.setdefault((place.server.name, place.view), place)
    found = _take_updates(first.values(), writers, settings)
    suspects = [place for place in standing if _ahead(serials[place], serials[standing[place]])]
    if not suspects:
        return found
    # Read one after the other, a copy may be ahead for a moment: so once more, what is written first.
    again = _asked([standing[place] for place in suspects], settings), _asked(suspects, settings)
    sure = [
        place
        for place, main, here in zip(suspects, *again, strict=True)
        if _ahead(here, main) and _ahead(here, serials[standing[place]])
    ]
    return (*found, *_said_ahead(sure, writers))


def rivals_beside(writers: Mapping[ZonePlace, ZonePlace], settings: Settings) -> tuple[TwoWriters, ...]:
    """The same of primaries whose serials nobody asked for: those that take updates, by one zone of each view."""
    first: dict[tuple[str, str], ZonePlace] = {}
    for place in writers:
        first.setdefault((place.server.name, place.view), place)
    return _take_updates(first.values(), writers, settings)


def _take_updates(
    places: Iterable[ZonePlace], writers: Mapping[ZonePlace, ZonePlace], settings: Settings
) -> tuple[TwoWriters, ...]:
    asked = list(places)

    def takes(place: ZonePlace) -> bool:
        try:
            return takes_updates(place, settings.connect_timeout)
        except NetctlError:  # what it is cannot be told
            return False

    with ThreadPoolExecutor(max_workers=max(1, len(asked)), thread_name_prefix="rivals") as pool:
        answers = list(pool.map(takes, asked))
    return tuple(
        TwoWriters(
            f"it takes updates of view {place.view}, and {writers[place].server.name} writes", where=place.server.name
        )
        for place, answer in zip(asked, answers, strict=True)
        if answer
    )


def _said_ahead(places: list[ZonePlace], writers: Mapping[ZonePlace, ZonePlace]) -> list[TwoWriters]:
    by_server: dict[str, list[ZonePlace]] = {}
    for place in places:
        by_server.setdefault(place.server.name, []).append(place)
    found = []
    for server, zones in by_server.items():
        named = ", ".join(f"{each.zone}@{each.view}" for each in zones[:_FEW])
        more = f" and {len(zones) - _FEW} more" if len(zones) > _FEW else ""
        said = f"it is ahead of {writers[zones[0]].server.name}, which writes: {named}{more}"
        found.append(TwoWriters(said, where=server))
    return found


def _asked(places: list[ZonePlace], settings: Settings) -> list[Serial]:
    return serials_everywhere(places, settings.command_timeout, settings.fetch_workers)


def _ahead(here: Serial, main: Serial) -> bool:
    return isinstance(here, int) and isinstance(main, int) and newer(here, main)

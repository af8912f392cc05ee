"""Secondaries serve what the primary serves: asked again and again, a little less often each time, until a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from netctl.devices.nameserver.serials import newer, serials
from netctl.devices.nameserver.server import ZonePlace
from netctl.errors import NetctlError, SecondaryBehind

_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 1.0  # seconds
_ONE_LOOK = 5.0  # seconds for one secondary to answer once

Clock = Callable[[], float]
Pause = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Level:
    """A secondary that serves the zone with this serial or a later one, and after how many seconds it was seen to."""

    server: str
    serial: int
    seconds: float


def converge(
    secondaries: Sequence[ZonePlace],
    serial: int,
    seconds: float,
    *,
    clock: Clock = time.monotonic,
    pause: Pause = time.sleep,
) -> list[Level]:
    """When each secondary came level with `serial`; every one of them asked until it did.

    Raises `SecondaryBehind` at the deadline, naming every one that stays behind, its serial and how far it is behind.
    """
    began = clock()
    level: dict[int, Level] = {}
    last: dict[int, int | NetctlError] = {}
    wait = _FIRST_PAUSE
    while True:
        for position, place in enumerate(secondaries):
            if position not in level:
                left = seconds - (clock() - began)
                found = last[position] = _look(place, min(_ONE_LOOK, max(left, _FIRST_PAUSE)))
                if isinstance(found, int) and not newer(serial, found):
                    level[position] = Level(place.server.name, found, clock() - began)
        if len(level) == len(secondaries):
            return [level[position] for position in range(len(secondaries))]
        left = seconds - (clock() - began)
        if left <= 0:
            raise _behind(secondaries, serial, seconds, {each: last[each] for each in last if each not in level})
        pause(min(wait, left))
        wait = min(wait * 2, _LONGEST_PAUSE)


def _look(place: ZonePlace, seconds: float) -> int | NetctlError:
    try:
        return serials([place], seconds)[0]
    except NetctlError as error:
        return error


def _behind(
    secondaries: Sequence[ZonePlace], serial: int, seconds: float, late: dict[int, int | NetctlError]
) -> SecondaryBehind:
    said = [
        f"{secondaries[position].server.name} serves {found}, {(serial - found) % (1 << 32)} behind"
        if isinstance(found, int)
        else f"{secondaries[position].server.name}: {found.message}"
        for position, found in late.items()
    ]
    place = secondaries[next(iter(late))]
    return SecondaryBehind(f"not at serial {serial} after {seconds:g} s: {'; '.join(said)}", where=place.zone)

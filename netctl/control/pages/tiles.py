"""One tile for each service: how it stands, for how many routers, and how old that knowledge is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import get_args

from netctl.control.watching.watched import Watched
from netctl.model.problems import rank
from netctl.model.watch import DeviceState, Service, Standing

SERVICES: tuple[Service, ...] = get_args(Service)


@dataclass(frozen=True, slots=True)
class Tile:
    """A service over some routers. `state` is "up" only where everything is known and well.

    It is "down" where more than low reasons speak against half of them. `affected` have something against it, `unknown`
    cannot be told; `at` is the oldest datum that counts, "" for none.
    """

    service: Service
    state: DeviceState
    routers: int
    affected: int
    unknown: int
    at: str
    stale: bool


@dataclass(slots=True)
class _Tally:
    routers: int = 0
    affected: int = 0
    grave: int = 0  # of them, those with more than a low reason
    unknown: int = 0
    oldest: str = ""
    newest: str = ""

    def tile(self, service: Service) -> Tile:
        known = self.routers - self.unknown
        state: DeviceState = "up"
        if self.affected:
            state = "down" if self.grave * 2 >= known else "degraded"
        elif self.unknown or not self.routers:
            state = "unknown"
        at = self.oldest if known else self.newest
        return Tile(service, state, self.routers, self.affected, self.unknown, at, stale=not known)


def tiles(found: Watched, devices: Collection[str]) -> tuple[Tile, ...]:
    """All tiles, in the order of `SERVICES`.

    A router that does not answer counts against reachability, and nowhere else: nobody knows the rest of it. One that
    answers is reached, however busy it is.
    """
    tallies: dict[Service, _Tally] = {service: _Tally() for service in SERVICES}
    for device in devices:
        _count(tallies, found, device)
    return tuple(tally.tile(service) for service, tally in tallies.items())


def _count(tallies: dict[Service, _Tally], found: Watched, device: str) -> None:
    fresh, last = found.fresh(device), found.standings.get(device)
    if fresh is None:
        for service, tally in tallies.items():
            tally.routers += 1
            tally.unknown += 1
            tally.newest = max(tally.newest, _moment(last, service) if last else "")
        return
    hit = {reason.service for reason in fresh.reasons if (reason.service, reason.severity) != ("reachability", "low")}
    grave = {reason.service for reason in fresh.reasons if rank(reason.severity) <= rank("medium")}
    for service in _concerned(fresh):
        tally, at = tallies[service], _moment(fresh, service)
        tally.routers += 1
        if service in hit or (service == "reachability" and fresh.state == "down"):
            tally.affected += 1
            tally.grave += service in grave or fresh.state == "down"
        elif not _told(fresh, service):
            tally.unknown += 1
            tally.newest = max(tally.newest, at)
            continue
        tally.oldest = min(tally.oldest or at, at)


def _concerned(standing: Standing) -> Iterator[Service]:
    return iter(("reachability",) if standing.state == "down" else SERVICES)


def _told(standing: Standing, service: Service) -> bool:
    if standing.state == "unknown":
        return False
    if service == "time":
        return standing.clock_offset is not None
    if service == "configuration":
        return standing.drift != "unknown" and bool(standing.drift_at)
    return bool(standing.seen_at)


def _moment(standing: Standing, service: Service) -> str:
    if service == "reachability":
        return standing.tried_at
    return standing.drift_at if service == "configuration" else standing.seen_at

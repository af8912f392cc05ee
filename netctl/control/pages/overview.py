"""Is everything well? If not: where, since when; and what did we change?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from netctl.change.roles import reach
from netctl.control.changes.touched import within
from netctl.control.changes.waiting import Turn, waiting
from netctl.control.network.atlas import Atlas, Reach
from netctl.control.pages.lines import Redundancy
from netctl.control.pages.tiles import Tile, tiles
from netctl.control.pages.topology import site_redundancy
from netctl.control.watching.watched import Watched, watched
from netctl.model.change import Change
from netctl.model.network import Site
from netctl.model.plan import Severity
from netctl.model.problems import SEVERITIES
from netctl.model.watch import DeviceState, Problem
from netctl.store import Books, Store
from netctl.store.traces import Trace

MOST = 8
"""Entries of each short list; the page behind it has them all."""

LOST: tuple[Redundancy, ...] = ("cut_off", "one_router", "one_line")


@dataclass(frozen=True, slots=True)
class Health:
    """How the network stands: routers by state, a tile for each service, sites that lost redundancy, problems."""

    found: Watched
    devices: int
    states: Mapping[DeviceState, int]
    tiles: tuple[Tile, ...]
    lost: tuple[tuple[Site, Redundancy], ...]
    sites: int
    problems: Mapping[Severity, int]
    gravest: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What people do: changes that wait for this person, and the last ones that were pushed."""

    waiting: tuple[tuple[Change, Turn], ...]
    recent: tuple[Trace, ...]


def health(store: Store, atlas: Atlas, *, user: str) -> Health:
    """How the network within the user's reach stands now."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        found = watched(store, books, atlas)
        tally = books.problems.tally(organisations=seen, silenced=False)
        gravest = books.problems.gravest(MOST, organisations=seen)
    devices = atlas.devices(seen)
    return Health(
        found=found,
        devices=len(devices),
        states=found.once(("states", seen), lambda: found.states(devices)),
        tiles=found.once(("tiles", seen), lambda: tiles(found, devices)),
        lost=found.once(("lost", seen), lambda: lost(atlas, found, seen)),
        sites=len(atlas.network.sites) if seen is None else sum(1 for _ in atlas.sites(seen)),
        problems={severity: tally.get(severity, 0) for severity in SEVERITIES},
        gravest=gravest,
    )


def work(store: Store, *, user: str) -> Work:
    """What waits for the user, and what was changed last within their reach."""
    mine = waiting(store, user=user)
    with store.reading() as books:
        return Work(mine, _recent(books, reach(books.users.get(user), "show")))


def lost(atlas: Atlas, found: Watched, seen: Reach) -> tuple[tuple[Site, Redundancy], ...]:
    """Sites that have one way out left, or none; the worst first. Only sites near something broken are looked at."""
    sites = atlas.network.sites
    broken = [(site, site_redundancy(atlas, found, site)) for site in map(sites.__getitem__, _near(atlas, found))]
    kept: list[tuple[Site, Redundancy]] = [
        (site, how) for site, how in broken if how in LOST and (seen is None or site.organisation in seen)
    ]
    return tuple(sorted(kept, key=lambda each: LOST.index(each[1])))


def _near(atlas: Atlas, found: Watched) -> Iterable[str]:
    lines = [atlas.lines[name] for name in found.cut if name in atlas.lines]
    lines += [line for name in found.dead for line in atlas.lines_of.get(name, ())]
    return sorted({line.site for line in lines if line.site})


def _recent(books: Books, seen: Reach) -> tuple[Trace, ...]:
    latest = within(books, seen, books.traces.latest(MOST * 5))
    return tuple(sorted(latest, key=lambda trace: trace.at, reverse=True)[:MOST])

"""One site with both its ways out, or all sites a line each."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.change.roles import reach
from netctl.control.changes.touched import within
from netctl.control.network.atlas import Atlas, Reach
from netctl.control.pages.lines import Redundancy
from netctl.control.pages.topology import SiteView, site_redundancy, site_view, whole_once
from netctl.control.watching.watched import Watched, watched
from netctl.errors import UnknownPlace
from netctl.model.network import Device, Organisation, Site
from netctl.model.watch import DeviceState, Problem
from netctl.services.routing.addresses import pools, site_lan
from netctl.store import Books, Store
from netctl.store.traces import Trace

MOST_TRACES = 20


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site in a list."""

    site: Site
    redundancy: Redundancy
    routers: tuple[DeviceState, ...]


@dataclass(frozen=True, slots=True)
class SiteList:
    """The sites within reach, in the network's order."""

    lines: tuple[SiteLine, ...]
    seen: Reach
    found: Watched


@dataclass(frozen=True, slots=True)
class SitePage:
    """Everything about one site; `prefixes` are its addresses, IPv6 first."""

    view: SiteView
    organisation: Organisation
    cores: tuple[Device, ...]  # where its lines end, in their order
    prefixes: tuple[str, ...]
    problems: tuple[Problem, ...]
    traces: tuple[Trace, ...]
    found: Watched


def site_list(store: Store, atlas: Atlas, *, user: str) -> SiteList:
    """Every site the user may see."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        found = watched(store, books, atlas)
    return SiteList(site_lines(atlas, found, seen), seen, found)


def site_lines(atlas: Atlas, found: Watched, seen: Reach) -> tuple[SiteLine, ...]:
    """The lines of all sites within a reach, made once a round."""

    def lines() -> tuple[SiteLine, ...]:
        return tuple(
            SiteLine(site, site_redundancy(atlas, found, site), tuple(found.state(name) for name in site.devices))
            for site in atlas.sites(seen)
        )

    return found.once(("sites", seen), lines)


def site_page(store: Store, atlas: Atlas, name: str, *, user: str) -> SitePage:
    """One site; raises `UnknownPlace` where there is none of this name within the user's reach."""
    network = atlas.network
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        site = network.sites.get(name)
        if site is None or not (seen is None or site.organisation in seen):
            raise UnknownPlace(f"no site {name!r} to show")
        found = watched(store, books, atlas)
        view = site_view(atlas, found, whole_once(books, atlas, found), site)
        lan = site_lan(pools(network.addresses), site)
        return SitePage(
            view=view,
            organisation=network.organisations[site.organisation],
            cores=tuple(network.devices[each.line.a.device] for each in view.lines),
            prefixes=(lan.block_v6, lan.v4_prefix) if lan.v4_prefix else (lan.block_v6,),
            problems=_problems(books, site, seen),
            traces=within(books, seen, books.traces.of(site.devices, MOST_TRACES)),
            found=found,
        )


def _problems(books: Books, site: Site, seen: Reach) -> tuple[Problem, ...]:
    """Open problems that a router of the site shows, each once, the worst first."""
    by_router = books.problems.of_targets(site.devices)
    found = {each.id: each for name in site.devices for each in by_router.get(name, ())}
    return tuple(each for each in found.values() if seen is None or each.organisation in seen)

"""The network as a map shows it: the backbone, and below it as many sites as one can look at.

A network of thousands of sites is shown by region or organisation first; whoever wants to see sites goes into one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from netctl.change.roles import reach
from netctl.control.network.atlas import Atlas, Reach
from netctl.control.pages.lines import LineView, Redundancy, Whole, line_view, redundancy
from netctl.control.watching.watched import Watched, watched
from netctl.errors import UnknownPlace
from netctl.model.network import Centre, Device, Site
from netctl.model.watch import DeviceState, Standing
from netctl.store import Books, Store

MOST_SITES = 28
"""Sites of one picture; a page more for each further so many."""

By = Literal["organisation", "region"]


@dataclass(frozen=True, slots=True)
class Router:
    """One router of the map."""

    device: Device
    state: DeviceState


@dataclass(frozen=True, slots=True)
class CentreView:
    """One centre with its routers: border first, then cores in order."""

    centre: Centre
    routers: tuple[Router, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """One site with both ways out."""

    site: Site
    routers: tuple[Router, ...]
    lines: tuple[LineView, ...]
    redundancy: Redundancy


@dataclass(frozen=True, slots=True)
class Cluster:
    """Sites that are shown as one: those of an organisation or a region, how many there are, and how they stand."""

    by: By
    id: str
    sites: int
    states: Mapping[DeviceState, int]
    redundancy: Mapping[Redundancy, int]


@dataclass(frozen=True, slots=True)
class Chart:
    """What one picture shows, and where one is: `organisation` and `region` were chosen, `page` of `pages`."""

    centres: tuple[CentreView, ...]
    links: tuple[LineView, ...]
    sites: tuple[SiteView, ...]
    clusters: tuple[Cluster, ...]
    total: int
    organisation: str = ""
    region: str = ""
    page: int = 1
    pages: int = 1
    atlas: Atlas = field(kw_only=True)
    found: Watched = field(kw_only=True)


def topology(
    store: Store,
    atlas: Atlas,
    *,
    user: str,
    organisation: str = "",
    region: str = "",
    by: By = "organisation",
    page: int = 1,
) -> Chart:
    """The map within the user's reach; raises `UnknownPlace` for an organisation or region that is not in it.

    Sites are shown where they are few, or an organisation was chosen; else `by` says what they are gathered by.
    """
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        found = watched(store, books, atlas)
        return chart(
            atlas,
            found,
            whole_once(books, atlas, found),
            seen,
            organisation=organisation,
            region=region,
            by=by,
            page=page,
        )


def chart(
    atlas: Atlas,
    found: Watched,
    whole: Whole,
    seen: Reach,
    *,
    organisation: str = "",
    region: str = "",
    by: By = "organisation",
    page: int = 1,
) -> Chart:
    """The map of what `seen` covers, from data in hand."""
    sites = _chosen(atlas, seen, organisation, region)
    clusters: tuple[Cluster, ...] = ()
    shown: Sequence[Site] = sites
    if len(sites) > MOST_SITES and not organisation:
        gather: By = "organisation" if region else by
        key = ("clusters", seen, region, gather)
        clusters, shown = found.once(key, lambda: _clusters(atlas, found, sites, gather)), ()
    pages = max(1, -(-len(shown) // MOST_SITES))
    page = min(max(page, 1), pages)
    return Chart(
        centres=_centres(atlas, found) if seen is None else (),
        links=backbone_links(atlas, found, whole) if seen is None else (),
        sites=tuple(
            site_view(atlas, found, whole, site) for site in shown[(page - 1) * MOST_SITES : page * MOST_SITES]
        ),
        clusters=clusters,
        total=len(sites),
        organisation=organisation,
        region=region,
        page=page,
        pages=pages,
        atlas=atlas,
        found=found,
    )


def site_view(atlas: Atlas, found: Watched, whole: Whole, site: Site) -> SiteView:
    """One site with the load of its lines."""
    lines = tuple(line_view(atlas.lines[f"{site.id}:{line.position}"], found, whole) for line in site.lines)
    return SiteView(site, _routers(atlas, found, site.devices), lines, site_redundancy(atlas, found, site))


def site_redundancy(atlas: Atlas, found: Watched, site: Site) -> Redundancy:
    """What is left of a site's two ways out."""
    return found.once("redundancy", lambda: _redundancies(atlas, found))[site.id]


def _redundancies(atlas: Atlas, found: Watched) -> Mapping[str, Redundancy]:
    """Of all sites; most are well, and what is well is seen at once."""
    return {site.id: _redundancy(atlas, found, site) for site in atlas.network.sites.values()}


def _redundancy(atlas: Atlas, found: Watched, site: Site) -> Redundancy:
    lines = [atlas.lines[f"{site.id}:{line.position}"] for line in site.lines]
    return redundancy([line.b.device for line in lines], lines, found)


def _chosen(atlas: Atlas, seen: Reach, organisation: str, region: str) -> list[Site]:
    if organisation and (
        organisation not in atlas.network.organisations or (seen is not None and organisation not in seen)
    ):
        raise UnknownPlace(f"no organisation {organisation!r} to show")
    if region and region not in atlas.regions:
        raise UnknownPlace(f"no region {region!r} to show")
    sites = atlas.sites_of.get(organisation, ()) if organisation else atlas.sites(seen)
    return [site for site in sites if region in ("", site.region)]


def _clusters(atlas: Atlas, found: Watched, sites: Iterable[Site], by: By) -> tuple[Cluster, ...]:
    gathered: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        gathered[site.organisation if by == "organisation" else site.region].append(site)
    return tuple(
        Cluster(
            by,
            name,
            len(members),
            found.states(device for site in members for device in site.devices),
            Counter(site_redundancy(atlas, found, site) for site in members),
        )
        for name, members in gathered.items()
    )


def _centres(atlas: Atlas, found: Watched) -> tuple[CentreView, ...]:
    centres = sorted(atlas.network.centres.values(), key=lambda centre: centre.number)
    return tuple(CentreView(centre, _routers(atlas, found, _in_order(atlas, centre.devices))) for centre in centres)


def _in_order(atlas: Atlas, names: Iterable[str]) -> list[str]:
    devices = atlas.network.devices
    return sorted(names, key=lambda name: (devices[name].role != "border", devices[name].number))


def _routers(atlas: Atlas, found: Watched, names: Iterable[str]) -> tuple[Router, ...]:
    return tuple(Router(atlas.network.devices[name], found.state(name)) for name in names)


def backbone_links(atlas: Atlas, found: Watched, whole: Whole) -> tuple[LineView, ...]:
    """The links of the backbone with their load, made once a round: what was seen of a core is large."""

    def links() -> tuple[LineView, ...]:
        return tuple(line_view(line, found, whole) for line in atlas.lines.values() if line.kind == "backbone")

    return found.once("links", links)


def whole_once(books: Books, atlas: Atlas, found: Watched) -> Whole:
    """Whole standings, within the transaction of `books`; those of the backbone are large, and read once a round."""

    def whole(device: str) -> Standing | None:
        if atlas.network.devices[device].role == "ce":
            return books.watch.standing(device)
        return found.once(("whole", device), lambda: books.watch.standing(device))

    return whole

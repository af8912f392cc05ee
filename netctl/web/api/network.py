"""Operations about the network as it stands: overview, routers, sites."""

from __future__ import annotations

from netctl.control.pages import device_page, overview, site_page
from netctl.control.pages.device_list import DeviceLine, device_list
from netctl.control.pages.site_page import SiteLine
from netctl.web.api.nouns import (
    DeviceDetail,
    Devices,
    DevicesAsked,
    DeviceSummary,
    LostSite,
    Overview,
    Points,
    PointsAsked,
    SiteDetail,
    Sites,
    SitesAsked,
    SiteSummary,
)
from netctl.web.api.operation import Operation
from netctl.web.api.paging import page_of
from netctl.web.context import here, user


def get_overview() -> Overview:
    """How everything stands."""
    at = here()
    found = overview.health(at.store, at.declared.atlas(), user=user())
    return Overview(
        devices=found.devices,
        states=dict(found.states),
        services=found.tiles,
        sites=found.sites,
        lost=tuple(LostSite(id=site.id, redundancy=how) for site, how in found.lost),
        problems=dict(found.problems),
        round=found.found.round,
    )


def list_devices(asked: DevicesAsked) -> Devices:
    """One page of routers."""
    at = here()
    found = device_list(at.store, at.declared.atlas(), user=user())
    lines = found.found.once(
        ("devices by name", found.seen), lambda: sorted(found.lines, key=lambda line: line.device.name)
    )
    wanted = (line for line in lines if _wanted(line, asked))  # as many as the page takes
    items, following = page_of(wanted, asked.limit, lambda line: line.device.name)
    return Devices(items=tuple(map(_summary, items)), next=following)


def get_device(name: str) -> DeviceDetail:
    """One router."""
    at = here()
    page = device_page.device_page(at.store, at.declared.atlas(), name, user=user())
    network = at.declared.network()
    region = network.sites[page.device.site].region if page.device.site else network.centres[page.device.centre].region
    line = DeviceLine(page.device, page.organisation, region, page.state, page.standing)
    return DeviceDetail(
        device=_summary(line),
        mate=page.mate.name,
        mate_state=page.mate_state,
        management_address=page.device.management_address,
        stale=page.stale,
        observed=page.observed,
        problems=tuple(problem.id for problem in page.problems),
        ports=page.ports,
        neighbours=page.neighbours,
        virtual_routers=page.virtual_routers,
    )


def list_points(name: str, asked: PointsAsked) -> Points:
    """The metrics of one router."""
    at = here()
    found = device_page.history(at.store, at.declared.atlas(), name, user=user(), span=asked.span)
    return Points(device=name, items=found)


def list_sites(asked: SitesAsked) -> Sites:
    """One page of sites."""
    at = here()
    lines = site_page.site_list(at.store, at.declared.atlas(), user=user()).lines
    wanted = [
        line
        for line in lines
        if line.site.id > asked.after
        and asked.organisation in ("", line.site.organisation)
        and asked.redundancy in ("", line.redundancy)
    ]
    wanted.sort(key=lambda line: line.site.id)
    items, following = page_of(wanted, asked.limit, lambda line: line.site.id)
    return Sites(items=tuple(map(_site, items)), next=following)


def get_site(site: str) -> SiteDetail:
    """One site."""
    at = here()
    page = site_page.site_page(at.store, at.declared.atlas(), site, user=user())
    view = page.view
    line = SiteLine(view.site, view.redundancy, tuple(router.state for router in view.routers))
    return SiteDetail(
        site=_site(line),
        prefixes=page.prefixes,
        cores=tuple(device.name for device in page.cores),
        problems=tuple(problem.id for problem in page.problems),
    )


def _wanted(line: DeviceLine, asked: DevicesAsked) -> bool:
    return (
        line.device.name > asked.after
        and asked.state in ("", line.state)
        and asked.organisation in ("", line.organisation)
        and asked.site in ("", line.device.site)
    )


def _summary(line: DeviceLine) -> DeviceSummary:
    device, standing = line.device, line.standing
    return DeviceSummary(
        name=device.name,
        role=device.role,
        platform=device.platform,
        site=device.site,
        centre=device.centre,
        organisation=line.organisation,
        region=line.region,
        state=line.state,
        since=standing.since if standing else "",
        tried_at=standing.tried_at if standing else "",
        seen_at=standing.seen_at if standing else "",
        stale=standing is None or line.state == "unknown" or standing.seen_at < standing.tried_at,
        version=standing.version if standing else "",
        drift=standing.drift if standing else "unknown",
        clock_offset=standing.clock_offset if standing else None,
        reasons=standing.reasons if standing else (),
    )


def _site(line: SiteLine) -> SiteSummary:
    site = line.site
    return SiteSummary(
        id=site.id,
        name=site.name,
        name_ja=site.name_ja,
        organisation=site.organisation,
        region=site.region,
        redundancy=line.redundancy,
        routers=site.devices,
        states=line.routers,
    )


OPERATIONS = (
    Operation(
        "GET",
        "/overview",
        "get_overview",
        "show",
        get_overview,
        "How the network stands",
        Overview,
        kept="for the same roles",
    ),
    Operation(
        "GET",
        "/devices",
        "list_devices",
        "show",
        list_devices,
        "Routers with how they stand",
        Devices,
        DevicesAsked,
        kept="for the same roles",
    ),
    Operation(
        "GET",
        "/devices/<name>",
        "get_device",
        "show",
        get_device,
        "Everything about one router",
        DeviceDetail,
        kept="for the same roles",
    ),
    Operation(
        "GET",
        "/devices/<name>/points",
        "list_points",
        "show",
        list_points,
        "Its metrics over time",
        Points,
        PointsAsked,
        kept="for the same roles",
    ),
    Operation(
        "GET",
        "/sites",
        "list_sites",
        "show",
        list_sites,
        "Sites and their redundancy",
        Sites,
        SitesAsked,
        kept="for the same roles",
    ),
    Operation(
        "GET",
        "/sites/<site>",
        "get_site",
        "show",
        get_site,
        "Everything about one site",
        SiteDetail,
        kept="for the same roles",
    ),
)

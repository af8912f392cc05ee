"""Operations about names: zones, their records, the servers that hold them."""

from __future__ import annotations

from typing import Final

from netctl.control.pages.zone_list import ServerLine, ZoneLine, zone_list
from netctl.control.pages.zone_page import RecordSetLine, record_sets, zone_page
from netctl.web.api.nouns import PageAsked
from netctl.web.api.operation import Operation
from netctl.web.api.paging import page_of
from netctl.web.api.zone_nouns import (
    NameServerLine,
    NameServers,
    Records,
    RecordsAsked,
    RecordSet,
    ZoneDetail,
    ZoneFinding,
    Zones,
    ZonesAsked,
    ZoneSummary,
)
from netctl.web.context import here, user


def list_zones(asked: ZonesAsked) -> Zones:
    """One page of zones."""
    found = zone_list(here().store, here().declared, user=user())
    lines = found.found.once(
        ("zones by name", found.seen, found.book.mark if found.book else ""), lambda: sorted(found.lines, key=_key)
    )
    wanted = (
        line
        for line in lines
        if _key(line) > asked.after
        and asked.view in ("", line.of.view)
        and asked.organisation in ("", line.organisation)
        and asked.state in ("", line.state)
    )
    items, following = page_of(wanted, asked.limit, _key)
    mark = found.found.mark
    return Zones(
        items=tuple(map(_summary, items)),
        asked_at=mark.ended_at if mark is not None else "",
        stale=found.found.stale,
        next=following,
    )


def get_zone(view: str, zone: str) -> ZoneDetail:
    """One zone."""
    page = zone_page(here().store, here().declared, view, zone, user=user())
    signatures, covered = page.signatures, page.covered
    return ZoneDetail(
        zone=_summary(page.line),
        ttl=page.zone.zone.ttl,
        file=page.zone.zone.source.file,
        signing=page.signing,
        signing_at=signatures.looked_at if signatures is not None else "",
        uncovered=tuple(each.address for each in covered.missing) if covered is not None else (),
        findings=tuple(
            ZoneFinding(
                rule=each.rule,
                severity=each.severity,
                name=each.name,
                message=each.message,
                hint=each.hint,
                place=each.place,
                waived=each.waived,
            )
            for each in page.findings
        ),
        problems=tuple(problem.id for problem in page.problems),
    )


def list_records(view: str, zone: str, asked: RecordsAsked) -> Records:
    """One page of a zone's record sets."""
    page = zone_page(here().store, here().declared, view, zone, user=user())
    wanted = record_sets(page, after=asked.after, name=asked.name, type_=asked.type)
    items, following = page_of(wanted, asked.limit, lambda line: line.key)
    return Records(items=tuple(map(_record_set, items)), next=following)


def list_name_servers(asked: PageAsked) -> NameServers:
    """One page of name servers."""
    found = zone_list(here().store, here().declared, user=user())
    wanted = sorted(
        (line for line in found.servers if line.server.name > asked.after), key=lambda line: line.server.name
    )
    items, following = page_of(wanted, asked.limit, lambda line: line.server.name)
    return NameServers(items=tuple(map(_server, items)), next=following)


def _key(line: ZoneLine) -> str:
    return f"{line.of.view} {line.of.zone}"


def _summary(line: ZoneLine) -> ZoneSummary:
    return ZoneSummary(
        zone=line.of.zone,
        view=line.of.view,
        organisation=line.organisation,
        kind=line.kind,
        records=line.records,
        signed=line.signed,
        state=line.state,
        serial=line.serial,
        servers=line.cells,
        expires=line.expires,
        covered=line.covered,
        errors=line.errors,
        warnings=line.warnings,
    )


def _record_set(line: RecordSetLine) -> RecordSet:
    return RecordSet(name=line.name, type=line.type, ttl=line.ttl, data=line.data, origins=line.origins)


def _server(line: ServerLine) -> NameServerLine:
    server, seen = line.server, line.seen
    return NameServerLine(
        name=server.name,
        software=server.software,
        role=server.role,
        standing=server.standing,
        centre=server.centre,
        addresses=server.addresses,
        views=server.views,
        answers=seen.answers if seen is not None else None,
        since=seen.since if seen is not None else "",
        why=seen.why if seen is not None else "",
        zones=line.zones,
        behind=line.behind,
        unserved=line.unserved,
    )


_KEPT: Final = "for the same roles"
OPERATIONS = (
    Operation(
        "GET", "/zones", "list_zones", "show", list_zones, "Zones as servers hold them", Zones, ZonesAsked, kept=_KEPT
    ),
    Operation("GET", "/zones/<view>/<path:zone>", "get_zone", "show", get_zone, "One zone", ZoneDetail, kept=_KEPT),
    Operation(
        "GET",
        "/zones/<view>/<path:zone>/records",
        "list_records",
        "show",
        list_records,
        "The records of a zone",
        Records,
        RecordsAsked,
        kept=_KEPT,
    ),
    Operation(
        "GET",
        "/name-servers",
        "list_name_servers",
        "show",
        list_name_servers,
        "Name servers that hold zones",
        NameServers,
        PageAsked,
        kept=_KEPT,
    ),
)

"""``/zones`` and ``/zones/<view>/<zone>``: every zone as its servers stand with it, and everything about one.

Names of classless zones hold a slash (RFC 2317), and so do their addresses here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from flask import request
from flask.typing import ResponseReturnValue

from netctl.control.pages.zone_list import ZoneLine, ZoneList, zone_list
from netctl.control.pages.zone_page import MOST_MISSING, ZoneRecord, zone_page
from netctl.model.names import ViewZone
from netctl.web import moments, naming
from netctl.web.context import Language, here, language, user
from netctl.web.kept import kept
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t

pages = Pages("zones")

_SERVER = "server-"


def href_of(of: ViewZone, search: str = "") -> str:
    """The page of a zone, with its records searched."""
    page = f"/zones/{quote(of.view)}/{quote(of.zone)}"
    return f"{page}?{urlencode({'q': search})}" if search else page


def _href(row: Any) -> str:
    return href_of(ViewZone(row["view"], row["zone"]))


def _organisation(value: Any) -> str:
    return naming.organisation(str(value)) if value else ""


def _state(value: Any) -> str:
    return t(f"zones-state-{value}")


def _day(value: Any) -> str:
    return moments.local(str(value), "%Y-%m-%d")


def _share(value: float) -> str:
    return f"{100 * value:.0f} %" if value in {0, 1} else f"{min(99.9, 100 * value):.1f} %"


def _columns(servers: tuple[str, ...], *, signed: bool) -> tuple[Column, ...]:
    """The columns, one for each server among them; that of signatures where any zone is signed."""
    return (
        Column("zone", "link", href=_href, word="zones-column-zone"),
        Column("state", "state", filter="choice", word="zones-column-state", say=_state),
        Column("view", "words", filter="choice", word="zones-column-view", say=str),
        Column("serial", "number", word="zones-column-serial", say=str, phone=False),
        *(Column(f"{_SERVER}{name}", "lag", title=name, phone=False) for name in servers),
        Column("records", "number", word="zones-column-records", phone=False),
        Column(
            "organisation", "words", filter="choice", word="zones-column-organisation", say=_organisation, phone=False
        ),
        *((Column("expires", "words", word="zones-column-signed", say=_day, phone=False),) if signed else ()),
        Column("covered", "percent", word="zones-column-covered", say=_share, phone=False),
        Column("findings", "number", word="zones-column-findings", phone=False),
    )


_PLACES = {"device": "/devices/{}", "site": "/sites/{}"}
_RECORDS = (
    Column("name", "code", word="zones-column-name"),
    Column("type", "words", filter="choice", word="zones-column-type", say=str),
    Column("data", "code", word="zones-column-data"),
    Column("ttl", "number", word="zones-column-ttl", say=str, phone=False),
    Column("place", "link", word="zones-column-place", href=lambda row: _PLACES[row["leads"]].format(row["place"])),
    Column("origin", "text", word="zones-column-origin", phone=False),
)


@pages.table("/zones", step="show")
@kept
def zones() -> ResponseReturnValue:
    """All zones, and the servers that hold them."""
    found = zone_list(here().store, here().declared, user=user())
    keep = partial(_keep, found, language())
    servers = tuple(line.server.name for line in found.servers)
    signed = any(line.signed or line.expires for line in found.lines)
    rows = keep("rows", lambda: [_row(line) for line in found.lines])
    table = Table("zones", _columns(servers, signed=signed), rows, order="state", keep=keep)
    part = "X-Netctl-Fragment" in request.headers
    context = {"page": found, "share": _share, "most": MOST_MISSING, "broken": here().declared.names_error is not None}
    return answer(table, "zones/now_list.html" if part else "zones/list.html", **context)


@pages.table("/zones/<view>/<path:zone>", step="show")
@kept
def zone(view: str, zone: str) -> ResponseReturnValue:
    """One zone, and its records as a table."""
    page = zone_page(here().store, here().declared, view, zone, user=user())
    of = page.line.of

    def keep(key: Hashable, make: Callable[[], Any]) -> Any:
        return page.book.once(("table of a zone", of, key), make)

    rows = keep("rows", lambda: [_record(record) for record in page.records])
    table = Table("zones-records", _RECORDS, rows, keep=keep, per=100)
    part = "X-Netctl-Fragment" in request.headers
    context = {"page": page, "line": page.line, "share": _share, "most": MOST_MISSING, "href": href_of(of)}

    return answer(table, "zones/now.html" if part else "zones/page.html", **context)


def _keep(found: ZoneList, tongue: Language, key: Hashable, make: Callable[[], Any]) -> Any:
    mark = found.book.mark if found.book is not None else ""
    return found.found.once(("table of zones", found.seen, mark, tongue, key), make)


def _row(line: ZoneLine) -> dict[str, Any]:
    cells = {
        f"{_SERVER}{cell.server}": cell.lag if cell.state in {"level", "behind"} else cell.state for cell in line.cells
    }
    return {
        "zone": line.of.zone,
        "view": line.of.view,
        "state": line.state,
        "serial": line.serial,
        **cells,
        "records": line.records,
        "organisation": line.organisation,
        "expires": line.expires,
        "covered": line.covered,
        "findings": (line.errors + line.warnings) or None,
    }


def _record(record: ZoneRecord) -> dict[str, Any]:
    return record._asdict() | {"place": record.place or None}

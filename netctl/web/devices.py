"""``/devices`` and ``/devices/<name>``: all routers, and everything about one of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from netctl.control.pages.device_list import DeviceLine, DeviceList, device_list
from netctl.control.pages.device_page import SPANS, DevicePage, compare, device_page, history
from netctl.control.pages.device_parts import ports
from netctl.web import naming
from netctl.web.context import here, user
from netctl.web.kept import kept
from netctl.web.plots import graphs, plots_of, series, span_asked
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t, t_or

pages = Pages("devices")

MOST_ROWS = 60
"""Rows of a part of a page; a core has a thousand ports, and whoever wants them all says ``?all=1``."""


def _href(row: Any) -> str:
    return f"/devices/{row['name']}"


def _site_href(row: Any) -> str:
    return f"/sites/{row['site']}" if row["site"] else ""


def _reason(value: Any) -> str:
    return t_or(f"watch-{value}", str(value))


def _role(value: Any) -> str:
    return t(f"devices-role-{value}")


COLUMNS = (
    Column("name", "link", href=_href, word="devices-column-name"),
    Column("state", "state", filter="choice", word="devices-column-state"),
    Column("reason", "words", filter="choice", word="devices-column-reason", say=_reason),
    Column("since", "moment", word="devices-column-since", phone=False),
    Column("site", "link", href=_site_href, filter="text", word="devices-column-site", phone=False),
    Column(
        "organisation",
        "words",
        filter="choice",
        word="devices-column-organisation",
        say=naming.organisation,
        phone=False,
    ),
    Column("region", "words", filter="choice", word="devices-column-region", say=naming.region, phone=False),
    Column("role", "words", filter="choice", word="devices-column-role", say=_role, phone=False),
    Column("platform", "words", filter="choice", word="devices-column-platform", say=str, phone=False),
    Column("version", "words", filter="choice", word="devices-column-version", say=str, phone=False),
    Column("seen_at", "age", word="devices-column-seen", phone=False),
)


@pages.table("/devices", step="show")
@kept
def devices() -> ResponseReturnValue:
    """All routers; the order of names, filters and search are in the address."""
    found = device_list(here().store, here().declared.atlas(), user=user())
    keep = partial(_keep, found)
    rows = keep("rows", lambda: [_row(line) for line in found.lines])
    part = "X-Netctl-Fragment" in request.headers
    return answer(
        Table("devices", COLUMNS, rows, order="state", keep=keep), "devices/table.html" if part else "devices/list.html"
    )


def _keep(found: DeviceList, key: Hashable, make: Callable[[], Any]) -> Any:
    return found.found.once(("table of devices", found.seen, key), make)


def _row(line: DeviceLine) -> dict[str, Any]:
    device, standing = line.device, line.standing
    return {
        "name": device.name,
        "state": line.state,
        "reason": standing.reasons[0].code if standing and standing.reasons else "",
        "since": standing.since if standing else "",
        "site": device.site,
        "organisation": line.organisation,
        "region": line.region,
        "role": device.role,
        "platform": device.platform,
        "version": standing.version if standing else "",
        "seen_at": standing.seen_at if standing else "",
    }


@pages.get("/devices/<name>", step="show")
@kept
def device(name: str) -> ResponseReturnValue:
    """One router."""
    page = _page(name)
    span = span_asked(request.args.get("span", ""))
    points = history(here().store, here().declared.atlas(), name, user=user(), span=span)
    health = {"graphs": graphs(plots_of(page.ports), points), "points": points, "span": span, "spans": tuple(SPANS)}
    return render_template("devices/page.html", **_said(page), **health)


@pages.get("/devices/<name>/now", step="show")
@kept
def device_now(name: str) -> ResponseReturnValue:
    """The part of a router's page that every round of watching may change."""
    return render_template("devices/now.html", **_said(_page(name)))


@pages.get("/devices/<name>/health.json", step="show")
@kept
def device_health(name: str) -> ResponseReturnValue:
    """What the plots draw: a list of moments (seconds since 1970), and a list of values for each metric."""
    span = span_asked(request.args.get("span", ""))
    points = history(here().store, here().declared.atlas(), name, user=user(), span=span)
    drawn = plots_of(ports(here().declared.atlas(), name, None))
    return jsonify({"device": name, "span": span, **series(drawn, points)})


@pages.get("/devices/<name>/configurations", step="show")
def device_configurations(name: str) -> ResponseReturnValue:
    """Two configurations the router held, beside each other; or one alone."""
    before, after = request.args.get("before", ""), request.args.get("after", "")
    atlas = here().declared.atlas()
    found = compare(here().store, atlas, here().root, name, user=user(), before=before, after=after)
    return render_template("devices/configurations.html", found=found)


def _page(name: str) -> DevicePage:
    return device_page(here().store, here().declared.atlas(), name, user=user())


def _said(page: DevicePage) -> dict[str, Any]:
    network = here().declared.network()
    place = network.sites[page.device.site] if page.device.site else network.centres[page.device.centre]
    whole = "all" in request.args
    return {
        "page": page,
        "place": place,
        "organisation": network.organisations.get(page.organisation),
        "mate_place": network.sites.get(page.mate.site) or network.centres.get(page.mate.centre),
        "ports": page.ports if whole else sorted(page.ports, key=lambda port: port.up is not False)[:MOST_ROWS],
        "neighbours": page.neighbours
        if whole
        else sorted(page.neighbours, key=lambda each: each.up is True)[:MOST_ROWS],
        "naming": naming,
        "named": naming.named,
    }

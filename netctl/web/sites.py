"""``/sites`` and ``/sites/<id>``: every site with what is left of its two ways out, and everything about one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from netctl.control.pages.site_page import SiteLine, SiteList, site_list, site_page
from netctl.web import naming
from netctl.web.context import Language, here, language, user
from netctl.web.kept import kept
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t

pages = Pages("sites")


def _href(row: Any) -> str:
    return f"/sites/{row['id']}"


def _redundancy(value: Any) -> str:
    return t(f"sites-redundancy-{str(value).replace('_', '-')}")


def _carriers(value: Any) -> str:
    return ", ".join(map(naming.carrier, str(value).split(", ")))


COLUMNS = (
    Column("name", "link", href=_href, word="sites-column-name"),
    Column("redundancy", "state", filter="choice", word="sites-column-redundancy", say=_redundancy),
    Column("routers", "states", word="sites-column-routers", sort=False),
    Column(
        "organisation", "words", filter="choice", word="sites-column-organisation", say=naming.organisation, phone=False
    ),
    Column("region", "words", filter="choice", word="sites-column-region", say=naming.region, phone=False),
    Column("carriers", "words", word="sites-column-carriers", say=_carriers, phone=False),
    Column("id", "code", word="sites-column-id", phone=False),
)


@pages.table("/sites", step="show")
@kept
def sites() -> ResponseReturnValue:
    """All sites."""
    found = site_list(here().store, here().declared.atlas(), user=user())
    keep = partial(_keep, found, language())
    rows = keep("rows", lambda: [_row(line) for line in found.lines])
    part = "X-Netctl-Fragment" in request.headers
    table = Table("sites", COLUMNS, rows, order="redundancy", keep=keep)
    return answer(table, "sites/table.html" if part else "sites/list.html")


@pages.get("/sites/<name>", step="show")
@kept
def site(name: str) -> ResponseReturnValue:
    """One site."""
    return render_template("sites/page.html", **_said(name))


@pages.get("/sites/<name>/now", step="show")
@kept
def site_now(name: str) -> ResponseReturnValue:
    """The part of a site's page that every round of watching may change."""
    return render_template("sites/now.html", **_said(name))


def _keep(found: SiteList, tongue: Language, key: Hashable, make: Callable[[], Any]) -> Any:
    return found.found.once(("table of sites", found.seen, tongue, key), make)


def _row(line: SiteLine) -> dict[str, Any]:
    site = line.site
    return {
        "id": site.id,
        "name": naming.named(site),
        "redundancy": line.redundancy,
        "routers": line.routers,
        "organisation": site.organisation,
        "region": site.region,
        "carriers": ", ".join(dict.fromkeys(each.carrier for each in site.lines)),
    }


def _said(name: str) -> dict[str, Any]:
    page = site_page(here().store, here().declared.atlas(), name, user=user())
    return {"page": page, "site": page.view.site, "naming": naming, "named": naming.named}

"""``/sites`` and ``/sites/<id>``: every site with what is left of its two ways out, and everything about one."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from netctl.control.pages.site_page import SiteLine, site_list, site_page
from netctl.web import naming
from netctl.web.context import here, language, user
from netctl.web.kept import kept
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t

pages = Pages("sites")


def _href(row: Any) -> str:
    return f"/sites/{row['id']}"


def _organisation(value: Any) -> str:
    organisation = here().declared.network().organisations.get(str(value))
    return naming.named(organisation) if organisation else str(value)


def _redundancy(value: Any) -> str:
    return t(f"sites-redundancy-{str(value).replace('_', '-')}")


def _states(value: Any) -> str:
    return " / ".join(t(f"state-{state}") for state in value)


COLUMNS = (
    Column("name", "link", href=_href, word="sites-column-name"),
    Column("redundancy", "words", filter="choice", word="sites-column-redundancy", say=_redundancy),
    Column("routers", word="sites-column-routers", say=_states, sort=False),
    Column("organisation", filter="choice", word="sites-column-organisation", say=_organisation, phone=False),
    Column("region", filter="choice", word="sites-column-region", phone=False),
    Column("carriers", word="sites-column-carriers", phone=False),
    Column("id", "code", word="sites-column-id", phone=False),
)


@pages.table("/sites", step="show")
@kept
def sites() -> ResponseReturnValue:
    """All sites."""
    found = site_list(here().store, here().declared.atlas(), user=user())
    key = ("rows of sites", found.seen, language())
    rows = found.found.once(key, lambda: [_row(line) for line in found.lines])
    return answer(Table("sites", COLUMNS, rows), "sites/list.html")


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
    carriers = here().declared.network().carriers
    return {"page": page, "site": page.view.site, "carriers": carriers, "naming": naming, "named": naming.named}

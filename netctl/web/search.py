"""``/search?q=``: everything that has a name or an address, in one box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from netctl.control.pages.search import Found, Hit, search
from netctl.model.names import ViewZone
from netctl.web import naming
from netctl.web.context import here, language, user
from netctl.web.kept import kept
from netctl.web.routes import Pages
from netctl.web.words import t, t_or
from netctl.web.zones import href_of

pages = Pages("search")

MOST_SUGGESTED = 3
"""Of each kind, below the box."""

_PLACES: Mapping[str, str] = {
    "device": "/devices/{}",
    "site": "/sites/{}",
    "organisation": "/topology?organisation={}",
    "address": "/devices/{}",
    "prefix": "/sites/{}",
    "change": "/changes/{}",
    "problem": "/problems/{}",
}


@pages.get("/search", step="show")
@kept
def search_page() -> ResponseReturnValue:
    """What was found, by kind."""
    return render_template("search/page.html", **_said(_found()))


@pages.get("/search/suggestions", step="show")
@kept
def suggestions() -> ResponseReturnValue:
    """The first few of each kind, for the box of every page."""
    return render_template("search/suggestions.html", **_said(_found(MOST_SUGGESTED)))


@pages.get("/search.json", step="show")
def search_json() -> ResponseReturnValue:
    """The same for programs."""
    found = _found()
    hits = [{"kind": hit.kind, "id": hit.id, "name": _title(hit), "href": _href(hit)} for hit in found.hits]
    return jsonify({"query": found.query, "hits": hits, "more": list(found.more)})


def _found(most: int = 20) -> Found:
    asked = request.args.get("q", "")
    declared = here().declared
    return search(here().store, declared.atlas(), user=user(), query=asked, most=most, names=declared.names_ready)


def _said(found: Found) -> dict[str, Any]:
    groups = [(kind, list(hits)) for kind, hits in groupby(found.hits, key=lambda hit: hit.kind)]
    return {"found": found, "groups": groups, "title": _title, "detail": _detail, "href": _href}


def _href(hit: Hit) -> str:
    if hit.kind in {"zone", "name"}:
        view, zone, *owner = hit.id.split(" ", 2)
        return href_of(ViewZone(view, zone), *owner)
    return _PLACES[hit.kind].format(hit.id)


def _title(hit: Hit) -> str:
    name = hit.title_ja if language() == "ja" else hit.title
    if hit.kind in {"device", "address"}:
        return hit.id
    return t_or(f"watch-{name}", name) if hit.kind == "problem" else name


def _detail(hit: Hit) -> str:
    says: Mapping[str, Callable[[Hit], str]] = {
        "device": _of_device,
        "site": _of_site,
        "organisation": lambda each: t("search-sites", count=int(each.detail)),
        "address": lambda each: t("search-address", address=each.title, port=each.detail),
        "prefix": lambda each: t("search-prefix", prefix=each.detail),
        "zone": lambda each: t("search-zone", view=each.detail),
        "name": lambda each: t("search-name", records=each.detail, view=each.id.partition(" ")[0]),
        "change": lambda each: f"{each.id} {t('changes-state-' + each.detail.replace('_', '-'))}",
        "problem": lambda each: f"{each.id} {each.detail}",
    }
    return says[hit.kind](hit)


def _of_device(hit: Hit) -> str:
    place = hit.title_ja if language() == "ja" else hit.title
    return f"{t(f'devices-role-{hit.detail}')} {place}"


def _of_site(hit: Hit) -> str:
    return f"{hit.id} {naming.named(here().declared.network().organisations[hit.detail])}"

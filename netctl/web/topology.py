"""``/topology``: the map of the network, drawn on the server, with a table of everything it shows."""

from __future__ import annotations

from typing import Any, get_args
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from netctl.control.pages.topology import By, Chart, topology
from netctl.web import naming
from netctl.web.context import here, language, user
from netctl.web.drawing import draw
from netctl.web.drawing.speech import Speech
from netctl.web.kept import keeping, kept, text_of
from netctl.web.routes import Pages
from netctl.web.words import t

pages = Pages("topology")


@pages.get("/topology", step="show")
@kept
def topology_page() -> ResponseReturnValue:
    """The map: of everything, or of ``?organisation=`` or ``?region=``."""
    asked = _asked()
    return render_template("topology/page.html", **_said(**asked), map=text_of(_map(**asked)))


@pages.get("/topology/map", step="show")
def topology_map() -> ResponseReturnValue:
    """The part that every round of watching may change."""
    return _map(**_asked())


@keeping(part=True)
def _map(**asked: str) -> ResponseReturnValue:
    said = _said(**asked)
    return render_template("topology/map.html", **said, drawing=draw(said["chart"], Speech(t, language())))


def _asked() -> dict[str, str]:
    return {key: request.args.get(key, "") for key in ("organisation", "region", "by", "page")}


def _said(**asked: str) -> dict[str, Any]:
    atlas = here().declared.atlas()
    by: By = next((each for each in get_args(By) if each == asked["by"]), "organisation")
    page = int(asked["page"]) if asked["page"].isascii() and asked["page"].isdigit() else 1
    chart = topology(
        here().store,
        atlas,
        user=user(),
        organisation=asked["organisation"],
        region=asked["region"],
        by=by,
        page=page,
    )
    return {
        "chart": chart,
        "organisation": atlas.network.organisations.get(chart.organisation),
        "organisations": atlas.network.organisations,
        "by": by,
        "naming": naming,
        "named": naming.named,
        "address": _address(chart, by),
        "fragment": _address(chart, by, page=chart.page).replace("/topology", "/topology/map", 1),
    }


def _address(chart: Chart, by: By, page: int = 0) -> str:
    """Where this map is; of its first page without `page`."""
    said = {"organisation": chart.organisation, "region": chart.region, "by": by if by == "region" else ""}
    said["page"] = str(page) if page > 1 else ""
    query = urlencode({key: value for key, value in said.items() if value})
    return f"/topology?{query}" if query else "/topology"

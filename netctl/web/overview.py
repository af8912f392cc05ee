"""``/``: is everything well? If not: where, since when; and what did we change?"""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from netctl.control.pages.overview import Health, health, work
from netctl.control.pages.zone_list import zones_tile
from netctl.web.context import here, user
from netctl.web.kept import keeping, text_of
from netctl.web.naming import named
from netctl.web.routes import Pages

pages = Pages("overview")


@pages.get("/", step="show")
@keeping(own=True)
def overview() -> ResponseReturnValue:
    """The whole page."""
    found, own = text_of(overview_health()), text_of(overview_work())
    declared = here().declared
    broken = declared.error or declared.names_error
    return render_template("overview/page.html", health=found, work=own, broken=broken)


@pages.get("/overview/health", step="show")
@keeping(part=True)
def overview_health() -> ResponseReturnValue:
    """The part that every round of watching may change."""
    return render_template("overview/health.html", **_health())


@pages.get("/overview/work", step="show")
@keeping(own=True, rounds=False, part=True)
def overview_work() -> ResponseReturnValue:
    """The part that people's steps change."""
    return render_template("overview/work.html", work=work(here().store, user=user()))


def _health() -> dict[str, Any]:
    found = health(here().store, here().declared.atlas(), user=user())
    zones = zones_tile(here().store, here().declared, user=user())
    return {"health": found, "watching": watching(found), "named": named, "zones": zones}


def watching(found: Health) -> str:
    """``on``, ``late`` where the last round is too long ago, ``never`` before the first."""
    mark = found.found.round
    if mark is None:
        return "never"
    return "late" if mark.began_at < found.found.limit else "on"

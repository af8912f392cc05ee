"""Where the navigation leads, for whom, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import current_app, request

from netctl.web.context import steps, user
from netctl.web.routes import needs_of


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. `key` is what follows ``g`` on the keyboard."""

    path: str
    word: str
    key: str


PLACES = (
    Place("/", "nav-overview", "o"),
    Place("/problems", "nav-problems", "p"),
    Place("/devices", "nav-devices", "d"),
    Place("/sites", "nav-sites", "s"),
    Place("/topology", "nav-topology", "t"),
    Place("/changes", "nav-changes", "c"),
    Place("/audit", "nav-audit", "a"),
    Place("/people", "nav-people", "u"),
    Place("/help", "nav-help", "h"),
)


def menu() -> list[tuple[Place, bool]]:
    """The places that exist and that who asks may go to, each with whether this page belongs to it."""
    return [(place, _is_current(place)) for place in PLACES if _open(place)]


def _open(place: Place) -> bool:
    endpoint = next((rule.endpoint for rule in current_app.url_map.iter_rules() if rule.rule == place.path), "")
    if not endpoint:
        return False
    needs = needs_of(current_app, endpoint)
    if needs == "public":
        return True
    return bool(user()) and (needs == "signed in" or needs in steps())


def _is_current(place: Place) -> bool:
    if place.path == "/":
        return request.path == "/"
    return request.path == place.path or request.path.startswith(f"{place.path}/")


def href_with(**changes: str) -> str:
    """The same page with something else chosen; after a form was sent, the first page."""
    if request.method != "GET":
        return f"/?{urlencode(changes)}"
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changes]
    return f"{request.path}?{urlencode([*kept, *changes.items()])}"

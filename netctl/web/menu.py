"""Where the navigation leads, for whom, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, current_app, request

from netctl.web.context import steps, user
from netctl.web.routes import Needs, needs_of


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. `key` is what follows ``g`` on the keyboard."""

    path: str
    word: str
    key: str


_PLACES = "netctl_places"

PLACES = (
    Place("/", "nav-overview", "o"),
    Place("/problems", "nav-problems", "p"),
    Place("/devices", "nav-devices", "d"),
    Place("/sites", "nav-sites", "s"),
    Place("/topology", "nav-topology", "t"),
    Place("/addresses", "nav-addresses", "i"),
    Place("/zones", "nav-zones", "z"),
    Place("/changes", "nav-changes", "c"),
    Place("/audit", "nav-audit", "a"),
    Place("/people", "nav-people", "u"),
    Place("/help", "nav-help", "h"),
)


def prepare(app: Flask) -> None:
    """Work out which of the places exist, once all routes are there."""
    rules = {rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    app.extensions[_PLACES] = [(place, needs_of(app, rules[place.path])) for place in PLACES if place.path in rules]


def menu() -> list[tuple[Place, bool]]:
    """The places that exist and that who asks may go to, each with whether this page belongs to it."""
    return [(place, _is_current(place)) for place, needs in current_app.extensions[_PLACES] if _open(needs)]


def _open(needs: Needs) -> bool:
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

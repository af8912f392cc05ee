"""Routes that say who may take them: a view without a step cannot be registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue

from netctl.control.people.accounts import FRESH_STEPS, Step

View = Callable[..., ResponseReturnValue]
Needs = Step | Literal["public", "signed in"]

SUFFIXES = (".csv", ".json")

_NEEDS = "netctl_needs"
_RECENT = "netctl_recent"
_FREE = "netctl_free"


class Pages:
    """The routes of one section; its templates are in ``pages/<name>/``, its words in ``words/*/<name>.ftl``.

    `needs` is a step of `change.roles` that who asks must be allowed somewhere in the network (the use case asks again,
    with the routers concerned), or "signed in", or "public". `recent` asks for a sign-in of a few minutes ago; steps
    that decide do so by themselves. `free` is for routes whose callers are known by a token, not by a cookie: they take
    no CSRF token.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.blueprint = Blueprint(name, __name__)

    def get(self, rule: str, *, step: Needs, **options: Any) -> Callable[[View], View]:
        """A view to look at."""
        return self._add(rule, "GET", step, options)

    def post(
        self, rule: str, *, step: Needs, recent: bool = False, free: bool = False, **options: Any
    ) -> Callable[[View], View]:
        """A view that does something; the token against cross-site requests is checked before it is called."""
        return self._add(rule, "POST", step, options, recent=recent or step in FRESH_STEPS, free=free)

    def table(self, rule: str, *, step: Needs) -> Callable[[View], View]:
        """A view of one table, and the same rows as ``.csv`` and ``.json``; it answers with `tables.answer`."""

        def register(view: View) -> View:
            for suffix in ("", *SUFFIXES):
                self._add(rule + suffix, "GET", step, {"endpoint": view.__name__ + suffix.replace(".", "_")})(view)
            return view

        return register

    def _add(
        self,
        rule: str,
        method: str,
        needs: Needs,
        options: dict[str, Any],
        *,
        recent: bool = False,
        free: bool = False,
    ) -> Callable[[View], View]:
        defaults = {**options.pop("defaults", {})}

        def register(view: View) -> View:
            name = options.pop("endpoint", view.__name__)
            self.blueprint.add_url_rule(rule, name, view, methods=[method], defaults=defaults, **options)
            self.blueprint.record(
                lambda state: _note(state.app.extensions, f"{self.name}.{name}", needs, recent=recent, free=free)
            )
            return view

        return register


def _note(kept: dict[str, Any], endpoint: str, needs: Needs, *, recent: bool, free: bool) -> None:
    if kept.setdefault(_NEEDS, {}).setdefault(endpoint, needs) != needs:
        raise ValueError(f"{endpoint} cannot need {needs!r} and {kept[_NEEDS][endpoint]!r}: give it two views")
    kept.setdefault(_RECENT, set()).update({endpoint} if recent else ())
    kept.setdefault(_FREE, set()).update({endpoint} if free else ())


def needs_of(app: Flask, endpoint: str) -> Needs:
    """What a view needs; raises `KeyError` for one that was not registered through `Pages`."""
    found: Needs = app.extensions[_NEEDS][endpoint]
    return found


def is_recent(app: Flask, endpoint: str) -> bool:
    """True where the view needs a sign-in of a few minutes ago."""
    return endpoint in app.extensions[_RECENT]


def is_free(app: Flask, endpoint: str) -> bool:
    """True where the view takes no token against cross-site requests."""
    return endpoint in app.extensions[_FREE]


def every_route(app: Flask) -> dict[str, Needs]:
    """What each endpoint needs; raises `KeyError` where one was registered past `Pages`."""
    return {rule.endpoint: needs_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}

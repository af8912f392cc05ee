"""What every view works with: the installation it speaks for, who is asking, and in which language to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from flask import current_app, g, has_request_context, request

from netctl.control.books import Store
from netctl.control.network.declared import Declared
from netctl.control.pages.sight import Sight
from netctl.control.pages.sight import sight as sight_of
from netctl.control.pages.zone_list import sees as within
from netctl.control.people.accounts import Step
from netctl.model.accounts import Session
from netctl.model.moments import Clock
from netctl.model.names import ViewZone
from netctl.settings import Settings
from netctl.web.marks import Marks

Language = Literal["ja", "en"]
Theme = Literal["auto", "light", "dark"]

LANGUAGES: tuple[Language, ...] = ("ja", "en")
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
LANGUAGE_COOKIE = "netctl-language"
THEME_COOKIE = "netctl-theme"
KEYS_COOKIE = "netctl-keys"  # "off" where single keys must do nothing (WCAG 2.1.4)

_HERE = "netctl"


SessionOf = Callable[[Store, str], Session | None]  # by the secret in the cookie


@dataclass(frozen=True, slots=True)
class Here:
    """The installation that one running app speaks for."""

    root: Path
    settings: Settings
    store: Store
    clock: Clock
    declared: Declared
    live: Marks
    session_of: SessionOf
    session_cookie: str

    def close(self) -> None:
        """End what runs in the background."""
        self.declared.close()
        self.live.close()


def keep(extensions: dict[str, object], here: Here) -> None:
    """Make `here` the installation of the app whose extensions these are."""
    extensions[_HERE] = here


def here() -> Here:
    """The installation of the app that answers."""
    return cast("Here", current_app.extensions[_HERE])


def session() -> Session | None:
    """The session of who is asking, `None` for somebody who has not signed in; looked up once a request."""
    if "signed_in" not in g:
        at = here()
        secret = request.cookies.get(at.session_cookie, "")
        g.signed_in = at.session_of(at.store, secret) if secret else None
    return cast("Session | None", g.signed_in)


def user() -> str:
    """The name of who is signed in, "" for nobody; a view behind a step always has one."""
    if "user" not in g:
        found = session()
        g.user = found.user if found else ""
    return cast("str", g.user)


def act_as(name: str) -> None:
    """Who asks in this request, where it is not a session that says so but a token."""
    g.user = name


def steps() -> frozenset[Step]:
    """The steps that who is asking may take somewhere; looked up once a request."""
    return sight().steps if user() else frozenset()


def sight() -> Sight:
    """What pages for who is asking depend on; looked up once a request."""
    if "sight" not in g:
        g.sight = sight_of(here().store, user())
    return cast("Sight", g.sight)


def sees(device: str) -> bool:
    """True for a router that who is asking may look at; nobody is led to a page that tells them it is not there."""
    atlas, reach = here().declared.ready, sight().reach
    if atlas is None:
        return reach is None
    return device in atlas.network.devices and atlas.sees(reach, device)


def sees_zone(view: str, zone: str) -> bool:
    """True for a declared zone that who is asking may look at; `zone` has no final dot."""
    book = here().declared.names_ready
    found = book.zones.get(ViewZone(view, zone)) if book is not None else None
    return found is not None and within(sight().reach, found)


def may(step: Step) -> bool:
    """True where it makes sense to show a way to the step."""
    return step in steps()


def language() -> Language:
    """The language to answer in: ``?lang=``, else the one chosen before, else what the browser asks for, else ja."""
    if not has_request_context():
        return "ja"
    held = g._get_current_object().__dict__  # asked hundreds of times for a page: past Flask's proxy  # noqa: SLF001
    found = held.get("language")
    if found is None:
        found = held["language"] = _chosen_language()
    return cast("Language", found)


def _chosen_language() -> Language:
    for asked in (request.args.get("lang", ""), request.cookies.get(LANGUAGE_COOKIE, "")):
        for known in LANGUAGES:
            if asked == known:
                return known
    return cast("Language", request.accept_languages.best_match(LANGUAGES, default="ja"))


def theme() -> Theme:
    """Light, dark, or whatever the browser prefers: ``?theme=``, else the one chosen before."""
    for asked in (request.args.get("theme", ""), request.cookies.get(THEME_COOKIE, "")):
        for known in THEMES:
            if asked == known:
                return known
    return "auto"


def keys() -> bool:
    """True unless single keys were switched off: ``?keys=``, else as chosen before."""
    asked = request.args.get("keys", "") or request.cookies.get(KEYS_COOKIE, "")
    return asked != "off"

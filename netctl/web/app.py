"""The app: the pages of every section, behind one gate, on one installation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

from flask import Flask, Response, request
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from netctl import __version__
from netctl.control.books import Store
from netctl.control.network.declared import Declared
from netctl.control.pages.following import marks
from netctl.control.pages.preparing import prepare, prepare_in_turn
from netctl.control.people.accounts import session_of
from netctl.model.moments import Clock, now
from netctl.settings import Settings
from netctl.web import assets, context, kept, moments, naming, pieces, telling, words
from netctl.web.api.answering import identify as identify_caller
from netctl.web.context import Here, SessionOf
from netctl.web.failures import answer_failures
from netctl.web.gate import guard
from netctl.web.marks import Marks
from netctl.web.menu import href_with, menu
from netctl.web.menu import prepare as prepare_menu
from netctl.web.routes import Pages
from netctl.web.security import is_https, protect, session_cookie
from netctl.web.timing import tell_times

# Every section: a module of this folder with `pages`. One line each.
BLUEPRINTS = (
    "assets",
    "live",
    "help",
    "standing",
    "overview",
    "devices",
    "sites",
    "topology",
    "addresses",
    "zones",
    "search",
    "changes",
    "review",
    "decision",
    "pushing",
    "signin",
    "account",
    "people",
    "directory",
    "audit",
    "documents",
    "programs",
    "problems",
    "silences",
)

_YEAR = 365 * 86400

Prepare = Callable[[Store, Declared], None]


def create_app(
    root: Path, settings: Settings, store: Store, clock: Clock = now, *, identify: SessionOf = session_of
) -> Flask:
    """The pages of the installation whose network is declared in `root`; ask `context.here().close()` when it ends."""
    app = Flask(__name__, static_folder=None, template_folder="pages")
    declared = Declared(root, settings)
    here = Here(
        root=root,
        settings=settings,
        store=store,
        clock=clock,
        declared=declared,
        live=Marks(
            partial(_marks, store, declared, prepare),
            most=settings.web_streams,
            follow=partial(_marks, store, declared, prepare_in_turn),
        ),
        session_of=identify,
        session_cookie=session_cookie(settings),
    )
    context.keep(app.extensions, here)
    tell_times(app)
    app.before_request(identify_caller)
    protect(app, settings)
    guard(app)
    answer_failures(app)
    app.after_request(_remember_choices)
    _prepare_templates(app)
    for name in BLUEPRINTS:
        found = import_module(f"netctl.web.{name}").pages
        app.register_blueprint(found.blueprint if isinstance(found, Pages) else found)
    prepare_menu(app)
    words.prepare()
    if is_https(settings) and not settings.tls_certificate:  # behind the proxy that `public_url` declares
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]  # Flask's documented way
    return app


def _marks(store: Store, declared: Declared, read: Prepare, topics: Collection[str]) -> Mapping[str, str]:
    """The marks, told only when the pages that follow them find everything read."""
    found = marks(store, topics)
    if "watch" in topics:
        read(store, declared)
    return found


def _prepare_templates(app: Flask) -> None:
    """What every template may say."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        t=words.t,
        told=telling.told,
        t_or=words.t_or,
        known=words.known,
        asset=assets.asset,
        local=moments.local,
        ago=kept.shown_age,
        form_token=kept.shown_token,
        language=context.language,
        theme=context.theme,
        keys_on=context.keys,
        user=kept.shown_name,
        shown_time=kept.shown_time,
        may=context.may,
        menu=menu,
        naming=naming,
        pieces=pieces,
        href_with=href_with,
        stamp_now=moments.stamp_now,
        here=context.here,
        version=__version__,
    )


def _remember_choices(response: Response) -> Response:
    """Keep what a link has chosen; these cookies say nothing about a person."""
    chosen = (
        ("lang", context.LANGUAGE_COOKIE, context.LANGUAGES),
        ("theme", context.THEME_COOKIE, context.THEMES),
        ("keys", context.KEYS_COOKIE, ("on", "off")),
    )
    for argument, cookie, known in chosen:
        if (value := request.args.get(argument, "")) in known:
            response.set_cookie(
                cookie, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=is_https(context.here().settings)
            )
    return response

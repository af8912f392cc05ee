"""``/signin/oidc`` and ``/signout/oidc``: to the organisation's OpenID provider and back."""

from __future__ import annotations

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from netctl.control.people import linking
from netctl.errors import DirectoryRefused, DirectoryUnavailable
from netctl.web.context import here, session
from netctl.web.entering import address, agent, enter, safe_next, secret
from netctl.web.oidc import Journey, Provider
from netctl.web.oidc.journey import SECONDS
from netctl.web.routes import Pages
from netctl.web.security import is_https

pages = Pages("directory")

_KEPT = "netctl_provider"


@pages.get("/signin/oidc", step="public")
def there() -> ResponseReturnValue:
    """To the provider; with ``again`` it asks for the password even of somebody it knows."""
    journey = Journey.begin(safe_next(request.args.get("next", "")), again=bool(request.args.get("again")))
    fresh_seconds = here().settings.again_minutes * 60
    response = redirect(_provider().way_there(journey, _back(), fresh_seconds=fresh_seconds), 303)
    _cookie(response, journey.packed(), SECONDS)
    return response


@pages.get("/signin/oidc/back", step="public")
def back() -> ResponseReturnValue:
    """From the provider: into a session, or out with the reason."""
    journey = Journey.unpacked(request.cookies.get(_name(), ""))
    if journey is None:
        raise DirectoryRefused("this browser did not ask for it, or ten minutes ago")
    at = here()
    try:
        somebody = _provider().came_back(journey, request.args, _back())
    except DirectoryRefused as error:
        linking.note_refusal(at.store, at.settings.oidc_issuer, address(), error)
        raise
    if journey.again and session() is not None:
        begun = linking.sign_in_again_by_directory(at.store, secret(), somebody, settings=at.settings)
    else:
        begun = linking.sign_in_by_directory(
            at.store, somebody, address=address(), agent=agent(), settings=at.settings, before=secret()
        )
    response = enter(redirect(journey.next, 303), begun)
    _cookie(response, "", 0)
    return response


@pages.get("/signout/oidc", step="public")
def out() -> ResponseReturnValue:
    """Out of the provider's own session, too."""
    return redirect(_provider().way_out(url_for("signin.sign_in", _external=True)), 303)


def _provider() -> Provider:
    """The provider of the settings; what it says of itself is kept from one request to the next."""
    found = current_app.extensions.get(_KEPT)
    if isinstance(found, Provider):
        return found
    at = here()
    settings = at.settings
    if not settings.oidc_issuer:
        raise DirectoryUnavailable("no OpenID provider is set up here", hint="sign in with a password")
    made = Provider(
        settings.oidc_issuer,
        settings.oidc_client,
        linking.client_secret(settings),
        name_claim=settings.oidc_name_claim,
        clock=at.clock,
    )
    current_app.extensions[_KEPT] = made
    return made


def _back() -> str:
    """Where the provider sends the browser; it must be registered there."""
    base = here().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    return base + url_for("directory.back")


def _name() -> str:
    return "__Host-netctl-oidc" if is_https(here().settings) else "netctl-oidc"


def _cookie(response: Response, value: str, seconds: int) -> None:
    secure = is_https(here().settings)
    response.set_cookie(_name(), value, max_age=seconds, httponly=True, samesite="Lax", secure=secure, path="/")

"""What keeps strangers' pages and scripts out: headers, the token of forms, whose host and origin a request names.

No page holds an inline script or style, so the policy forbids both; nothing is loaded from another machine.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import BadRequest

from netctl.errors import FormRefused
from netctl.settings import Settings
from netctl.web.context import here, session, user
from netctl.web.routes import is_free

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LOOPBACK = ("localhost", "127.0.0.1", "::1")

LARGEST_BODY = 1 << 20  # bytes: the longest comment is far below
FORM_FIELD = "csrf_token"
FORM_HEADER = "X-CSRF-Token"
FORM_COOKIE = "netctl-form"  # stands in for the session's token before there is a session: on the sign-in page

_NOWHERE = "-"
_HOSTS = "netctl_hosts"
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


def is_https(settings: Settings) -> bool:
    """True where browsers reach the pages over TLS: our own, or that of the proxy `public_url` names."""
    return bool(settings.tls_certificate) or settings.public_url.startswith("https://")


def session_cookie(settings: Settings) -> str:
    """The name of the session's cookie; browsers take the prefix only with Secure, Path=/ and no Domain."""
    return "__Host-netctl" if is_https(settings) else "netctl"


def protect(app: Flask, settings: Settings) -> None:
    """Put every request and every answer of the app under these rules."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=2000,
    )
    app.extensions[_HOSTS] = hosts(settings)
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_forged)
    app.after_request(_add_headers)


def hosts(settings: Settings) -> frozenset[str]:
    """The names under which the pages may be asked for; another name is somebody else's idea (DNS rebinding)."""
    listen = urlsplit(f"//{settings.listen}").hostname or ""
    public = urlsplit(settings.public_url).hostname or ""
    return frozenset((*LOOPBACK, *(name for name in (listen, public) if name)))


def _refuse_other_hosts() -> None:
    try:
        name = urlsplit(f"//{request.host}").hostname
    except ValueError:
        name = None
    if name not in current_app.extensions[_HOSTS]:
        raise BadRequest


def form_token() -> str:
    """The token that a form must send back."""
    if found := session():
        return found.csrf
    if "form_token" not in g:
        g.form_token = request.cookies.get(FORM_COOKIE, "") or secrets.token_urlsafe(24)
        g.new_form_token = FORM_COOKIE not in request.cookies
    return str(g.form_token)


def _refuse_forged() -> None:
    """Nothing, or `FormRefused`; routes that know their callers by something else than a cookie ask for themselves."""
    if request.method in _SAFE or request.endpoint is None or is_free(current_app, request.endpoint):
        return
    refuse_forged()


def refuse_forged() -> None:
    """Nothing, or `FormRefused` for a request that another site made a browser send."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise FormRefused("another site sent this request")
    origin = request.headers.get("Origin", "")
    if origin and _place(origin) not in _own_places():
        raise FormRefused("another site sent this request")
    expected = _expected()
    given = request.headers.get(FORM_HEADER, "") or request.form.get(FORM_FIELD, "")
    if not expected or not secrets.compare_digest(expected.encode(), given.encode()):
        raise FormRefused("the form is out of date")


def _own_places() -> set[str]:
    """Where our own pages come from: as this request says, or as browsers know it in front of a proxy."""
    return {request.host, _place(here().settings.public_url)} - {_NOWHERE}


def _place(address: str) -> str:
    """Host and port of an address; `_NOWHERE` where it has none."""
    try:
        return urlsplit(address).netloc or _NOWHERE
    except ValueError:
        return _NOWHERE


def _expected() -> str:
    found = session()
    return found.csrf if found else request.cookies.get(FORM_COOKIE, "")


def _add_headers(response: Response) -> Response:
    response.headers.extend(HEADERS)  # no view says anything about these
    if is_https(here().settings):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        # A page of somebody who signed in is nobody else's, and none shows yesterday's network on "back".
        response.headers["Cache-Control"] = "no-store" if user() else "no-cache, private"
    response.vary.update(("Cookie", "Accept-Language"))
    if g.get("new_form_token"):
        response.set_cookie(
            FORM_COOKIE, g.form_token, httponly=True, samesite="Strict", secure=is_https(here().settings)
        )
    return response

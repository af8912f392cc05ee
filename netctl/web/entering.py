"""The cookie of a session, and where to go once somebody has signed in."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from werkzeug.wrappers import Response

from netctl.model.accounts import SignedIn
from netctl.web.context import here
from netctl.web.security import is_https


def safe_next(text: str) -> str:
    """A place of these pages to go on to; ``/`` for anything that might lead elsewhere, or back to signing in."""
    if not text.startswith("/") or text.startswith("//") or "\\" in text or not text.isprintable() or len(text) > 2000:
        return "/"
    parts = urlsplit(text)
    if parts.scheme or parts.netloc or parts.path.startswith(("/signin", "/signout", "/live", "/api/")):
        return "/"
    return text


def enter(response: Response, begun: SignedIn) -> Response:
    """The answer with the session's cookie; it ends with the browser, and with the session."""
    at = here()
    response.set_cookie(
        at.session_cookie, begun.secret, httponly=True, samesite="Lax", secure=is_https(at.settings), path="/"
    )
    return response


def leave(response: Response) -> Response:
    """The answer that takes the session's cookie away, and what the browser keeps of these pages."""
    at = here()
    response.delete_cookie(at.session_cookie, httponly=True, samesite="Lax", secure=is_https(at.settings), path="/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def secret() -> str:
    """The secret in the session's cookie; "" where there is none."""
    return request.cookies.get(here().session_cookie, "")


def address() -> str:
    """Where the request comes from."""
    return request.remote_addr or ""


def agent() -> str:
    """What the browser says it is."""
    return request.user_agent.string

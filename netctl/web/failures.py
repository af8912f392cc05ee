"""What stops a request, as a page or as JSON: what, where, what to do. Never a traceback, never more than that."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from netctl.errors import (
    FormRefused,
    NetctlError,
    NetworkError,
    NotAllowed,
    Refused,
    SignInAgain,
    SignInNeeded,
    SignInThrottled,
    StoreError,
    UnknownChange,
    UnknownDevice,
    UnknownUser,
    UsageError,
)
from netctl.web.problem_details import is_api, problem, status_in_api
from netctl.web.words import t, t_or

_LOG = logging.getLogger("netctl.web")

# The first that fits.
_STATUS: tuple[tuple[type[NetctlError], int], ...] = (
    (SignInNeeded, 401),
    (SignInAgain, 401),
    (SignInThrottled, 429),
    (NotAllowed, 403),
    (FormRefused, 403),
    (UnknownChange, 404),
    (UnknownUser, 404),
    (UnknownDevice, 404),
    (UsageError, 400),
    (Refused, 409),
    (NetworkError, 503),
    (StoreError, 503),
)
_SIGN_IN: dict[type[NetctlError], str] = {SignInNeeded: "/signin", SignInAgain: "/signin/again"}


def answer_failures(app: Flask) -> None:
    """Let the app answer every failure with a page of its own."""
    app.register_error_handler(NetctlError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _defect)


def status_of(error: NetctlError) -> int:
    """The HTTP status that tells this error best."""
    if type(error).__name__.startswith("Unknown"):
        return 404
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def _ours(error: NetctlError) -> ResponseReturnValue:
    status = status_in_api(error, status_of(error)) if is_api() else status_of(error)
    if status == 401 and not _wants_data():
        return redirect(f"{_SIGN_IN[type(error)]}?{urlencode({'next': _back()})}", 303)
    if status == 500:
        _LOG.error("%s %s: %s", request.method, request.path, error)
    return _answer(status, error.code, error.message, error.where, error.hint)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None or status < 400:  # a redirect of the routing itself
        return error
    return _answer(status, f"HTTP-{status}", t_or(f"failure-{status}", error.name), headers=error.get_headers())


def _defect(error: Exception) -> ResponseReturnValue:
    number = secrets.token_hex(4)
    _LOG.error("%s %s: defect %s", request.method, request.path, number, exc_info=error)
    return _answer(500, "NETCTL-E0000", t("failure-defect", number=number), hint=t("failure-defect-hint"))


def _answer(
    status: int,
    code: str,
    message: str,
    where: str = "",
    hint: str = "",
    *,
    headers: list[tuple[str, str]] | None = None,
) -> Response:
    if is_api():
        title = t_or(f"error-{code}", t_or(f"failure-{status}", message))
        return problem(status, code, message, title=title, where=where, hint=hint, headers=headers or ())
    if _wants_data():
        body = {"error": {"code": code, "message": message, "where": where, "hint": hint}}
        response = jsonify(body)
    else:
        title = t_or(f"error-{code}", t_or(f"failure-{status}", message))
        response = Response(
            render_template(
                "failure.html", status=status, code=code, heading=title, message=message, where=where, hint=hint
            ),
            mimetype="text/html",
        )
    response.status_code = status
    for name, value in headers or ():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _wants_data() -> bool:
    """True for programs: a ``.json`` or ``.csv``, the live marks, a page's own script."""
    if request.path.endswith((".json", ".csv")) or request.path.startswith(("/live", "/api/", "/metrics")):
        return True
    if "X-Netctl-Fragment" in request.headers:
        return True
    best = request.accept_mimetypes.best_match(("text/html", "application/json"), default="text/html")
    return best == "application/json"


def _back() -> str:
    """Where to go after signing in: this page, or for a form the page that holds it."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    referrer = request.referrer or "/"
    own = request.host_url
    return "/" + referrer.removeprefix(own) if referrer.startswith(own) else "/"

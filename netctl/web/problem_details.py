"""What stops a request of the API, in the form of RFC 9457."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from flask import Response, request

from netctl.errors import (
    AnotherDigest,
    DecisionTakesAPerson,
    NetctlError,
    PreconditionFailed,
    PreconditionMissing,
    StaleApproval,
    TokenPushesNot,
    TokenReadsOnly,
    TokenRefused,
)

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/v1"

_KEPT = frozenset({"allow", "retry-after"})

# What the API tells apart and pages do not.
_STATUS: dict[type[NetctlError], int] = {
    PreconditionMissing: 428,
    PreconditionFailed: 412,
    StaleApproval: 412,
    AnotherDigest: 412,
    TokenRefused: 401,
    TokenReadsOnly: 403,
    TokenPushesNot: 403,
    DecisionTakesAPerson: 403,
}


class ProblemDetails(msgspec.Struct, frozen=True):
    """What stopped a request (RFC 9457). `type` leads to the page of errors, `code` is stable."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    where: str = ""
    hint: str = ""


def is_api() -> bool:
    """True for requests of the API, whose answers are all for programs."""
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def status_in_api(error: NetctlError, otherwise: int) -> int:
    """The HTTP status of an error in the API."""
    return _STATUS.get(type(error), otherwise)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    title: str = "",
    where: str = "",
    hint: str = "",
    headers: Iterable[tuple[str, str]] = (),
) -> Response:
    """The answer."""
    body = ProblemDetails(
        type=f"urn:netctl:error:{code}",
        title=title or detail,
        status=status,
        detail=detail,
        instance=request.path,
        code=code,
        where=where,
        hint=hint,
    )
    response = Response(msgspec.json.encode(body), status, mimetype=MEDIA_TYPE)
    for name, value in headers:
        if name.lower() in _KEPT:
            response.headers[name] = value
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="netctl"'
    return response

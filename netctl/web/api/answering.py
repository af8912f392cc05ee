"""From a request to an operation and back: who asks, what for, and the answer with its entity tag."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import Response, g, request
from flask.typing import ResponseReturnValue

from netctl.control.people.accounts import Identity, by_token, require_scope
from netctl.errors import PreconditionFailed, PreconditionMissing
from netctl.web.api.operation import Given, Operation
from netctl.web.api.reading import read_body, read_query, refuse_query, refuse_unacceptable
from netctl.web.context import act_as, here
from netctl.web.kept import keeping
from netctl.web.problem_details import PREFIX, is_api
from netctl.web.routes import Pages
from netctl.web.security import refuse_forged

_BEARER = "bearer "
_TAG_DIGITS = 32


def identify() -> None:
    """Let a request that carries a token speak for the token's person; raises `TokenRefused`.

    A token beside a cookie wins: a program that was given one means it.
    """
    authorization = request.headers.get("Authorization", "")
    if is_api() and authorization:
        scheme, token = authorization[: len(_BEARER)], authorization[len(_BEARER) :].strip()
        identity = by_token(here().store, token if scheme.lower() == _BEARER else "")
        g.identity = identity
        act_as(identity.user)


def mount(pages: Pages, operation: Operation) -> None:
    """Give an operation its route."""

    def view(**path: str) -> ResponseReturnValue:
        return answer(operation, path)

    rule = PREFIX + operation.path
    if operation.method == "GET":
        pages.get(rule, step=operation.step, endpoint=operation.name)(view)
    else:
        # Without a cookie there is nothing to forge, and with one `answer` asks for the token.
        pages.post(rule, step=operation.step, endpoint=operation.name, recent=operation.recent, free=True)(view)


def answer(operation: Operation, path: dict[str, str]) -> Response:
    """Call the operation with what the request asks, and tell what it gives."""
    refuse_unacceptable()
    identity: Identity | None = g.get("identity")
    if identity is not None:
        require_scope(identity, operation.step)
    elif operation.method == "POST":
        refuse_forged()
    given: dict[str, Any] = dict(path)
    if operation.query is None:
        refuse_query()
    else:
        given["asked"] = read_query(operation.query)
    if operation.body is not None:
        given["body"] = read_body(operation.body)

    def made() -> Response:
        return respond(operation, operation.view(**given))

    response = keeping(own=operation.kept == "for its reader")(made)() if operation.kept else made()
    if operation.method == "GET":
        response.make_conditional(request)
    return response


def respond(operation: Operation, told: Given) -> Response:
    """An answer as JSON, with the entity tag by which it need not be sent again to who has it already."""
    body = msgspec.json.encode(told)
    response = Response(body, operation.status, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    following = getattr(told, "next", "")
    if following:
        query = urlencode(
            [*((key, value) for key, value in request.args.items() if key != "after"), ("after", following)]
        )
        response.headers["Link"] = f'<{request.path}?{query}>; rel="next"'
    response.set_etag(entity_tag(operation, told, body))
    return response


def entity_tag(operation: Operation, told: Given, body: bytes = b"") -> str:
    """The tag of an answer: another one whenever any of it is another."""
    tag = hashlib.sha256(body or msgspec.json.encode(told)).hexdigest()[:_TAG_DIGITS]
    return f"{getattr(told, operation.concerns)}-{tag}" if operation.concerns else tag


def require_match(digest: str, tag: str) -> None:
    """Nothing where If-Match names the plan's digest or the whole entity tag, which is the change as it is now.

    Raises `PreconditionMissing`, or `PreconditionFailed` where the change is another one than was looked at.
    """
    if not request.if_match and not request.if_match.star_tag:
        raise PreconditionMissing("the request does not say which plan it is about", where="If-Match")
    if request.if_match.star_tag:
        raise PreconditionMissing("a decision is about one plan, and not about any", where="If-Match")
    if digest not in request.if_match and tag not in request.if_match:
        told = f"the change is {digest[:16]}… now, and as a whole {tag[-_TAG_DIGITS:]}"
        raise PreconditionFailed(told, where="If-Match")

"""Pages that name nobody, made once for everybody who sees the same: fifty people look at one network.

A page is kept for a few seconds, and only until a round of watching ends or somebody does anything (everything that
people do is in the audit log). What is somebody's own in it, their name and the token of their forms, is not in what is
kept, and neither is how long ago a moment is: marks that nobody can guess stand in for them, and each answer gets its
own.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast

from flask import Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from netctl.web import context, moments, security
from netctl.web.context import here

SECONDS = 15.0  # what only time changes, such as where a plot ends, may be as late as half a round
MOST = 128  # pages, those asked for last
LARGEST = 1 << 20  # bytes of one that is worth keeping

_KEPT = "netctl_kept"
_NAME, _TOKEN, _AGE = (f"{what}-{secrets.token_hex(16)}" for what in ("name", "token", "age"))
_AGES = re.compile(f"{_AGE}-([^;]*);")

View = Callable[..., ResponseReturnValue]
Headers = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Page:
    lock: threading.Lock = field(default_factory=threading.Lock)
    of: Hashable = None
    made_at: datetime | None = None
    body: bytes = b""
    headers: Headers = ()


class Kept:
    """The pages, those asked for last; one that is being made is waited for, not made twice."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, _Page] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, key: Hashable, of: Hashable, now: datetime, make: Callable[[], Response]) -> Response:
        """The page of `key` as it is while `of` is the same; what is no page (a refusal, a redirection) is not kept."""
        page = self._place(key)
        with page.lock:
            if page.made_at is not None and page.of == of and abs(now - page.made_at) < timedelta(seconds=SECONDS):
                return Response(page.body, headers=list(page.headers))
            response = make()
            if response.status_code == 200 and not response.is_streamed and len(response.get_data()) <= LARGEST:
                page.body, page.headers = response.get_data(), tuple(response.headers.items())
                page.of, page.made_at = of, now
            return response

    def _place(self, key: Hashable) -> _Page:
        with self._lock:
            page = self._pages.setdefault(key, _Page())
            self._pages.move_to_end(key)
            if len(self._pages) > MOST:
                self._pages.popitem(last=False)
            return page


def kept(view: View) -> View:
    """A view whose page depends on its address, on its reader's grants and choices, and on nobody's name."""

    @wraps(view)
    def answer(**arguments: Any) -> Response:
        at, seen = here(), context.sight()
        atlas = at.declared.ready
        error = at.declared.error
        key = (
            view.__qualname__,
            request.full_path,
            "X-Netctl-Fragment" in request.headers,
            seen.grants,
            (context.language(), context.theme(), context.keys()),
        )
        of = (seen.pulse, atlas.network.digest if atlas else "", error.message if error else "")

        def make() -> Response:
            g.keeping = True
            try:
                return make_response(view(**arguments))
            finally:
                g.keeping = False

        return _personal(_pages().page(key, of, at.clock(), make))

    return answer


def text_of(answer: ResponseReturnValue) -> Markup:
    """What a view gives, as a part of a page."""
    return Markup(make_response(answer).get_data(as_text=True))  # noqa: S704  a template made it


def shown_name() -> str:
    """Whom a page greets; on one that is kept, a mark in their place."""
    return _NAME if g.get("keeping") else context.user()


def shown_token() -> str:
    """The token of a form; on a page that is kept, a mark in its place."""
    return _TOKEN if g.get("keeping") else security.form_token()


def shown_age(at: str) -> str:
    """How long ago a moment is; on a page that is kept, a mark in its place."""
    return f"{_AGE}-{at};" if at and g.get("keeping") else moments.ago(at)


def _personal(response: Response) -> Response:
    if response.mimetype == "text/html":
        body = response.get_data(as_text=True)
        body = body.replace(_NAME, escape(context.user())).replace(_TOKEN, escape(security.form_token()))
        response.set_data(_AGES.sub(lambda age: escape(moments.ago(age[1])), body))
    return response


def _pages() -> Kept:
    return cast("Kept", current_app.extensions.setdefault(_KEPT, Kept()))

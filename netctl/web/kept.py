"""Pages that name nobody, made once for everybody who sees the same: fifty people look at one network.

A page is kept until a round of watching ends or somebody does anything (everything that people do is in the audit log),
at most for half a minute. What is somebody's own in it, their name and the token of their forms, is not in what is
kept, and neither is how long ago a moment is: marks that nobody can guess stand in for them while it is made, and each
answer gets its own in their places.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any, NamedTuple, cast

from flask import Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from netctl.control.watching.watched import shown_round
from netctl.model.moments import read_moment
from netctl.web import context, moments, security
from netctl.web.context import here

LONGER = 300.0  # seconds that the words for what was read anew are kept: nothing in them depends on time
SECONDS = 30.0  # what only time changes, such as where a plot ends, may be as late as a round
MOST = 2048  # pages, those asked for last
LARGEST = 1 << 20  # bytes of one that is worth keeping
ROOM = 64 << 20  # bytes of all of them

_KEPT = "netctl_kept"
_NAME, _TOKEN, _TIME, _AGE = (f"{what}-{secrets.token_hex(16)}" for what in ("name", "token", "time", "age"))
_BLANK = re.compile(f"({_NAME}|{_TOKEN}|{_TIME}|{_AGE}-[^;]*;)".encode())

View = Callable[..., ResponseReturnValue]
Made = Callable[..., Response]


class Of(NamedTuple):
    """What a page was made of: while any of these is another one, so is the page.

    After a round the page before it is still true of the moment it was made at, and after an act it may not be.
    """

    round: Hashable
    act: Hashable


class Body:
    """What is kept of a page: its text in pieces, with blanks between them."""

    def __init__(self, text: bytes, mimetype: str) -> None:
        self._pieces = _BLANK.split(text) if mimetype == "text/html" else [text]
        self._blanks = [_Blank.of(place, self._pieces[place]) for place in range(1, len(self._pieces), 2)]

    def filled(self) -> bytes:
        """The text for who asks now; as it is where it is to be a part of a page that will be kept itself."""
        if not self._blanks or g.get("keeping"):
            return b"".join(self._pieces)
        pieces, since = self._pieces.copy(), moments.since()
        own = {
            "name": escape(context.user()).encode(),
            "token": escape(security.form_token()).encode(),
            "time": _time().encode(),
        }
        for place, kind, seconds in self._blanks:
            pieces[place] = own[kind] if kind != "age" else escape(since(seconds)).encode()
        return b"".join(pieces)


class _Blank(NamedTuple):
    place: int
    kind: str
    seconds: float  # of an age, the moment since 1970

    @classmethod
    def of(cls, place: int, mark: bytes) -> _Blank:
        kind, _, rest = mark.decode().partition("-")
        at = rest.partition("-")[2].rstrip(";")
        return cls(place, kind, read_moment(at).timestamp() if kind == "age" else 0.0)


@dataclass(frozen=True, slots=True)
class _Made:
    of: Of
    at: datetime
    seconds: float
    body: Body
    size: int
    headers: list[tuple[str, str]]

    @classmethod
    def from_response(cls, response: Response, of: Of, now: datetime, seconds: float) -> _Made:
        text = response.get_data()
        headers = [each for each in response.headers if each[0] != "Content-Length"]
        return cls(of, now, seconds, Body(text, response.mimetype or ""), len(text), headers)

    def lasts(self, of: Of, now: datetime) -> bool:
        return self.of == of and self._is_young(now)

    def may_stand_in(self, of: Of, now: datetime) -> bool:
        """True where only a round has ended since it was made: for those who come while another is being made."""
        return self.of.act == of.act and self._is_young(now)

    def answer(self) -> Response:
        return Response(self.body.filled(), headers=self.headers)

    def _is_young(self, now: datetime) -> bool:
        return abs(now - self.at) < timedelta(seconds=self.seconds)


@dataclass(slots=True)
class _Place:
    lock: threading.Lock = field(default_factory=threading.Lock)
    made: _Made | None = None


class Kept:
    """The pages, those asked for last; one that is being made is not made twice at once."""

    def __init__(self) -> None:
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = threading.Lock()
        self._size = 0

    def page(self, key: Hashable, of: Of, now: datetime, make: Callable[[], Response], seconds: float) -> Response:
        """The page of `key` as it is while `of` is the same, at most for some seconds.

        What is no page (a refusal, a redirection) is not kept.
        """
        place = self._place(key)
        made = place.made
        if made is not None and made.lasts(of, now):
            return made.answer()
        if not place.lock.acquire(blocking=made is None or not made.may_stand_in(of, now)) and made is not None:
            return made.answer()
        try:
            made = place.made  # by whoever held the lock before us
            if made is not None and made.lasts(of, now):
                return made.answer()
            response = make()
            if response.is_streamed:
                return response
            found = _Made.from_response(response, of, now, seconds)
            if response.status_code != 200 or found.size > LARGEST:
                response.set_data(found.body.filled())
                return response
            self._keep(place, found)
            return found.answer()
        finally:
            place.lock.release()

    def _place(self, key: Hashable) -> _Place:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > MOST or (self._size > ROOM and len(self._places) > 1):
                _, gone = self._places.popitem(last=False)
                self._size -= gone.made.size if gone.made else 0
                gone.made = None
            return place

    def _keep(self, place: _Place, made: _Made) -> None:
        with self._lock:
            self._size += made.size - (place.made.size if place.made else 0)
            place.made = made


def keeping(*, own: bool = False, rounds: bool = True, part: bool = False) -> Callable[[View], Made]:
    """For a view whose page depends on its address, on its reader's grants and choices, and on nobody's name.

    `own` is for one that shows its reader what is theirs alone, `rounds` is false where watching has no part in it, and
    `part` says that it is a piece of pages, which depends on its arguments and on nothing else of the address.
    """

    def decorate(view: View) -> Made:
        @wraps(view)
        def answer(**arguments: Any) -> Response:
            what = (view.__qualname__, *sorted(arguments.items()), context.user() if own else "")
            of = _of() if rounds else _of()._replace(round="")
            return _kept((*what, "" if part else _address()), of, partial(view, **arguments))

        return answer

    return decorate


kept = keeping()


def same(data: Hashable, make: Callable[[], ResponseReturnValue]) -> Response:
    """The page that `make` makes of `data`, and of nothing else but what a view under `kept` may depend on.

    For views that read what they show for every request, and for people to whom the same thing is another one: it is
    only put in words once.
    """
    return _kept((_address(), data), Of("", _declared()), make, LONGER)


def _kept(what: Hashable, of: Of, make: Callable[[], ResponseReturnValue], seconds: float = SECONDS) -> Response:
    key = (what, context.sight().grants, (context.language(), context.theme(), context.keys()))

    def page() -> Response:
        around = g.get("keeping", False)
        g.keeping = True
        try:
            return make_response(make())
        finally:
            g.keeping = around

    return _pages().page(key, of, here().clock(), page, seconds)


def _address() -> Hashable:
    """What is asked for: a view may give a piece of its page to a script of ours."""
    return request.full_path, "X-Netctl-Fragment" in request.headers, "HX-Request" in request.headers


def _of() -> Of:
    pulse = context.sight().pulse
    return Of(shown_round(here().store, pulse.rounds), (pulse.acts, pulse.late, _declared()))


def _declared() -> Hashable:
    """The network and its names as they are declared, and what is wrong with them."""
    declared = here().declared
    atlas, error, names = declared.ready, declared.error or declared.names_error, declared.names_ready
    return (atlas.network.digest if atlas else "", error.message if error else "", names.mark if names else "")


def text_of(answer: ResponseReturnValue) -> Markup:
    """What a view gives, as a part of a page."""
    return Markup(make_response(answer).get_data(as_text=True))  # noqa: S704  a template made it


def shown_name() -> str:
    """Whom a page greets; on one that is kept, a mark in their place."""
    return _NAME if g.get("keeping") else context.user()


def shown_token() -> str:
    """The token of a form; on a page that is kept, a mark in its place."""
    return _TOKEN if g.get("keeping") else security.form_token()


def shown_time() -> str:
    """What time it is; on a page that is kept, a mark in its place."""
    return _TIME if g.get("keeping") else _time()


def shown_age(at: str) -> str:
    """How long ago a moment is; on a page that is kept, a mark in its place."""
    return f"{_AGE}-{at};" if at and g.get("keeping") else moments.ago(at)


def _time() -> str:
    return moments.local(moments.stamp_now(), "%H:%M:%S")


def _pages() -> Kept:
    return cast("Kept", current_app.extensions.setdefault(_KEPT, Kept()))

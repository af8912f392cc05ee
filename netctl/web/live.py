"""``/live``: an event stream that tells a page when a topic it shows has moved, and ``/live/marks`` to ask instead.

A stream carries marks only, never data: the page then fetches the fragment concerned, and every rule about who may see
what holds there. A stream lives five minutes at most, so that whoever was signed out meanwhile is asked again.
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from netctl.control.pages.following import followable
from netctl.web.context import here, user
from netctl.web.marks import Marks, NoFreeStream
from netctl.web.routes import Pages

pages = Pages("live")

LIFE = 300.0  # seconds until the browser opens a new stream, and is asked again who it is
LOOK = 1.0  # seconds between two looks whether the reader is still there
BEAT = 10.0  # seconds between two signs of life
MOST_TOPICS = 8


@pages.get("/live", step="show")
def live() -> ResponseReturnValue:
    """The stream; 503 where all places are taken, and the page then asks `/live/marks`."""
    topics, marks = _topics(), here().live
    place = ExitStack()
    try:
        place.enter_context(marks.following(topics))
    except NoFreeStream:
        return Response("no free stream\n", 503, {"Retry-After": "60"}, mimetype="text/plain")
    connection = request.environ.get("gunicorn.socket")
    stream = Response(_events(marks, topics, connection), mimetype="text/event-stream")
    stream.call_on_close(place.close)
    stream.headers["X-Accel-Buffering"] = "no"  # a proxy that collects the answer would hold it back
    return stream


@pages.get("/live/marks", step="show")
def live_marks() -> ResponseReturnValue:
    """The marks of the topics now."""
    return jsonify(here().live.now(_topics()))


def _topics() -> tuple[str, ...]:
    asked = request.args.get("topics", "").split(",")[:MOST_TOPICS]
    return followable(here().store, asked, user=user())


def _events(marks: Marks, topics: tuple[str, ...], connection: Any) -> Iterator[str]:
    ends = time.monotonic() + LIFE
    seen = marks.now(topics)
    yield f"retry: 2000\n{_event(seen)}"
    beat = time.monotonic()
    while not marks.closed and time.monotonic() < ends and _listens(connection):
        found = marks.wait(topics, seen, LOOK)
        if found != seen and found.keys() >= seen.keys():
            seen = found
            yield _event(seen)
            beat = time.monotonic()
        elif time.monotonic() - beat > BEAT:
            yield ": still here\n\n"
            beat = time.monotonic()


def _event(marks: dict[str, str]) -> str:
    return f"event: marks\ndata: {json.dumps(marks)}\n\n"


def _listens(connection: Any) -> bool:
    """False once the browser has gone: a page that was left must not hold its place until the next sign of life."""
    if not isinstance(connection, socket.socket) or connection.fileno() < 0:
        return True
    try:
        readable, _, _ = select.select([connection], [], [], 0)
        return not readable or bool(connection.recv(1, socket.MSG_PEEK))
    except ValueError:  # TLS cannot be peeked into; what is there to read is the end
        return False
    except OSError:
        return False

"""How long the server worked on an answer, told to whoever has signed in (``Server-Timing``, W3C), in milliseconds.

``app`` is time that went by, ``cpu`` what of it a processor spent on this request: where they are far apart, others
were served meanwhile, or the store was waited for.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g


def tell_times(app: Flask) -> None:
    """Put the header on every answer; before anything else that has something to do for a request."""
    app.before_request(_begin)
    app.after_request(_tell)


def _begin() -> None:
    g.began = time.perf_counter(), time.thread_time()


def _tell(response: Response) -> Response:
    if g.get("user") and "began" in g:
        wall, cpu = g.began
        wall, cpu = (time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000
        response.headers["Server-Timing"] = f"app;dur={wall:.1f}, cpu;dur={cpu:.1f}"
    return response

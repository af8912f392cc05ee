"""``/healthz``: is this process alive and its store readable; what a load balancer asks."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from netctl.errors import StoreError
from netctl.web.context import here
from netctl.web.routes import Pages

pages = Pages("standing")


@pages.get("/healthz", step="public")
def healthz() -> ResponseReturnValue:
    """``ok``, or 503 where the store cannot be read. It tells strangers no more than that."""
    try:
        here().live.now(("audit",))
    except StoreError:
        return Response("the store cannot be read\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")

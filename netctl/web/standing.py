"""What programs ask of this process: ``/healthz`` for a load balancer, ``/metrics`` for Prometheus."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from netctl.control.pages.following import answers
from netctl.control.watching.metrics import metrics
from netctl.control.watching.scrape import may_scrape
from netctl.errors import StoreError
from netctl.web.context import here
from netctl.web.routes import Pages

pages = Pages("standing")

_EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
_BEARER = "Bearer "


@pages.get("/healthz", step="public")
def healthz() -> ResponseReturnValue:
    """``ok``, or 503 where the store cannot be read. It tells strangers no more than that."""
    try:
        answers(here().store)
    except StoreError:
        return Response("the store cannot be read\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@pages.get("/metrics", step="public")
def exposition() -> ResponseReturnValue:
    """Prometheus' text format, whole with ``?full``: for this host, and for whoever has the `metrics_secret`."""
    at = here()
    authorization = request.headers.get("Authorization", "")
    token = authorization.removeprefix(_BEARER) if authorization.startswith(_BEARER) else ""
    if not may_scrape(at.settings, address=request.remote_addr or "", token=token):
        return Response("a token is needed\n", 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain")
    return Response(metrics(at.store, full="full" in request.args, clock=at.clock), content_type=_EXPOSITION)

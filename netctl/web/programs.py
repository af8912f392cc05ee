"""The API's routes, its document, and ``/api``: a page that lists both for people."""

from __future__ import annotations

import msgspec
from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from netctl.web.api.answering import mount
from netctl.web.api.operations import OPERATIONS, description
from netctl.web.problem_details import PREFIX
from netctl.web.routes import Pages

pages = Pages("api")

for _operation in OPERATIONS:
    mount(pages, _operation)


@pages.get(f"{PREFIX}/openapi.json", step="public")
def openapi() -> ResponseReturnValue:
    """The OpenAPI document."""
    response = Response(msgspec.json.encode(description()), mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.get("/api", step="signed in")
def api_page() -> ResponseReturnValue:
    """What programs may ask, from the same document."""
    told = description()
    return Response(render_template("api/page.html", api=told, prefix=PREFIX), mimetype="text/html")

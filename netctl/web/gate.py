"""Before every view: is who asks allowed here? Asked in one place, so that no view can forget it."""

from __future__ import annotations

from flask import Flask, current_app, request

from netctl.control.people.accounts import require, require_fresh
from netctl.errors import SignInNeeded
from netctl.web.context import here, may, session, user
from netctl.web.routes import is_recent, needs_of


def guard(app: Flask) -> None:
    """Put the gate before every view of the app."""
    app.before_request(_refuse_strangers)


def _refuse_strangers() -> None:
    """Nothing, or `SignInNeeded`, `NotAllowed`, or `SignInAgain` where the last proof is too long ago."""
    if request.endpoint is None:  # no such page: the answer to that is the same for everybody
        return
    needs = needs_of(current_app, request.endpoint)
    if needs == "public":
        return
    if not user():
        raise SignInNeeded("this page is for people who have signed in")
    at = here()
    if needs != "signed in" and not may(needs):
        require(at.store, user(), needs)  # raises, and says which roles would do
    found = session()
    if is_recent(current_app, request.endpoint) and found is not None:
        require_fresh(found, at.settings, at.clock())

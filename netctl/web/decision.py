"""``/changes/<id>/decision``: yes, no, or not like this, about the very plan on the screen."""

from __future__ import annotations

from typing import get_args

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from netctl.control.changes.decide import decide, offer
from netctl.control.changes.review import review
from netctl.control.people.accounts import fresh
from netctl.errors import FormUnreadable, ReasonMissing, StaleApproval
from netctl.model.change import Verdict
from netctl.web.context import here, session, user
from netctl.web.routes import Pages

pages = Pages("decision")

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@pages.get("/changes/<change>/decision", step="show")
def decision_page(change: str) -> ResponseReturnValue:
    """What one decides about, and the form where one may; otherwise why not."""
    return _page(change)


@pages.post("/changes/<change>/decision", step="approve", recent=True)
def vote(change: str) -> ResponseReturnValue:
    """A vote on the plan whose digest the form was made for; a form that is not complete comes back as it was."""
    form = request.form
    verdict, reason = form.get("verdict", ""), form.get("reason", "")
    if verdict not in VERDICTS:
        raise FormUnreadable("the form names no decision", where="verdict")
    try:
        decide(
            here().store,
            change,
            verdict,
            user=user(),
            digest=form.get("digest", ""),
            reason=reason,
        )
    except ReasonMissing:
        return _page(change, problem="reason"), 422
    except StaleApproval:
        return _page(change, problem="stale", reason=reason), 409
    return redirect(url_for("review.change_page", change=change), 303)


def _page(change: str, *, problem: str = "", reason: str = "") -> str:
    at = here()
    signed_in = session()
    return render_template(
        "decision/page.html",
        page=review(at.store, at.settings, change, user=user()),
        offer=offer(at.store, change, user=user()),
        recent=signed_in is not None and fresh(signed_in, at.settings, at.clock()),
        problem=problem,
        reason=reason,
    )

"""``/changes/<id>/push``: a change carried out, watched by anybody who may look, started and stopped by operators."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from netctl.control.changes import look as changes
from netctl.control.changes.review import stages
from netctl.control.people.accounts import fresh
from netctl.control.rollout.push_start import GOINGS, refusals, start
from netctl.control.rollout.push_watch import member, watch
from netctl.errors import FormUnreadable, UnknownDevice, UnknownGroup
from netctl.model.review import Going
from netctl.web.context import here, session, user
from netctl.web.routes import Pages

pages = Pages("pushing")


@pages.get("/changes/<change>/push", step="show")
def push_page(change: str) -> ResponseReturnValue:
    """The push as it stands; with scripts, it goes on by itself."""
    return _page(change, "pushing/page.html")


@pages.get("/changes/<change>/push/now", step="show")
def push_now(change: str) -> ResponseReturnValue:
    """The part of the page that moves."""
    return _page(change, "pushing/now.html")


@pages.get("/changes/<change>/push/waves/<int:number>", step="show")
def wave_page(change: str, number: int) -> ResponseReturnValue:
    """One wave: by itself for a browser without scripts, as a piece of the push otherwise."""
    at = here()
    view = watch(at.store, at.settings, change, user=user())
    wave = next((each for each in view.waves if each.number == number), None)
    if wave is None:
        raise UnknownGroup(f"the plan has no wave {number}", where=view.change.id)
    template = "pushing/wave.html" if "HX-Request" in request.headers else "pushing/wave_page.html"
    return render_template(template, view=view, change=view.change, wave=wave, whole=True)


@pages.get("/changes/<change>/push/targets/<path:name>", step="show")
def target_page(change: str, name: str) -> ResponseReturnValue:
    """Every step on one router, name server or zone; names of zones may hold a slash (RFC 2317)."""
    at = here()
    view = watch(at.store, at.settings, change, user=user())
    found = member(at.store, at.settings, change, name, user=user())
    if found is None:
        raise UnknownDevice(f"{change} has not touched {name!r}", where=change)
    template = "pushing/target_now.html" if "X-Netctl-Fragment" in request.headers else "pushing/target.html"
    return render_template(template, view=view, change=view.change, target=found)


@pages.post("/changes/<change>/push/stop", step="stop")
def stop(change: str) -> ResponseReturnValue:
    """Ask it to stop after the targets it is at."""
    changes.stop(here().store, change, user=user(), reason=request.form.get("reason", "").strip())
    return redirect(url_for("pushing.push_page", change=change), 303)


@pages.post("/changes/<change>/push/start", step="push", recent=True)
def begin(change: str) -> ResponseReturnValue:
    """Push it, go on with it, or take it back, in a process that does not need this one."""
    at = here()
    asked = request.form.get("going", "")
    going: Going | None = next((each for each in GOINGS if each == asked), None)
    if going is None:
        raise FormUnreadable("the form does not say what is to be done", where="going")
    digest = request.form.get("digest", "")
    start(at.root, at.settings, at.store, at.declared, change=change, going=going, user=user(), digest=digest)
    return redirect(url_for("pushing.push_page", change=change), 303)


def _page(change: str, template: str) -> str:
    at = here()
    view = watch(at.store, at.settings, change, user=user())
    signed_in = session()
    return render_template(
        template,
        view=view,
        change=view.change,
        stages=stages(view.change.state),
        refused=refusals(at.store, at.settings, at.declared, change, user=user()),
        recent=signed_in is not None and fresh(signed_in, at.settings, at.clock()),
    )

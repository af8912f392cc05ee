"""``/signin``, ``/signin/again``, ``/signin/link/…`` and ``/signout``: in with a name and a password, and out again."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from netctl.control.people import accounts, passwords
from netctl.control.people.linking import is_linked
from netctl.errors import NetctlError, PasswordRefused, SignInRefused, SignInThrottled
from netctl.web.context import here, session, user
from netctl.web.entering import address, agent, enter, leave, safe_next, secret
from netctl.web.routes import Pages

pages = Pages("signin")


@pages.get("/signin", step="public")
def sign_in() -> ResponseReturnValue:
    """The form; who has signed in already goes on."""
    if user():
        return redirect(safe_next(request.args.get("next", "")), 303)
    return _form()


@pages.post("/signin", step="public")
def sign_in_now() -> ResponseReturnValue:
    """Into a new session, or back to the form with the reason."""
    at = here()
    try:
        begun = accounts.sign_in(
            at.store,
            request.form.get("name", ""),
            request.form.get("password", ""),
            address=address(),
            agent=agent(),
            settings=at.settings,
            before=secret(),
        )
    except (SignInRefused, SignInThrottled) as error:
        return _told(_form(error), error)
    return enter(_go_on(), begun)


@pages.get("/signin/again", step="signed in")
def again() -> ResponseReturnValue:
    """The form that asks who is signed in to prove it once more."""
    return _again()


@pages.post("/signin/again", step="signed in")
def again_now() -> ResponseReturnValue:
    """The same session under a new secret, or back to the form with the reason."""
    try:
        begun = accounts.sign_in_again(here().store, secret(), request.form.get("password", ""), address=address())
    except (SignInRefused, SignInThrottled) as error:
        return _told(_again(error), error)
    return enter(_go_on(), begun)


@pages.get("/signin/link/<token>", step="public")
def link(token: str) -> ResponseReturnValue:
    """The form for a password of one's own, for whoever holds a one-time link."""
    return _link_form(passwords.whose_link(here().store, token))


@pages.post("/signin/link/<token>", step="public")
def use_link(token: str) -> ResponseReturnValue:
    """The password is set; then sign in with it."""
    store = here().store
    name = passwords.whose_link(store, token)
    new = request.form.get("new", "")
    if new != request.form.get("repeated", ""):
        return _told(_link_form(name, "differs"))
    try:
        passwords.use_link(store, token, new)
    except PasswordRefused as error:
        return _told(_link_form(name, "", error), error)
    return redirect("/signin?said=password-set", 303)


@pages.post("/signout", step="public")
def sign_out() -> ResponseReturnValue:
    """Out of the session, whether it still lasts or not."""
    found = session()
    accounts.sign_out(here().store, secret())
    from_directory = found is not None and found.way == "oidc"
    return leave(redirect(f"/signin?said=signed-out{'&way=oidc' if from_directory else ''}", 303))


def _form(error: NetctlError | None = None) -> Response:
    at = here()
    said = request.args.get("said", "")
    return make_response(
        render_template(
            "signin/form.html",
            error=error,
            name=request.form.get("name", ""),
            next=safe_next(request.values.get("next", "")),
            said=said if said in ("signed-out", "password-set") else "",
            way=request.args.get("way", ""),
            directory=_directory(at.settings.oidc_issuer, at.settings.oidc_label),
        )
    )


def _again(error: NetctlError | None = None) -> Response:
    at = here()
    linked = bool(at.settings.oidc_issuer) and is_linked(at.store, at.settings.oidc_issuer, user())
    return make_response(
        render_template(
            "signin/again.html",
            error=error,
            next=safe_next(request.values.get("next", "")),
            minutes=at.settings.again_minutes,
            by_password=passwords.has_password(at.store, user()),
            directory=_directory(at.settings.oidc_issuer, at.settings.oidc_label) if linked else "",
        )
    )


def _link_form(name: str, wrong: str = "", error: NetctlError | None = None) -> Response:
    return make_response(
        render_template("signin/link.html", name=name, wrong=wrong, error=error, shortest=passwords.SHORTEST)
    )


def _go_on() -> Response:
    return redirect(safe_next(request.form.get("next", "")), 303)


def _told(response: Response, error: NetctlError | None = None) -> Response:
    """The form again, with a status that says the attempt failed."""
    response.status_code = 422
    if isinstance(error, SignInRefused):
        response.status_code = 401
    if isinstance(error, SignInThrottled):
        response.status_code = 429
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _directory(issuer: str, label: str) -> str:
    """What the button for the OpenID provider says; "" where there is none."""
    return (label or urlsplit(issuer).netloc) if issuer else ""

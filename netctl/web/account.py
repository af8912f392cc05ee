"""``/account``: one's own password, where one is signed in, and tokens for programs that speak in one's name."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from netctl.control.people import passwords, sessions, tokens
from netctl.control.people.everyone import grants_of
from netctl.errors import NetctlError, PasswordRefused, SignInRefused, SignInThrottled, TokenWanted, WordsRefused
from netctl.model.accounts import TokenScope
from netctl.web.context import here, session, user
from netctl.web.entering import address
from netctl.web.routes import Pages

pages = Pages("account")

TOKEN_DAYS = (30, 90, 180, 366)


@pages.get("/account", step="signed in")
def account() -> ResponseReturnValue:
    """Everything about who is signed in."""
    return _page()


@pages.post("/account/password", step="signed in")
def change_password() -> ResponseReturnValue:
    """Another password; every other session ends."""
    new = request.form.get("new", "")
    if new != request.form.get("repeated", ""):
        return _refused(differs=True)
    try:
        passwords.change_password(
            here().store, user(), request.form.get("current", ""), new, address=address(), session=_own()
        )
    except (PasswordRefused, SignInRefused, SignInThrottled) as error:
        return _refused(error)
    return _back("password")


@pages.post("/account/sessions/end", step="signed in")
def end_session() -> ResponseReturnValue:
    """One other session ends."""
    sessions.end_session(here().store, user(), request.form.get("session", ""), actor=user())
    return _back("session")


@pages.post("/account/sessions/end-others", step="signed in")
def end_others() -> ResponseReturnValue:
    """Every session but this one ends."""
    sessions.end_sessions(here().store, user(), actor=user(), keep=_own())
    return _back("sessions")


@pages.post("/account/tokens", step="signed in", recent=True)
def make_token() -> ResponseReturnValue:
    """A new token, shown this once."""
    days = request.form.get("days", "")
    scopes: dict[str, TokenScope] = {each: each for each in tokens.TOKEN_SCOPES}
    try:
        secret, token = tokens.make_token(
            here().store,
            user(),
            name=request.form.get("name", ""),
            scope=scopes.get(request.form.get("scope", ""), "read"),
            days=int(days) if days.isascii() and days.isdigit() else 0,
        )
    except (TokenWanted, WordsRefused) as error:
        return _refused(error)
    response = make_response(render_template("account/token.html", secret=secret, token=token), 201)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/account/tokens/revoke", step="signed in")
def revoke_token() -> ResponseReturnValue:
    """A token opens nothing any more."""
    tokens.revoke_token(here().store, user(), request.form.get("token", ""), actor=user())
    return _back("token")


def _page(error: NetctlError | None = None, *, differs: bool = False) -> Response:
    store, said = here().store, request.args.get("said", "")
    return make_response(
        render_template(
            "account/page.html",
            error=error,
            differs=differs,
            said=said if said in ("password", "session", "sessions", "token") else "",
            grants=grants_of(store, user()),
            has_password=passwords.has_password(store, user()),
            shortest=passwords.SHORTEST,
            own=_own(),
            sessions=sessions.sessions(store, user(), actor=user()),
            tokens=tokens.tokens(store, user(), actor=user()),
            days=TOKEN_DAYS,
            now=here().clock(),
        )
    )


def _refused(error: NetctlError | None = None, *, differs: bool = False) -> Response:
    response = _page(error, differs=differs)
    response.status_code = 429 if isinstance(error, SignInThrottled) else 422
    return response


def _back(said: str) -> Response:
    return redirect(f"/account?said={said}", 303)


def _own() -> str:
    """The id of the session that asks."""
    found = session()
    return found.id if found else ""

"""``/people``: who there is, what they may do, how they get in. For admins."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from netctl.control.people import everyone as people
from netctl.control.people import linking, passwords, sessions, tokens, users
from netctl.errors import LastAdmin, NetctlError, NetworkError, UserExists, UserNameInvalid
from netctl.model.people import ROLES, Grant
from netctl.web import naming
from netctl.web.context import here, language, user
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t

pages = Pages("people")

_SAID = ("granted", "revoked", "session", "sessions", "token", "unlinked")


@pages.table("/people", step="manage users")
def everybody() -> ResponseReturnValue:
    """Everybody, with a form for one more."""
    return answer(_table(), "people/list.html", error=None, roles=ROLES, organisations=_organisations())


@pages.post("/people", step="manage users", recent=True)
def add() -> ResponseReturnValue:
    """One more user, or the reason why not."""
    try:
        added = users.add(here().store, request.form.get("name", "").strip(), [_grant()], actor=user())
    except (UserExists, UserNameInvalid) as error:
        response = answer(_table(), "people/list.html", error=error, roles=ROLES, organisations=_organisations())
        response.status_code = 422
        return response
    return redirect(f"/people/{added.name}", 303)


@pages.get("/people/<name>", step="manage users")
def one(name: str) -> ResponseReturnValue:
    """One user: roles, sessions, tokens, password, identity."""
    return _page(name)


@pages.post("/people/<name>/grant", step="manage users", recent=True)
def grant(name: str) -> ResponseReturnValue:
    """A role more."""
    try:
        users.grant(here().store, name, [_grant()], actor=user())
    except UserNameInvalid as error:
        return _page(name, error, status=422)
    return _back(name, "granted")


@pages.post("/people/<name>/revoke", step="manage users", recent=True)
def revoke(name: str) -> ResponseReturnValue:
    """A role less."""
    try:
        users.revoke(here().store, name, [_grant()], actor=user())
    except (LastAdmin, UserNameInvalid) as error:
        return _page(name, error, status=409)
    return _back(name, "revoked")


@pages.post("/people/<name>/link", step="manage users", recent=True)
def link(name: str) -> ResponseReturnValue:
    """A one-time link for a password, shown this once."""
    secret, until = passwords.make_link(here().store, name, actor=user())
    base = here().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    page = render_template("people/link.html", name=name, link=f"{base}/signin/link/{secret}", until=until)
    response = make_response(page, 201)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/people/<name>/sessions/end", step="manage users", recent=True)
def end(name: str) -> ResponseReturnValue:
    """One session of theirs ends, or where none is named, all of them."""
    session = request.form.get("session", "")
    if session:
        sessions.end_session(here().store, name, session, actor=user())
        return _back(name, "session")
    sessions.end_sessions(here().store, name, actor=user())
    return _back(name, "sessions")


@pages.post("/people/<name>/tokens/revoke", step="manage users", recent=True)
def revoke_token(name: str) -> ResponseReturnValue:
    """A token of theirs opens nothing any more."""
    tokens.revoke_token(here().store, name, request.form.get("token", ""), actor=user())
    return _back(name, "token")


@pages.post("/people/<name>/unlink", step="manage users", recent=True)
def unlink(name: str) -> ResponseReturnValue:
    """Nobody of the identity provider is this user any more, until the next one signs in under the name."""
    linking.unlink(here().store, name, actor=user())
    return _back(name, "unlinked")


def _table() -> Table:
    found = people.people(here().store, actor=user())
    rows = [
        {
            "name": each.user.name,
            "roles": ", ".join(_grant_words(one) for one in each.user.grants),
            "way_in": t(f"people-way-{_way_in(each)}"),
            "sessions": each.sessions,
            "tokens": each.tokens,
            "seen_at": each.seen_at,
            "created_at": each.user.created_at,
        }
        for each in found
    ]
    columns = (
        Column("name", "link", href=lambda row: f"/people/{row['name']}", word="people-name"),
        Column("roles", filter="text", word="people-roles"),
        Column("way_in", filter="choice", word="people-way-in"),
        Column("sessions", "number", word="people-sessions"),
        Column("tokens", "number", word="people-tokens", phone=False),
        Column("seen_at", "moment", word="people-seen"),
        Column("created_at", "moment", word="people-created", phone=False),
    )
    return Table("people", columns, rows, order="name")


def _way_in(each: people.Person) -> str:
    if each.password.set:
        return "both" if each.linked else "password"
    if each.linked:
        return "directory"
    return "link" if each.password.link_until else "none"


def _page(name: str, error: NetctlError | None = None, *, status: int = 200) -> Response:
    said = request.args.get("said", "")
    view = people.person(here().store, name, actor=user())
    page = render_template(
        "people/person.html",
        view=view,
        error=error,
        said=said if said in _SAID else "",
        roles=ROLES,
        organisations=_organisations(),
    )
    return make_response(page, status)


def _grant() -> Grant:
    """The role a form names; what is no role is refused by whoever keeps it."""
    role = request.form.get("role", "")
    return Grant(next((each for each in ROLES if each == role), role), request.form.get("organisation", ""))  # type: ignore[arg-type]  # checked there


def _grant_words(grant: Grant) -> str:
    role = t(f"role-{grant.role}")
    if not grant.organisation:
        return role
    return t("account-grant", role=role, organisation=naming.organisation(grant.organisation))


def _organisations() -> list[tuple[str, str]]:
    """The organisations a role may be limited to, as (id, label); none while the declared network cannot be read."""
    try:
        found = here().declared.network().organisations
    except NetworkError:
        return []
    japanese = language() == "ja"
    names = {each: (held.name_ja if japanese else held.name) or each for each, held in sorted(found.items())}
    return [(each, t("people-organisation-label", id=each, name=name)) for each, name in names.items()]


def _back(name: str, said: str) -> Response:
    return redirect(f"/people/{name}?said={said}", 303)

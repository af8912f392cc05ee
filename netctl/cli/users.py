"""Who may do what, and how they get in: `netctl users add | list | grant | revoke | password | link | …`."""

from __future__ import annotations

import sys

import click

from netctl.cli.lazy import reads
from netctl.cli.output import moment, say, write_json, write_table
from netctl.cli.session import Session
from netctl.model.people import ROLES, Grant, Role, User

_ROLE_HELP = f"{', '.join(ROLES)}; ROLE@ORGANISATION for that organisation's routers and zones only. Repeatable."


def _grants(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Grant, ...]:
    found = []
    for value in values:
        name, at, organisation = value.partition("@")
        role: Role | None = next((each for each in ROLES if each == name), None)
        if role is None or (at and not organisation):
            raise click.BadParameter(f"no role {value!r}; there are {', '.join(ROLES)}")
        found.append(Grant(role, organisation))
    return tuple(found)


roles = click.option(
    "--role", "grants", metavar="ROLE", multiple=True, required=True, callback=_grants, help=_ROLE_HELP
)  # fmt: skip


@click.group()
def users() -> None:
    """Who may do what. A user is a user of the operating system; the first one to add somebody becomes admin."""


@users.command()
@click.argument("name")
@roles
@click.pass_obj
def add(session: Session, name: str, grants: tuple[Grant, ...]) -> None:
    """Add a user."""
    from netctl.control.people import users as use_case

    with session.open_store(create=True) as store:
        _show(session, use_case.add(store, name, grants, actor=session.user))


@users.command("list")
@reads
@click.pass_obj
def list_users(session: Session) -> None:
    """List everybody and their roles."""
    from netctl.control.people import users as use_case

    with session.open_store() as store:
        found = use_case.people(store, actor=session.user)
    if session.json:
        write_json(found)
        return
    write_table(("user", "roles", "since"), [(user.name, _words(user), moment(user.created_at)) for user in found])


@users.command()
@click.argument("name")
@roles
@click.pass_obj
def grant(session: Session, name: str, grants: tuple[Grant, ...]) -> None:
    """Give a user more roles."""
    from netctl.control.people import users as use_case

    with session.open_store() as store:
        _show(session, use_case.grant(store, name, grants, actor=session.user))


@users.command()
@click.argument("name")
@roles
@click.pass_obj
def revoke(session: Session, name: str, grants: tuple[Grant, ...]) -> None:
    """Take roles from a user."""
    from netctl.control.people import users as use_case

    with session.open_store() as store:
        _show(session, use_case.revoke(store, name, grants, actor=session.user))


@users.command()
@click.argument("name")
@click.pass_obj
def password(session: Session, name: str) -> None:
    """Set a user's password for the dashboard: one's own, or as an admin.

    It is asked for on the terminal, or read from standard input, one line; never given as an option.
    All sessions of the user end.
    """
    from netctl.control.people import passwords

    with session.open_store() as store:
        passwords.set_password(store, name, _read_password(), actor=session.user)
    say(f"the password of {name} is set; {name} is signed in nowhere now")


@users.command()
@click.argument("name")
@click.pass_obj
def link(session: Session, name: str) -> None:
    """Make a link with which a user sets their password, once, within a day."""
    from netctl.control.people import passwords

    with session.open_store() as store:
        secret, until = passwords.make_link(store, name, actor=session.user)
    base = session.settings.public_url.rstrip("/") or f"http://{session.settings.listen}"
    say(f"{base}/signin/link/{secret}")
    click.echo(f"it works once, until {moment(until)}; give it to {name} and to nobody else", err=True)


@users.command("sign-out")
@click.argument("name")
@click.pass_obj
def sign_out(session: Session, name: str) -> None:
    """End all sessions of a user in the dashboard: one's own, or as an admin."""
    from netctl.control.people import sessions

    with session.open_store() as store:
        count = sessions.end_sessions(store, name, actor=session.user)
    say(f"{count} session{'' if count == 1 else 's'} of {name} ended")


@users.command()
@click.argument("name")
@click.pass_obj
def unlink(session: Session, name: str) -> None:
    """Forget who a user is at the OpenID provider; the next to sign in under the name is linked anew."""
    from netctl.control.people import linking

    with session.open_store() as store:
        count = linking.unlink(store, name, actor=session.user)
    say(f"{name} is linked to nobody now" if count else f"{name} was linked to nobody")


def _read_password() -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
        return asked
    return sys.stdin.readline(1000).rstrip("\r\n")


def _show(session: Session, user: User) -> None:
    if session.json:
        write_json(user)
    else:
        say(f"{user.name}: {_words(user) or 'no roles'}")


def _words(user: User) -> str:
    return ", ".join(map(str, user.grants))

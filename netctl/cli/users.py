"""Who may do what: `netctl users add | list | grant | revoke`."""

from __future__ import annotations

import click

from netctl.cli.lazy import reads
from netctl.cli.output import moment, say, write_json, write_table
from netctl.cli.session import Session
from netctl.model.people import ROLES, Grant, User

_ROLE_HELP = f"{', '.join(ROLES)}. Repeatable."


def _grants(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Grant, ...]:
    found = []
    for role in values:
        if role not in ROLES:
            raise click.BadParameter(f"no role {role!r}; there are {', '.join(ROLES)}")
        found.append(Grant(role))
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
    from netctl.control import users as use_case

    with session.open_store(create=True) as store:
        _show(session, use_case.add(store, name, grants, actor=session.user))


@users.command("list")
@reads
@click.pass_obj
def list_users(session: Session) -> None:
    """List everybody and their roles."""
    from netctl.control import users as use_case

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
    from netctl.control import users as use_case

    with session.open_store() as store:
        _show(session, use_case.grant(store, name, grants, actor=session.user))


@users.command()
@click.argument("name")
@roles
@click.pass_obj
def revoke(session: Session, name: str, grants: tuple[Grant, ...]) -> None:
    """Take roles from a user."""
    from netctl.control import users as use_case

    with session.open_store() as store:
        _show(session, use_case.revoke(store, name, grants, actor=session.user))


def _show(session: Session, user: User) -> None:
    if session.json:
        write_json(user)
    else:
        say(f"{user.name}: {_words(user) or 'no roles'}")


def _words(user: User) -> str:
    words = [each.role + (f"@{each.organisation}" if each.organisation else "") for each in user.grants]
    return ", ".join(words)

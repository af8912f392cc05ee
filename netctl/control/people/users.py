"""The people who work with netctl. On an empty store the first to add somebody becomes admin by that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from netctl.change.roles import reach, require
from netctl.errors import UserNameInvalid
from netctl.model.people import Grant, User
from netctl.store import Store

_ADMIN = Grant("admin")
_WHOLE = ("admin",)  # people are not divided by organisation; an auditor of one reads what was done to its changes


def add(store: Store, name: str, grants: Iterable[Grant], *, actor: str) -> User:
    """A new user; raises `NotAllowed` unless `actor` is an admin.

    While the store has no users at all there is nobody who could allow it: then `actor` becomes the first admin, and
    the audit log begins with that.
    """
    wanted = _checked(grants)
    with store.writing() as books:
        if not books.users.empty():
            require(books.users.get(actor), "manage users")
        elif actor == name:
            wanted = (_ADMIN, *wanted)
        else:
            books.users.add(actor, (_ADMIN,), actor)
        return books.users.add(name, wanted, actor)


def people(store: Store, *, actor: str) -> tuple[User, ...]:
    """Everybody and their roles, by name; to somebody of an organisation, who acts on that organisation's routers."""
    with store.reading() as books:
        seen = reach(books.users.get(actor), "show")
        everybody = books.users.all()
    if seen is None:
        return everybody
    within = {"", *seen}
    told = (
        replace(user, grants=tuple(grant for grant in user.grants if grant.organisation in within))
        for user in everybody
    )
    return tuple(user for user in told if user.grants)


def grant(store: Store, name: str, grants: Iterable[Grant], *, actor: str) -> User:
    """The user with these roles more; raises `UserNameInvalid` for a role that cannot be."""
    wanted = _checked(grants)
    with store.writing() as books:
        require(books.users.get(actor), "manage users")
        return books.users.grant(name, wanted, actor)


def revoke(store: Store, name: str, grants: Iterable[Grant], *, actor: str) -> User:
    """The user without these roles; raises `LastAdmin` where nobody could manage users any more."""
    with store.writing() as books:
        require(books.users.get(actor), "manage users")
        return books.users.revoke(name, grants, actor)


def _checked(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    wanted = tuple(grants)
    for each in wanted:
        if each.organisation and each.role in _WHOLE:
            told = f"{each.role} holds for the whole network or not at all"
            raise UserNameInvalid(told, hint=f"grant {each.role} without an organisation")
    return wanted

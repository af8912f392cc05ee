"""The people who work with netctl. On an empty store the first to add somebody becomes admin by that."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.change.roles import require
from netctl.model.people import Grant, User
from netctl.store import Store

_ADMIN = Grant("admin")


def add(store: Store, name: str, grants: Iterable[Grant], *, actor: str) -> User:
    """A new user; raises `NotAllowed` unless `actor` is an admin.

    While the store has no users at all there is nobody who could allow it: then `actor` becomes the first admin, and
    the audit log begins with that.
    """
    wanted = tuple(grants)
    with store.writing() as books:
        if not books.users.empty():
            require(books.users.get(actor), "manage users")
        elif actor == name:
            wanted = (_ADMIN, *wanted)
        else:
            books.users.add(actor, (_ADMIN,), actor)
        return books.users.add(name, wanted, actor)


def people(store: Store, *, actor: str) -> tuple[User, ...]:
    """Everybody and their roles, by name."""
    with store.reading() as books:
        require(books.users.get(actor), "show")
        return books.users.all()


def grant(store: Store, name: str, grants: Iterable[Grant], *, actor: str) -> User:
    """The user with these roles more."""
    with store.writing() as books:
        require(books.users.get(actor), "manage users")
        return books.users.grant(name, grants, actor)


def revoke(store: Store, name: str, grants: Iterable[Grant], *, actor: str) -> User:
    """The user without these roles; raises `LastAdmin` where nobody could manage users any more."""
    with store.writing() as books:
        require(books.users.get(actor), "manage users")
        return books.users.revoke(name, grants, actor)

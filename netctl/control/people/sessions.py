"""Where somebody is signed in, seen and ended by themselves or by an admin."""

from __future__ import annotations

from netctl.change.roles import require
from netctl.errors import UnknownSession
from netctl.model.accounts import Session
from netctl.store import Books, Store


def sessions(store: Store, user: str, *, actor: str) -> tuple[Session, ...]:
    """The sessions of `user`, the one seen last first; raises `NotAllowed` unless one's own or for an admin."""
    with store.reading() as books:
        _allow(books, user, actor)
        return books.sessions.of(user)


def end_session(store: Store, user: str, session: str, *, actor: str) -> None:
    """End the session of `user` with this id; raises `UnknownSession` or `NotAllowed`."""
    with store.writing() as books:
        _allow(books, user, actor)
        if not books.sessions.end(user, (session,), actor, "account.end_session"):
            raise UnknownSession(f"{user} has no session {session!r}", hint="it may have ended by itself")


def end_sessions(store: Store, user: str, *, actor: str, keep: str = "") -> int:
    """End all sessions of `user` but the one with id `keep`; returns how many there were."""
    with store.writing() as books:
        _allow(books, user, actor)
        return books.sessions.end_all(user, actor, keep=keep)


def _allow(books: Books, user: str, actor: str) -> None:
    books.users.get(user)
    if actor != user:
        require(books.users.get(actor), "manage users")

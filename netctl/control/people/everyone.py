"""Who there is, and how each of them gets in: what an admin looks at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from netctl.change.roles import require
from netctl.model.accounts import Link, PasswordState, Session, Token
from netctl.model.people import Grant, User
from netctl.store import Store


@dataclass(frozen=True, slots=True)
class Person:
    """One line about one user. `seen_at` is "" for somebody who is signed in nowhere."""

    user: User
    password: PasswordState
    linked: bool
    sessions: int
    tokens: int
    seen_at: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """One user with every way in that they have."""

    user: User
    password: PasswordState
    links: tuple[Link, ...]
    sessions: tuple[Session, ...]
    tokens: tuple[Token, ...]


def people(store: Store, *, actor: str) -> tuple[Person, ...]:
    """Everybody, by name; raises `NotAllowed` unless `actor` is an admin."""
    with store.reading() as books:
        require(books.users.get(actor), "manage users")
        states = books.accounts.states()
        linked = {each.user for each in books.accounts.identities()}
        tokens = Counter(each.user for each in books.tokens.of())
        sessions: dict[str, list[Session]] = {}
        for each in books.sessions.of():
            sessions.setdefault(each.user, []).append(each)
        return tuple(
            Person(
                user=user,
                password=states.get(user.name, PasswordState(set=False)),
                linked=user.name in linked,
                sessions=len(sessions.get(user.name, ())),
                tokens=tokens[user.name],
                seen_at=max((each.seen_at for each in sessions.get(user.name, ())), default=""),
            )
            for user in books.users.all()
        )


def person(store: Store, name: str, *, actor: str) -> PersonView:
    """One user; raises `UnknownUser`, or `NotAllowed` unless `actor` is an admin."""
    with store.reading() as books:
        require(books.users.get(actor), "manage users")
        user = books.users.get(name)
        return PersonView(
            user=user,
            password=books.accounts.states().get(name, PasswordState(set=False)),
            links=books.accounts.identities(name),
            sessions=books.sessions.of(name),
            tokens=books.tokens.of(name),
        )


def grants_of(store: Store, user: str) -> tuple[Grant, ...]:
    """The roles somebody has; their own business, so nobody is asked whether it may be told."""
    with store.reading() as books:
        return books.users.get(user).grants

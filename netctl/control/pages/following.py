"""Following what happens: which topics a person may follow, and the marks that tell when one has moved."""

from __future__ import annotations

from collections.abc import Collection

from netctl.change.roles import Step, reach, reaches, steps_of
from netctl.errors import UnknownChange
from netctl.model.people import User
from netctl.store import Books, Store
from netctl.store.marks import OF_A_CHANGE, TOPICS

__all__ = ["answers", "followable", "marks", "nobody_yet"]

_STEP_FOR: dict[str, Step] = {"audit": "read the audit log"}


def marks(store: Store, topics: Collection[str]) -> dict[str, str]:
    """The mark of each topic: a text that is another one whenever something of it has changed."""
    with store.reading() as books:
        return books.marks(topics)


def answers(store: Store) -> bool:
    """True where the store can be read; raises `StoreError` where not."""
    return bool(marks(store, ("audit",)))


def nobody_yet(store: Store) -> bool:
    """True where nobody could sign in, because there is no user at all."""
    with store.reading() as books:
        return books.users.empty()


def followable(store: Store, topics: Collection[str], *, user: str) -> tuple[str, ...]:
    """Those of the topics that `user` may follow, each once: that a change moves at all tells something about it."""
    with store.reading() as books:
        person = books.users.get(user)
        return tuple(topic for topic in dict.fromkeys(topics) if _may_follow(books, person, topic))


def _may_follow(books: Books, person: User, topic: str) -> bool:
    if topic in TOPICS:
        return _STEP_FOR.get(topic, "show") in steps_of(person)
    if not topic.startswith(OF_A_CHANGE) or "show" not in steps_of(person):
        return False
    try:
        change = books.changes.get(topic.removeprefix(OF_A_CHANGE))
    except UnknownChange:
        return False
    return reaches(reach(person, "show"), books.plans.organisations(change.plan_digest))

"""What was read of people and their sessions, kept in memory for as long as nobody acts.

Whatever gives or takes a role and whatever ends a session is in the audit log, written with it in one transaction. So
what was read after a look at the log holds while the log has not grown: a page costs that look, and nothing that was
taken away is held a moment longer. Sessions end by themselves as well; whoever asks for one says what time it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from weakref import WeakKeyDictionary

from netctl.model.accounts import Session
from netctl.model.people import User
from netctl.store import Store

MOST = 4096  # of each; more people than ever look at once
T = TypeVar("T")


@dataclass(slots=True)
class Known:
    """What was read while the audit log ended with entry `acts`: people by name, sessions by digest of their secret."""

    acts: int
    people: dict[str, User] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)

    def person(self, name: str, read: Callable[[], User]) -> User:
        """The person, read at most once; what `read` raises is not kept."""
        found = self.people.get(name)
        return found if found is not None else _keep(self.people, name, read())

    def keep_session(self, digest: str, session: Session) -> None:
        """Keep a session until somebody acts."""
        _keep(self.sessions, digest, session)


def known(store: Store, acts: int) -> Known:
    """What is known as of entry `acts`, which must have been asked for before anything is read into it."""
    found = _KNOWN.get(store)
    if found is None or found.acts != acts:
        found = _KNOWN[store] = Known(acts)
    return found


def _keep(into: dict[str, T], key: str, value: T) -> T:
    if len(into) >= MOST:
        into.clear()
    into[key] = value
    return value


_KNOWN: WeakKeyDictionary[Store, Known] = WeakKeyDictionary()

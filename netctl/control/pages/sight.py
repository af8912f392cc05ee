"""What a page that names nobody depends on: what its reader was given, and how far the store has come."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.change.roles import Step, steps_of
from netctl.errors import UnknownUser
from netctl.model.people import Grant
from netctl.store import Store
from netctl.store.marks import Pulse


@dataclass(frozen=True, slots=True)
class Sight:
    """Two people with the same grants see the same pages, until `pulse` moves or time goes by."""

    grants: tuple[Grant, ...]
    steps: frozenset[Step]
    pulse: Pulse


def sight(store: Store, user: str) -> Sight:
    """The sight of `user` now; somebody who is gone was given nothing."""
    with store.reading() as books:
        pulse = books.marks.pulse()
        try:
            person = books.users.get(user)
        except UnknownUser:
            return Sight((), frozenset(), pulse)
    return Sight(person.grants, steps_of(person), pulse)

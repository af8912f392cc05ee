"""What a page that names nobody depends on: what its reader was given, and how far the store has come."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.change.roles import Step, reach, steps_of
from netctl.control.network.atlas import Reach
from netctl.control.people.known import known
from netctl.errors import UnknownUser
from netctl.model.people import Grant, User
from netctl.store import Store
from netctl.store.pulse import Pulse


@dataclass(frozen=True, slots=True)
class Sight:
    """Two people with the same grants see the same pages, until `pulse` moves or time goes by."""

    grants: tuple[Grant, ...]
    steps: frozenset[Step]
    pulse: Pulse
    reach: Reach = frozenset()  # of what they may look at


def sight(store: Store, user: str) -> Sight:
    """The sight of `user` now; somebody who is gone was given nothing."""
    pulse = store.pulse()

    def read() -> User:
        with store.reading() as books:
            return books.users.get(user)

    try:
        person = known(store, pulse.acts).person(user, read)
    except UnknownUser:
        return Sight((), frozenset(), pulse)
    steps = steps_of(person)
    return Sight(person.grants, steps, pulse, reach(person, "show") if "show" in steps else frozenset())

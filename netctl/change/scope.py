"""Whose routers a change is about, held against whose routers a person may look at or act on.

A change is about routers of several organisations, or of the backbone, at once: only who reaches all of them may see
it, since its diff, its risks and its comments are about all of them.
"""

from __future__ import annotations

from collections.abc import Callable

from netctl.change.roles import Step, permit, reach, reaches
from netctl.model.change import Change
from netctl.store import Books


def permit_change(books: Books, user: str, step: Step, change: Change) -> None:
    """Nothing, or `UnknownUser`, or `NotAllowed` where the change reaches further than the user does."""
    permit(books.users.get(user), step, books.plans.organisations(change.plan_digest), where=change.id)


def within_reach(books: Books, user: str, step: Step) -> Callable[[Change], bool]:
    """What says of a change whether the user may take the step for it; raises `NotAllowed` where it is none ever.

    Two reads, however many changes are asked about.
    """
    reached = reach(books.users.get(user), step)
    if reached is None:
        return lambda _change: True
    owners = books.plans.owners()
    return lambda change: reaches(reached, owners.get(change.plan_digest, frozenset()))

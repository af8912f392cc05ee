"""What a change waits for, and whether it is one person's turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from netctl.change.approvals import askers, same_person, standing_votes
from netctl.change.roles import Step
from netctl.change.scope import within_reach
from netctl.change.windows import has_closed
from netctl.errors import NotAllowed
from netctl.model.change import Change
from netctl.store import Books, Store

__all__ = ["Turn", "turns", "waiting"]

Turn = Literal["", "approve", "push", "revise", "look"]
"""``revise``: somebody asks its author for changes. ``look``: it stopped, or a router is unknown."""


def waiting(store: Store, *, user: str) -> tuple[tuple[Change, Turn], ...]:
    """The changes that wait for this very person, newest first, with what for."""
    with store.reading() as books:
        sees, turn = within_reach(books, user, "show"), turns(books, user)
        alive = books.changes.all(("proposed", "approved", "stopped", "unknown"))
        found: list[tuple[Change, Turn]] = [(change, turn(change)) for change in alive if sees(change)]
    return tuple(each for each in found if each[1])


def turns(books: Books, user: str) -> Callable[[Change], Turn]:
    """What says of a change whether it is the user's turn, and for what."""
    at = books.now()
    approves, pushes, resumes = (_within(books, user, step) for step in ("approve", "push", "resume"))

    def turn(change: Change) -> Turn:
        if change.state == "proposed" and askers(change):
            return "revise" if same_person(user, change.author) else ""
        if change.state == "proposed":
            voted = any(same_person(user, vote.user) for vote in standing_votes(change))
            free = not voted and not same_person(user, change.author)
            return "approve" if free and approves(change) else ""
        if change.state == "approved":
            return "push" if pushes(change) and not has_closed(change.window, at) else ""
        return "look" if change.state in {"stopped", "unknown"} and resumes(change) else ""

    return turn


def _within(books: Books, user: str, step: Step) -> Callable[[Change], bool]:
    try:
        return within_reach(books, user, step)
    except NotAllowed:
        return lambda _change: False

"""All changes a person may see, each in one line: what it is, how far it came, and whether it is their turn."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.change.approvals import approvers, askers
from netctl.change.scope import within_reach
from netctl.control.changes.waiting import Turn, turns
from netctl.model.change import Change
from netctl.store import Books, Store

__all__ = ["ChangeLine", "change_list"]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in a list. `routers` and `worst`, the gravest severity of its findings, are its plan's."""

    change: Change
    approvals: int
    asked: bool  # somebody asks its author for changes
    routers: int
    worst: str
    open_threads: int
    done: int  # routers that are done; members are counted only where a push has not come to its end
    turn: Turn


def change_list(store: Store, *, user: str) -> tuple[ChangeLine, ...]:
    """All changes within the user's reach, newest first; no plan is read for it."""
    with store.reading() as books:
        sees, turn = within_reach(books, user, "show"), turns(books, user)
        outlines, threads = books.review.outlines(), books.review.open_threads()
        return tuple(
            ChangeLine(
                change=change,
                approvals=len(approvers(change)),
                asked=bool(askers(change)),
                routers=outlines.get(change.plan_digest, (0, ""))[0],
                worst=outlines.get(change.plan_digest, (0, ""))[1],
                open_threads=threads.get(change.id, 0),
                done=_done(books, change, outlines.get(change.plan_digest, (0, ""))[0]),
                turn=turn(change),
            )
            for change in books.changes.all()
            if sees(change)
        )


def _done(books: Books, change: Change, routers: int) -> int:
    if change.state in {"pushing", "stopped", "unknown"}:
        return sum(member.state == "done" for member in books.rollout.members(change.id))
    return routers if change.state == "done" else 0

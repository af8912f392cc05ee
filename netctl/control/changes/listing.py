"""All changes a person may see, each in one line: what it is, how far it came, and whether it is their turn."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.change.approvals import approvers, askers
from netctl.change.scope import within_reach
from netctl.control.changes.waiting import Turn, turns
from netctl.model.change import Change
from netctl.model.counts import TargetCount
from netctl.model.places import zone_target
from netctl.store import Books, Store

__all__ = ["ChangeLine", "change_list"]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in a list. `count` and `worst`, the gravest severity of its findings, are its plan's."""

    change: Change
    approvals: int
    asked: bool  # somebody asks its author for changes
    count: TargetCount
    worst: str
    open_threads: int
    done: int  # of `count.all`: a zone that comes in two steps is done with the second
    turn: Turn


def change_list(store: Store, *, user: str) -> tuple[ChangeLine, ...]:
    """All changes within the user's reach, newest first; no plan is read for it."""
    with store.reading() as books:
        sees, turn = within_reach(books, user, "show"), turns(books, user)
        outlines, threads = books.review.outlines(), books.review.open_threads()
        found = []
        for change in filter(sees, books.changes.all()):
            count, worst = outlines.get(change.plan_digest, (TargetCount(), ""))
            line = ChangeLine(
                change=change,
                approvals=len(approvers(change)),
                asked=bool(askers(change)),
                count=count,
                worst=worst,
                open_threads=threads.get(change.id, 0),
                done=_done(books, change, count),
                turn=turn(change),
            )
            found.append(line)
        return tuple(found)


def _done(books: Books, change: Change, count: TargetCount) -> int:
    """How many targets are done; members are counted only where a push has not come to its end."""
    if change.state not in {"pushing", "stopped", "unknown"}:
        return count.all if change.state == "done" else 0
    done: dict[str, bool] = {}
    for member in books.rollout.members(change.id):
        zone = zone_target(member.target)
        key = zone.group if zone else member.target
        done[key] = done.get(key, True) and member.state == "done"
    return sum(done.values())

"""Marks: a short text for each topic that pages follow live, another one whenever something of the topic changed.

They are asked once a second by every process that serves pages, so each is a `max` over an index, never a scan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection, Executable, func, select

from netctl.errors import UnknownChange
from netctl.model.moments import Clock
from netctl.store import tables
from netctl.store.changes import change_number
from netctl.store.pulse import LAST_WHOLE, stale_limit
from netctl.store.tables import watch

TOPICS = ("watch", "problems", "changes", "audit")
OF_A_CHANGE = "change:"  # and its id

# Asked every second and by every page that polls, and therefore made once.
_ROUND = select(func.max(watch.rounds.c.number))
_PROBLEMS = (
    select(func.max(tables.problems.problems.c.changed_at)),
    select(func.max(tables.problems.silences.c.number)),
    select(func.max(tables.problems.silences.c.ended_at)),
)
_STATES = select(tables.changes.c.state, func.count()).group_by(tables.changes.c.state)
_VOTES = select(func.max(tables.approvals.c.number))
_AUDIT = select(tables.audit_head.c.number)


class Marks:
    """The marks within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._of: Mapping[str, Callable[[], str]] = {
            "watch": self._watch,
            "problems": self._problems,
            "changes": self._changes,
            "audit": self._audit,
        }

    def __call__(self, topics: Collection[str]) -> dict[str, str]:
        """The mark of each topic; topics that do not exist are left out."""
        found = {topic: self._of[topic]() for topic in topics if topic in self._of}
        for topic in topics:
            if topic.startswith(OF_A_CHANGE) and (mark := self._change(topic.removeprefix(OF_A_CHANGE))):
                found[topic] = mark
        return found

    def _watch(self) -> str:
        """Moves as well when what was found last becomes too old: an open page must turn grey by itself."""
        number = self._first(_ROUND)
        last = self._connection.execute(LAST_WHOLE).one_or_none()
        if last is None:
            return number
        return f"{number} late" if last.began_at < stale_limit(self._clock, last.interval) else number

    def _problems(self) -> str:
        return " ".join(self._first(query) for query in _PROBLEMS)

    def _changes(self) -> str:
        counted = sorted(f"{state} {count}" for state, count in self._connection.execute(_STATES))
        return f"{' '.join(counted)} {self._first(_VOTES)}"

    def _audit(self) -> str:
        return self._first(_AUDIT)

    def _change(self, change: str) -> str:
        try:
            number = change_number(change)
        except UnknownChange:
            return ""
        changes, members = tables.changes.c, tables.members.c
        of = select(changes.state, changes.stop_requested, changes.plan_digest).where(changes.number == number)
        moved = select(func.count(), func.max(members.at)).where(members.change == number)
        parts = [
            self._first(of),
            self._first(moved),
            self._first(select(func.max(tables.approvals.c.number)).where(tables.approvals.c.change == number)),
            self._first(select(func.max(tables.receipts.c.number)).where(tables.receipts.c.change == number)),
            self._first(_reviewed(number)),
            self._first(_started(number)),
        ]
        return " ".join(parts)

    def _first(self, query: Executable) -> str:
        row = self._connection.execute(query).first()
        return " ".join(str(value) for value in row) if row else ""


def _reviewed(change: int) -> Executable:
    comments = tables.review.comments.c
    return select(func.max(comments.number), func.max(comments.resolved_at)).where(comments.change == change)


def _started(change: int) -> Executable:
    starts = tables.review.starts.c
    return select(func.max(starts.number), func.max(starts.taken_at), func.max(starts.ended_at)).where(
        starts.change == change
    )

"""Which changes touched what: the way from a router that is not well to what was done to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from netctl.model.change import ChangeState, MemberState
from netctl.store import tables
from netctl.store.changes import change_id

_TOUCHED = ("in_flight", "done", "rolled_back", "failed", "unknown")
_PUSHED = ("pushing", "done", "stopped", "unknown", "rolled_back")
_MANY = 500  # names in one query


@dataclass(frozen=True, slots=True)
class Trace:
    """One change at one router: how far it came there, and when."""

    change: str
    title: str
    state: ChangeState
    author: str
    digest: str
    target: str  # "" for the change as a whole
    member: MemberState | None
    at: str  # when the router, or the last of them, came to stand as it does


# Asked for every router's page, and therefore made once.
_OF = (
    select(tables.changes, tables.members.c.target, tables.members.c.state.label("member"), tables.members.c.at)
    .join_from(tables.members, tables.changes, tables.changes.c.number == tables.members.c.change)
    .where(tables.members.c.target.in_(bindparam("targets", expanding=True)), tables.members.c.state.in_(_TOUCHED))
    .order_by(tables.members.c.at.desc())
    .limit(bindparam("most"))
)


class Traces:
    """Changes by what they touched, within one transaction. Reads by index only: histories grow."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, targets: Collection[str], most: int = 20) -> tuple[Trace, ...]:
        """Changes that came to touch one of some routers, the last first; one line for each change and router."""
        rows = self._connection.execute(_OF, {"targets": sorted(targets)[:_MANY], "most": most})
        return tuple(_trace(row) for row in rows)

    def latest(self, most: int = 20) -> tuple[Trace, ...]:
        """The last changes that were pushed, by number: the highest first, with the last moment of any router."""
        return tuple(_trace(row) for row in self._connection.execute(self._pushed().limit(most)))

    def between(self, since: str, until: str, most: int = 20) -> tuple[Trace, ...]:
        """Changes that touched any router in this time, the last first, with the last moment of it."""
        members, changes = tables.members.c, tables.changes.c
        within = select(members.change, func.max(members.at).label("at"))
        within = within.where(members.at >= since, members.at <= until, members.state.in_(_TOUCHED))
        moved = within.group_by(members.change).order_by(func.max(members.at).desc()).limit(most).subquery()
        query: Select[Any] = select(tables.changes, moved.c.at).join(moved, changes.number == moved.c.change)
        return tuple(_trace(row) for row in self._connection.execute(query.order_by(moved.c.at.desc())))

    @staticmethod
    def _pushed() -> Select[Any]:
        members, changes = tables.members.c, tables.changes.c
        last = select(func.max(members.at)).where(members.change == changes.number).scalar_subquery()
        query: Select[Any] = select(tables.changes, last.label("at")).where(changes.state.in_(_PUSHED))
        return query.order_by(changes.number.desc())


def _trace(row: Row[Any]) -> Trace:
    fields = row._mapping  # noqa: SLF001  SQLAlchemy's name for it
    return Trace(
        change=change_id(row.number),
        title=row.title,
        state=row.state,
        author=row.author,
        digest=row.plan_digest,
        target=fields.get("target", ""),
        member=fields.get("member"),
        at=row.at or row.created_at,
    )

"""What reviewers leave on a change: comments in threads, and ticks on what they have looked at."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from netctl.errors import UnknownComment
from netctl.model.counts import TargetCount
from netctl.model.moments import Clock, stamp
from netctl.model.review import Anchor, Comment, Tick
from netctl.store import tables
from netctl.store.audit import Audit
from netctl.store.changes import change_id, change_number
from netctl.store.tables import review


class Review:
    """Comments and ticks within one transaction. Comments enter the audit log; a tick is only a reader's mark."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    def comments(self, change: str) -> tuple[Comment, ...]:
        """All comments on a change, oldest first, those on its earlier plans too."""
        query = select(review.comments).where(review.comments.c.change == change_number(change))
        return tuple(_comment(row) for row in self._connection.execute(query.order_by(review.comments.c.number)))

    def comment(self, change: str, number: int) -> Comment:
        """One comment on a change; raises `UnknownComment`."""
        query = select(review.comments).where(
            review.comments.c.change == change_number(change), review.comments.c.number == number
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UnknownComment(f"there is no comment {number}", where=change_id(change_number(change)))
        return _comment(row)

    def add(self, change: str, user: str, text: str, *, anchor: Anchor, quoted: str = "", answers: int = 0) -> Comment:
        """One more comment; `answers` is the comment that begins the thread."""
        values = {
            "change": change_number(change),
            "digest": anchor.digest,
            "plan_group": anchor.group,
            "line": anchor.line,
            "quoted": quoted,
            "user_name": user,
            "text": text,
            "at": stamp(self._clock()),
            "answers": answers,
            "resolved_by": "",
            "resolved_at": "",
        }
        adding = insert(review.comments).values(values).returning(review.comments.c.number)
        number = int(self._connection.execute(adding).scalar_one())
        told = {"comment": str(number), "digest": anchor.digest, "text": text}
        told |= {"group": str(anchor.group), "line": str(anchor.line), "answers": str(answers)}
        self._audit.append(user, "change.comment", change_id(change_number(change)), told)
        return self.comment(change, number)

    def resolve(self, change: str, number: int, user: str) -> Comment:
        """The thread that begins with this comment is settled."""
        return self._settle(change, number, user, "change.resolve", by=user, at=stamp(self._clock()))

    def reopen(self, change: str, number: int, user: str) -> Comment:
        """The thread that begins with this comment is not settled after all."""
        return self._settle(change, number, user, "change.reopen", by="", at="")

    def _settle(self, change: str, number: int, user: str, action: str, *, by: str, at: str) -> Comment:
        before = self.comment(change, number)
        if bool(before.resolved_by) == bool(by):
            return before
        mine = review.comments.c.number == number
        self._connection.execute(update(review.comments).where(mine).values(resolved_by=by, resolved_at=at))
        self._audit.append(user, action, before.change, {"comment": str(number)})
        return self.comment(change, number)

    def ticks(self, change: str, digest: str) -> tuple[Tick, ...]:
        """Who has looked at which group of this plan; ticks on another plan are none on this one."""
        ticks = review.ticks.c
        query = select(review.ticks).where(ticks.change == change_number(change), ticks.digest == digest)
        rows = self._connection.execute(query.order_by(ticks.plan_group, ticks.at, ticks.user_name))
        return tuple(Tick(row.user_name, row.digest, row.plan_group, row.at) for row in rows)

    def tick(self, change: str, user: str, digest: str, group: int) -> None:
        """The user has looked at a group; saying it again changes nothing."""
        mine = {"change": change_number(change), "user_name": user, "digest": digest, "plan_group": group}
        if any((each.user, each.group) == (user, group) for each in self.ticks(change, digest)):
            return
        self._connection.execute(insert(review.ticks).values(mine | {"at": stamp(self._clock())}))

    def untick(self, change: str, user: str, digest: str, group: int) -> None:
        """The user takes that back."""
        ticks = review.ticks.c
        self._connection.execute(
            delete(review.ticks).where(
                ticks.change == change_number(change),
                ticks.user_name == user,
                ticks.digest == digest,
                ticks.plan_group == group,
            )
        )

    def open_threads(self) -> dict[str, int]:
        """How many threads on each change's plan of now are not settled."""
        comments = review.comments.c
        query = (
            select(comments.change, func.count().label("open"))
            .join(tables.changes, tables.changes.c.number == comments.change)
            .where(comments.answers == 0, comments.resolved_by == "", comments.digest == tables.changes.c.plan_digest)
            .group_by(comments.change)
        )
        return {change_id(row.change): int(row.open) for row in self._connection.execute(query)}

    def outlines(self) -> dict[str, tuple[TargetCount, str]]:
        """For each plan by digest: how much of what it changes, and the gravest severity of its findings."""
        rows = self._connection.execute(select(review.plan_outlines))
        return {row.digest: (TargetCount(row.routers, row.servers, row.zones), row.worst) for row in rows}


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        number=row.number,
        change=change_id(row.change),
        anchor=Anchor(row.digest, row.plan_group, row.line),
        quoted=row.quoted,
        user=row.user_name,
        text=row.text,
        at=row.at,
        answers=row.answers,
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
    )

"""Changes and the votes on them. What may follow what is decided in `netctl.change`; here it is kept, and told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Row, func, insert, select, update

from netctl.errors import UnknownChange
from netctl.model.change import Approval, Change, ChangeState, Window
from netctl.model.moments import Clock, stamp
from netctl.store import tables
from netctl.store.audit import Audit
from netctl.store.plans import PlanCopy, Plans, owners_in_words

SEARCHED = 2000
"""Changes whose titles a search looks at: the newest."""

_ID = re.compile(r"(?:[Cc]-)?([0-9]{1,15})\Z")


def change_number(change: str) -> int:
    """The number in ``C-000123``, ``c-123`` or ``123``; raises `UnknownChange`."""
    found = _ID.match(change)
    if not found:
        raise UnknownChange(f"{change!r} is not the number of a change", hint="a change is named like C-000123")
    return int(found.group(1))


def change_id(number: int) -> str:
    """``C-000123``."""
    return f"C-{number:06}"


class Titled(NamedTuple):
    """A change as a search by title finds it."""

    id: str
    title: str
    state: ChangeState
    plan_digest: str


class Changes:
    """The changes within one transaction; every method that writes also appends to the audit log."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit, plans: Plans) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit
        self._plans = plans

    def add(
        self, plan: PlanCopy, *, title: str, reason: str, author: str, window: Window, approvals_needed: int
    ) -> Change:
        """A new change in state ``proposed``, with the store's own copy of its plan."""
        digest = self._plans.keep(plan)
        number = (self._connection.execute(select(func.max(tables.changes.c.number))).scalar() or 0) + 1
        values = {
            "number": number,
            "title": title,
            "reason": reason,
            "author": author,
            "plan_digest": digest,
            "state": "proposed",
            "opens": window.opens,
            "closes": window.closes,
            "approvals_needed": approvals_needed,
            "created_at": stamp(self._clock()),
            "stop_requested": False,
        }
        self._connection.execute(insert(tables.changes).values(values))
        told = {"title": title, "reason": reason, "digest": digest, "approvals_needed": str(approvals_needed)}
        told |= {"opens": window.opens, "closes": window.closes}
        told |= {"organisations": owners_in_words(plan.organisations)}
        self._audit.append(author, "change.propose", change_id(number), told)
        return self.get(change_id(number))

    def get(self, change: str) -> Change:
        """One change; raises `UnknownChange`."""
        number = change_number(change)
        row = self._connection.execute(select(tables.changes).where(tables.changes.c.number == number)).one_or_none()
        if row is None:
            raise UnknownChange(f"there is no change {change_id(number)}")
        return _change(row, self._votes(number).get(number, ()))

    def all(self, states: tuple[ChangeState, ...] = ()) -> tuple[Change, ...]:
        """All changes, newest first; `states` keeps those in one of them."""
        query = select(tables.changes).order_by(tables.changes.c.number.desc())
        if states:
            query = query.where(tables.changes.c.state.in_(states))
        votes = self._votes(states=states)
        return tuple(_change(row, votes.get(row.number, ())) for row in self._connection.execute(query))

    def last(self, state: ChangeState, most: int) -> tuple[str, ...]:
        """The newest changes in a state, by id."""
        changes = tables.changes.c
        query = select(changes.number).where(changes.state == state).order_by(changes.number.desc()).limit(most)
        return tuple(change_id(row.number) for row in self._connection.execute(query))

    def titled(self, text: str, most: int) -> tuple[Titled, ...]:
        """Changes with this text in their title, newest first; only the last `SEARCHED` are looked at."""
        changes = tables.changes.c
        newest = select(func.max(changes.number)).scalar_subquery()
        query = (
            select(changes.number, changes.title, changes.state, changes.plan_digest)
            .where(changes.number > newest - SEARCHED)
            .where(func.lower(changes.title).contains(text.lower(), autoescape=True))
            .order_by(changes.number.desc())
            .limit(most)
        )
        return tuple(Titled(change_id(number), *rest) for number, *rest in self._connection.execute(query))

    def tally(self) -> dict[ChangeState, int]:
        """How many changes there are in each state that any is in."""
        state = tables.changes.c.state
        query = select(state, func.count()).group_by(state)
        return {row[0]: int(row[1]) for row in self._connection.execute(query)}

    def record(self, after: Change, actor: str, action: str, detail: Mapping[str, str] | None = None) -> Change:
        """Keep what a rule made of a change: its state, digest, approvals needed, and the votes that are new."""
        before = self.get(after.id)
        number = change_number(after.id)
        values = {
            "state": after.state,
            "plan_digest": after.plan_digest,
            "approvals_needed": after.approvals_needed,
        }
        if after.state == "pushing":
            values["stop_requested"] = False
        self._connection.execute(update(tables.changes).where(tables.changes.c.number == number).values(values))
        for vote in after.approvals[len(before.approvals) :]:
            self._vote(number, vote)
        told = {"from": before.state, "to": after.state, "digest": after.plan_digest, **(detail or {})}
        self._audit.append(actor, action, after.id, told)
        return self.get(after.id)

    def request_stop(self, change: str, actor: str, reason: str) -> None:
        """Ask a rollout to stop before its next member."""
        number = change_number(change)
        values = {"stop_requested": True}
        self._connection.execute(update(tables.changes).where(tables.changes.c.number == number).values(values))
        self._audit.append(actor, "change.request_stop", change_id(number), {"reason": reason})

    def stop_requested(self, change: str) -> bool:
        """True since somebody asked the rollout under way to stop."""
        query = select(tables.changes.c.stop_requested).where(tables.changes.c.number == change_number(change))
        return bool(self._connection.execute(query).scalar())

    def _vote(self, number: int, vote: Approval) -> None:
        values = {
            "change": number,
            "user_name": vote.user,
            "verdict": vote.verdict,
            "digest": vote.digest,
            "reason": vote.reason,
            "at": vote.at,
        }
        self._connection.execute(insert(tables.approvals).values(values))

    def _votes(self, number: int = 0, states: tuple[ChangeState, ...] = ()) -> dict[int, tuple[Approval, ...]]:
        query = select(tables.approvals).order_by(tables.approvals.c.number)
        if number:
            query = query.where(tables.approvals.c.change == number)
        if states:  # few are under way, however many there have been
            those = select(tables.changes.c.number).where(tables.changes.c.state.in_(states))
            query = query.where(tables.approvals.c.change.in_(those))
        found: dict[int, list[Approval]] = defaultdict(list)
        for row in self._connection.execute(query):
            found[row.change].append(Approval(row.user_name, row.verdict, row.digest, row.reason, row.at))
        return {key: tuple(votes) for key, votes in found.items()}


def _change(row: Row[tuple[object, ...]], votes: tuple[Approval, ...]) -> Change:
    return Change(
        id=change_id(row.number),
        title=row.title,
        reason=row.reason,
        author=row.author,
        plan_digest=row.plan_digest,
        state=row.state,
        window=Window(row.opens, row.closes),
        approvals=votes,
        approvals_needed=row.approvals_needed,
        created_at=row.created_at,
    )

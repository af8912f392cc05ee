"""What a push remembers: where each member stands, every step's receipt, and what each target held before.

Receipts are lines that are only ever added. When a member's state changes, the audit entry that says so carries a seal
over its receipts so far: the receipts are then as hard to rewrite as the audit log itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from sqlalchemy import Connection, Select, case, func, insert, literal_column, select, update

from netctl.errors import GroupBusy
from netctl.model.artefact import Part, RunningState
from netctl.model.change import Flight, MemberState, MemberVerdict, ReceiptLine
from netctl.model.moments import Clock, stamp
from netctl.store import tables
from netctl.store.audit import Audit
from netctl.store.changes import change_id, change_number
from netctl.store.plans import packed, unpacked
from netctl.store.wording import tame


class Rollout:
    """Members, receipts and snapshots within one transaction."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    def enrol(self, change: str, members: Iterable[tuple[str, str]]) -> None:
        """Members as (target, redundancy group) in the order they come up; those enrolled already stay as they are."""
        known = {verdict.target for verdict in self.members(change)}
        waiting = {"change": change_number(change), "state": "waiting", "detail": "", "at": stamp(self._clock())}
        new = [
            waiting | {"target": target, "redundancy_group": group, "position": position}
            for position, (target, group) in enumerate(members)
            if target not in known
        ]
        if new:
            self._connection.execute(insert(tables.members), new)

    def members(self, change: str) -> tuple[MemberVerdict, ...]:
        """Where each member stands, in the order of the plan; empty before the push began."""
        members = tables.members.c
        query = select(tables.members).where(members.change == change_number(change)).order_by(members.position)
        return tuple(MemberVerdict(row.target, row.state, row.detail) for row in self._connection.execute(query))

    def tally(self) -> dict[str, tuple[int, int]]:
        """How many members of each change are done, and how many it has."""
        members = tables.members.c
        done = func.sum(case((members.state == "done", 1), else_=0))
        query = select(members.change, done.label("done"), func.count().label("of")).group_by(members.change)
        return {change_id(row.change): (int(row.done), int(row.of)) for row in self._connection.execute(query)}

    def flights(self, since: str) -> tuple[Flight, ...]:
        """Members in flight now, and those that ended well after `since`; by index only, however long the history."""
        members, receipts = tables.members.c, tables.receipts.c
        last = select(func.max(receipts.at)).where(receipts.change == members.change, receipts.target == members.target)
        query = select(members.change, members.target, members.state, members.at, last.scalar_subquery().label("step"))
        # A literal: only then do both databases see that the index over members in flight holds the answer.
        flying = query.where(members.state == literal_column("'in_flight'"))
        ended = query.where(members.at >= since, members.state.in_(("done", "rolled_back")))
        return tuple(
            Flight(change_id(row.change), row.target, row.state, max(row.at, row.step or ""))
            for which in (ended, flying)
            for row in self._connection.execute(which)  # in no order: one by moment would read all members
        )

    def set_member(self, change: str, target: str, state: MemberState, detail: str, actor: str) -> None:
        """Put a member into a state; saying the same again changes nothing.

        Raises `GroupBusy` where another member of its redundancy group, of whatever change, is in flight, and
        `LookupError` for a target that was not enrolled.
        """
        number = change_number(change)
        mine = (tables.members.c.change == number) & (tables.members.c.target == target)
        row = self._connection.execute(select(tables.members).where(mine)).one_or_none()
        if row is None:
            raise LookupError(f"{target} is not a member of {change}")
        detail = tame(detail)
        if (row.state, row.detail) == (state, detail):
            return
        if state == "in_flight":
            self._refuse_beside(row.redundancy_group, number, target)
        values = {"state": state, "detail": detail, "at": stamp(self._clock())}
        self._connection.execute(update(tables.members).where(mine).values(values))
        told = {"target": target, "from": row.state, "detail": detail, "receipts": self.seal(change, target)}
        self._audit.append(actor, f"member.{state}", change_id(number), told)

    def _refuse_beside(self, group: str, number: int, target: str) -> None:
        members = tables.members.c
        query = select(members.change, members.target).where(
            members.redundancy_group == group, members.state == "in_flight"
        )
        for row in self._connection.execute(query):
            if (row.change, row.target) != (number, target):
                raise GroupBusy(f"{row.target} of group {group} is in flight in {change_id(row.change)}", where=target)

    def write(self, line: ReceiptLine) -> ReceiptLine:
        """Add a receipt line unless the member's last line on this step says the same; returns the one that stands."""
        line = replace(line, detail=tame(line.detail))
        last = next(iter(self._lines(self._of(line.change, line.target, line.step).limit(1), backwards=True)), None)
        if last and (last.outcome, last.detail, last.worker) == (line.outcome, line.detail, line.worker):
            return last
        line = replace(line, at=line.at or stamp(self._clock()))
        values = asdict(line) | {"change": change_number(line.change)}
        self._connection.execute(insert(tables.receipts).values(values))
        return line

    def lines(self, change: str, target: str = "") -> tuple[ReceiptLine, ...]:
        """Receipt lines in the order they were written."""
        return self._lines(self._of(change, target, ""))

    def seal(self, change: str, target: str, count: int = -1) -> str:
        """``N:SHA-256`` over a member's first `count` receipt lines, or all of them."""
        lines = self.lines(change, target)
        lines = lines if count < 0 else lines[:count]
        text = json.dumps([[line.step, line.outcome, line.detail, line.worker, line.at] for line in lines])
        return f"{len(lines)}:{hashlib.sha256(text.encode()).hexdigest()}"

    def keep(self, change: str, state: RunningState) -> None:
        """Keep what a target held before the change; the first one kept stays."""
        if self.kept(change, state.target) is not None:
            return
        values = {
            "change": change_number(change),
            "target": state.target,
            "platform": state.platform,
            "digest": state.digest,
            "content": packed([[part.name, part.text] for part in state.parts]),
            "at": stamp(self._clock()),
        }
        self._connection.execute(insert(tables.snapshots).values(values))

    def kept(self, change: str, target: str) -> RunningState | None:
        """What a target held before the change, if the change came to touch it."""
        snapshots = tables.snapshots.c
        query = select(tables.snapshots).where(snapshots.change == change_number(change), snapshots.target == target)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        parts = tuple(Part(name, text) for name, text in unpacked(row.content))
        return RunningState(row.target, row.platform, parts)

    def _of(self, change: str, target: str, step: str) -> Select[tuple[object, ...]]:
        receipts = tables.receipts.c
        query: Select[tuple[object, ...]] = select(tables.receipts).where(receipts.change == change_number(change))
        if target:
            query = query.where(receipts.target == target)
        return query.where(receipts.step == step) if step else query

    def _lines(self, query: Select[tuple[object, ...]], *, backwards: bool = False) -> tuple[ReceiptLine, ...]:
        number = tables.receipts.c.number
        rows = self._connection.execute(query.order_by(number.desc() if backwards else number))
        return tuple(
            ReceiptLine(change_id(row.change), row.target, row.step, row.outcome, row.detail, row.worker, row.at)
            for row in rows
        )

"""The audit log: in the transaction of what it tells, chained by hashes, guarded by triggers (safety law 9)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from netctl.model.audit import AuditEntry, AuditReport, Head, check_chain
from netctl.model.moments import Clock, stamp
from netctl.store import tables

_PAGE = 1000


class Audit:
    """The log within one transaction. `os_user` is noted wherever the actor is somebody else."""

    def __init__(self, connection: Connection, clock: Clock, os_user: str) -> None:
        self._connection = connection
        self._clock = clock
        self._os_user = os_user

    def lock(self, *, at_once: bool = False) -> None:
        """Hold the end of the log until the transaction ends: that is what puts all writers in a row.

        `at_once` is for who would rather not write than wait.
        """
        self._connection.execute(select(tables.audit_head.c.id).with_for_update(nowait=at_once)).all()

    def append(self, actor: str, action: str, subject: str, detail: Mapping[str, str] | None = None) -> AuditEntry:
        """Add one entry; it exists if and only if the transaction it stands in does."""
        last = self.head()
        said = dict(detail or {})
        if self._os_user not in ("", actor):
            said["os_user"] = self._os_user
        entry = AuditEntry(last.number + 1, stamp(self._clock()), actor, action, subject, said, last.hash)
        entry = replace(entry, hash=entry.sealed())
        self._connection.execute(insert(tables.audit).values(_row(entry)))
        self._connection.execute(update(tables.audit_head).values(number=entry.number, hash=entry.hash))
        return entry

    def head(self) -> Head:
        """The last entry's number and hash, as recorded beside the log."""
        row = self._connection.execute(select(tables.audit_head.c.number, tables.audit_head.c.hash)).one()
        return Head(row.number, row.hash)

    def entries(self, *, after: int = 0, limit: int = 0, subject: str = "") -> Iterator[AuditEntry]:
        """Entries in order, read in pages; `subject` keeps those about one change or user."""
        left = limit
        while True:
            size = min(_PAGE, left) if limit else _PAGE
            query = select(tables.audit).where(tables.audit.c.number > after).order_by(tables.audit.c.number)
            if subject:
                query = query.where(tables.audit.c.subject == subject)
            page = self._connection.execute(query.limit(size)).mappings().all()
            for row in page:
                yield entry_of(row)
            left -= len(page)
            if len(page) < size or (limit and left <= 0):
                return
            after = page[-1]["number"]

    def verify(self, recorded: Iterable[Head] = ()) -> AuditReport:
        """Walk the whole chain; it must end where the store recorded, and pass through every head in `recorded`."""
        head = self.head()
        report = check_chain(self.entries(), (*recorded, head))
        if report.holds and report.head != head:
            told = f"the log goes on to entry {report.head.number}, but the store recorded {head.number}"
            return replace(report, broken_at=head.number + 1, broken=told)
        return report


def _row(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": json.dumps(dict(entry.detail), sort_keys=True),
        "previous": entry.previous,
        "hash": entry.hash,
    }


def entry_of(row: RowMapping) -> AuditEntry:
    """One row of the table as an entry."""
    try:
        detail = json.loads(row["detail"])
    except ValueError:
        detail = {"unreadable": row["detail"]}  # someone wrote there; the hash will not agree
    return AuditEntry(
        number=row["number"],
        at=row["at"],
        actor=row["actor"],
        action=row["action"],
        subject=row["subject"],
        detail=detail,
        previous=row["previous"],
        hash=row["hash"],
    )

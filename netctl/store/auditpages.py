"""Parts of the audit log: by who, about what, when; in pages that begin behind an entry, however long the log is."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from netctl.model.audit import AuditEntry, AuditFilter
from netctl.store import tables
from netctl.store.audit import entry_of
from netctl.store.changes import change_id


class AuditPages:
    """Pages of the log within one transaction. Every filter has an index; none of them reads what is not shown."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self,
        wanted: AuditFilter,
        *,
        behind: int = 0,
        limit: int,
        newest_first: bool = False,
        subjects: Collection[str] | None = None,
    ) -> tuple[AuditEntry, ...]:
        """At most `limit` entries beyond number `behind` in the direction asked for (0: from the beginning of it).

        `subjects` are those the reader may know of; `None` for all.
        """
        entries = tables.audit.c
        query = select(tables.audit).where(*self._conditions(wanted))
        if behind:
            query = query.where(entries.number < behind if newest_first else entries.number > behind)
        if subjects is not None:
            query = query.where(entries.subject.in_(subjects))
        query = query.order_by(entries.number.desc() if newest_first else entries.number).limit(limit)
        return tuple(entry_of(row) for row in self._connection.execute(query).mappings())

    def actions(self) -> tuple[str, ...]:
        """Every action there is in the log: one look into the index for each."""
        action, found, last = tables.audit.c.action, [], ""
        while last := self._connection.execute(select(func.min(action)).where(action > last)).scalar() or "":
            found.append(last)
        return tuple(found)

    def _conditions(self, wanted: AuditFilter) -> list[ColumnElement[bool]]:
        entries = tables.audit.c
        found: list[ColumnElement[bool]] = []
        if wanted.actor:
            found.append(entries.actor == wanted.actor)
        if wanted.subject:
            found.append(entries.subject == wanted.subject)
        if wanted.action:
            room = [action for action in self.actions() if action.startswith(f"{wanted.action}.")]
            found.append(entries.action.in_([wanted.action, *room]))
        if wanted.since:
            found.append(entries.at >= wanted.since)
        if wanted.until:
            found.append(entries.at < wanted.until)
        if wanted.device:
            found.append(self._about(wanted.device))
        return found

    def _about(self, device: str) -> ColumnElement[bool]:
        """Entries about a router itself, or about it as a member of a change."""
        entries, members = tables.audit.c, tables.members.c
        query = select(members.change).where(members.target == device)
        changes = [change_id(row.change) for row in self._connection.execute(query)]
        told = json.dumps({"target": device})[1:-1]
        as_member = and_(entries.subject.in_(changes), entries.detail.contains(told, autoescape=True))
        return or_(entries.subject == device, as_member)

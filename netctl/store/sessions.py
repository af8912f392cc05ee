"""Browsers that people are signed in with. The secret of each is in its cookie; here is its digest."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from netctl.model.accounts import Session
from netctl.model.moments import Clock, stamp
from netctl.store import tables
from netctl.store.audit import Audit

# Asked at every request: made once, since making a query costs more than asking it.
_BY_DIGEST = select(tables.accounts.sessions).where(tables.accounts.sessions.c.digest == bindparam("digest"))


class Sessions:
    """The sessions within one transaction."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit
        self._table = tables.accounts.sessions

    def begin(self, digest: str, session: Session, action: str = "account.sign_in") -> None:
        """Keep a session; those that ended by themselves are swept out."""
        self._connection.execute(delete(self._table).where(self._table.c.expires_at <= stamp(self._clock())))
        values = asdict(session) | {"digest": digest, "user_name": session.user}
        del values["user"]
        self._connection.execute(insert(self._table).values(values))
        told = {"session": session.id, "way": session.way, "address": session.address}
        self._audit.append(session.user, action, session.user, told)

    def get(self, digest: str) -> Session | None:
        """The session with this secret, while it lasts."""
        row = self._connection.execute(_BY_DIGEST, {"digest": digest}).one_or_none()
        found = _session(row) if row is not None else None
        return found if found and found.lasts(self._clock()) else None

    def of(self, user: str = "") -> tuple[Session, ...]:
        """Sessions that last, of one user or of all, the one seen last first."""
        query = select(self._table).order_by(self._table.c.seen_at.desc(), self._table.c.id)
        if user:
            query = query.where(self._table.c.user_name == user)
        now = self._clock()
        return tuple(each for each in map(_session, self._connection.execute(query)) if each.lasts(now))

    def owners(self) -> dict[str, str]:
        """Whose every session is, by id; one whose id is not made of its secret goes by the digest of that."""
        rows = self._connection.execute(select(self._table.c.id, self._table.c.digest, self._table.c.user_name))
        return {row.id if row.digest.startswith(row.id) else row.digest: row.user_name for row in rows}

    def touch(self, digest: str) -> None:
        """It was seen now."""
        mine = self._table.c.digest == digest
        self._connection.execute(update(self._table).where(mine).values(seen_at=stamp(self._clock())))

    def drop(self, digest: str) -> None:
        """Forget one session without a word; another one takes its place."""
        self._connection.execute(delete(self._table).where(self._table.c.digest == digest))

    def end(self, user: str, ids: tuple[str, ...], actor: str, action: str) -> int:
        """End these sessions of a user; returns how many there were. One audit entry tells of all."""
        mine = (self._table.c.user_name == user) & self._table.c.id.in_(ids)
        gone = [row.id for row in self._connection.execute(select(self._table.c.id).where(mine))]
        if gone:
            self._connection.execute(delete(self._table).where(mine))
            self._audit.append(actor, action, user, {"sessions": " ".join(sorted(gone))})
        return len(gone)

    def end_all(self, user: str, actor: str, *, keep: str = "") -> int:
        """End all sessions of a user but the one with id `keep`; returns how many there were."""
        ids = tuple(each.id for each in self.of(user) if each.id != keep)
        return self.end(user, ids, actor, "account.end_sessions")


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        user=row.user_name,
        csrf=row.csrf,
        way=row.way,
        signed_in_at=row.signed_in_at,
        authenticated_at=row.authenticated_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
        idle_seconds=row.idle_seconds,
        address=row.address,
        agent=row.agent,
    )

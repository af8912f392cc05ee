"""Tokens of programs. Each is shown once, when it is made; here is its digest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from netctl.model.accounts import Token
from netctl.model.moments import Clock, stamp
from netctl.store import tables
from netctl.store.audit import Audit

# Asked at every request: made once, since making a query costs more than asking it.
_BY_DIGEST = select(tables.accounts.tokens).where(tables.accounts.tokens.c.digest == bindparam("digest"))


class Tokens:
    """The tokens within one transaction."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit
        self._table = tables.accounts.tokens

    def add(self, digest: str, token: Token) -> None:
        """Keep a token."""
        values = {
            "digest": digest,
            "id": token.id,
            "user_name": token.user,
            "name": token.name,
            "scope": token.scope,
            "created_at": token.created_at,
            "expires_at": token.expires_at,
            "used_at": token.used_at,
        }
        self._connection.execute(insert(self._table).values(values))
        told = {"token": token.id, "name": token.name, "scope": token.scope, "until": token.expires_at}
        self._audit.append(token.user, "account.make_token", token.user, told)

    def get(self, digest: str) -> Token | None:
        """The token with this secret, while it lasts."""
        row = self._connection.execute(_BY_DIGEST, {"digest": digest}).one_or_none()
        return _token(row) if row is not None and row.expires_at > stamp(self._clock()) else None

    def of(self, user: str = "") -> tuple[Token, ...]:
        """Tokens of one user, or all, newest first; also those that have expired."""
        query = select(self._table).order_by(self._table.c.created_at.desc(), self._table.c.id)
        if user:
            query = query.where(self._table.c.user_name == user)
        return tuple(map(_token, self._connection.execute(query)))

    def touch(self, digest: str) -> None:
        """It was used now."""
        mine = self._table.c.digest == digest
        self._connection.execute(update(self._table).where(mine).values(used_at=stamp(self._clock())))

    def revoke(self, user: str, ids: tuple[str, ...], actor: str) -> int:
        """Forget these tokens of a user; returns how many there were."""
        mine = (self._table.c.user_name == user) & self._table.c.id.in_(ids)
        gone = [row.id for row in self._connection.execute(select(self._table.c.id).where(mine))]
        if gone:
            self._connection.execute(delete(self._table).where(mine))
            self._audit.append(actor, "account.revoke_token", user, {"tokens": " ".join(sorted(gone))})
        return len(gone)


def _token(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        user=row.user_name,
        name=row.name,
        scope=row.scope,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )

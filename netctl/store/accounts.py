"""Passwords, one-time links for them, and who a directory's people are. Only hashes and digests are kept.

What gives somebody a way in is told in the audit log with a print of the row: `netctl audit verify` then finds a row
that nobody wrote through netctl.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from netctl.errors import IdentityTaken
from netctl.model.accounts import Link, PasswordState
from netctl.model.moments import Clock, stamp
from netctl.store import tables
from netctl.store.audit import Audit


def print_of(hashed: str) -> str:
    """What the log says of a hash: enough to know it again, nothing to guess passwords with."""
    return hashlib.sha256(hashed.encode()).hexdigest()[:32]


class Accounts:
    """How people are known, within one transaction."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    def password(self, user: str) -> str:
        """The hash of somebody's password; "" where none is set."""
        passwords = tables.accounts.passwords.c
        return self._connection.execute(select(passwords.hash).where(passwords.user_name == user)).scalar() or ""

    def passwords(self) -> dict[str, str]:
        """All hashes by user."""
        return {row.user_name: row.hash for row in self._connection.execute(select(tables.accounts.passwords))}

    def set_password(self, user: str, hashed: str, actor: str, *, action: str = "account.set_password") -> None:
        """Set somebody's password; a link that was out for it is void."""
        table = tables.accounts.passwords
        self._connection.execute(delete(table).where(table.c.user_name == user))
        values = {"user_name": user, "hash": hashed, "changed_at": stamp(self._clock())}
        self._connection.execute(insert(table).values(values))
        self._drop_link(user)
        self._audit.append(actor, action, user, {"print": print_of(hashed)})

    def states(self) -> dict[str, PasswordState]:
        """What is known of everybody's password, of those who have one or a link out."""
        changed = {row.user_name: row.changed_at for row in self._connection.execute(select(tables.accounts.passwords))}
        now = stamp(self._clock())
        out = {
            row.user_name: row.expires_at
            for row in self._connection.execute(select(tables.accounts.password_links))
            if row.expires_at > now
        }
        return {
            user: PasswordState(user in changed, changed.get(user, ""), out.get(user, "")) for user in {*changed, *out}
        }

    def make_link(self, user: str, digest: str, seconds: int, actor: str) -> str:
        """Let whoever holds the secret set the password of `user`, once; returns until when. An older link is void."""
        self._drop_link(user)
        until = stamp(self._clock() + timedelta(seconds=seconds))
        values = {"user_name": user, "digest": digest, "expires_at": until}
        self._connection.execute(insert(tables.accounts.password_links).values(values))
        self._audit.append(actor, "account.make_link", user, {"until": until, "print": digest[:32]})
        return until

    def link_user(self, digest: str) -> str:
        """Whose password a link sets; "" where it is void."""
        links = tables.accounts.password_links.c
        query = select(links.user_name).where(links.digest == digest, links.expires_at > stamp(self._clock()))
        return self._connection.execute(query).scalar() or ""

    def link_prints(self) -> dict[str, str]:
        """The prints of all links by user, as the log tells them."""
        return {
            row.user_name: row.digest[:32] for row in self._connection.execute(select(tables.accounts.password_links))
        }

    def _drop_link(self, user: str) -> None:
        table = tables.accounts.password_links
        self._connection.execute(delete(table).where(table.c.user_name == user))

    def known_as(self, issuer: str, subject: str) -> str:
        """Which user a directory's subject is; "" where it is not linked."""
        identities = tables.accounts.identities.c
        query = select(identities.user_name).where(identities.issuer == issuer, identities.subject == subject)
        return self._connection.execute(query).scalar() or ""

    def identities(self, user: str = "") -> tuple[Link, ...]:
        """The links of one user, or all."""
        query = select(tables.accounts.identities).order_by(
            tables.accounts.identities.c.user_name, tables.accounts.identities.c.issuer
        )
        if user:
            query = query.where(tables.accounts.identities.c.user_name == user)
        return tuple(Link(row.issuer, row.subject, row.user_name, row.at) for row in self._connection.execute(query))

    def link(self, issuer: str, subject: str, user: str) -> None:
        """Link a subject to a user for good; raises `IdentityTaken` where the user is another subject already."""
        if any(each.issuer == issuer for each in self.identities(user)):
            raise IdentityTaken(f"{user} is linked to another subject of the provider", where=issuer)
        values = {"issuer": issuer, "subject": subject, "user_name": user, "at": stamp(self._clock())}
        self._connection.execute(insert(tables.accounts.identities).values(values))
        self._audit.append(user, "account.link", user, {"issuer": issuer, "subject": subject})

    def unlink(self, user: str, actor: str) -> int:
        """Forget who a user is in directories; returns how many links there were."""
        table = tables.accounts.identities
        gone = self.identities(user)
        self._connection.execute(delete(table).where(table.c.user_name == user))
        for each in gone:
            self._audit.append(actor, "account.unlink", user, {"issuer": each.issuer, "subject": each.subject})
        return len(gone)

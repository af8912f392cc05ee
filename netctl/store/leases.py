"""Leases: one owner at a time, for a while, with a fence number that rises with every owner.

A process that slept through the end of its lease does not know it. What it does next must carry its fence, and is
refused when that is no longer the highest.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, Row, insert, select, update

from netctl.errors import LeaseLost
from netctl.model.moments import Clock, stamp
from netctl.store import tables


class Leases:
    """The leases within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def take(self, name: str, owner: str, seconds: float) -> int:
        """The fence of a lease now held by `owner`; raises `LeaseLost` while somebody else holds it."""
        row = self._find(name)
        if row is None:
            values = {"name": name, "owner": owner, "fence": 1, "expires_at": self._in(seconds)}
            self._connection.execute(insert(tables.leases).values(values))
            return 1
        if row.owner not in ("", owner) and row.expires_at > self._in(0):
            raise LeaseLost(f"{name} is held by {row.owner} until {row.expires_at}")
        self._set(name, owner=owner, fence=row.fence + 1, expires_at=self._in(seconds))
        return int(row.fence) + 1

    def renew(self, name: str, fence: int, seconds: float) -> None:
        """Hold on for `seconds` from now; raises `LeaseLost` where another owner came in between."""
        self.check(name, fence)
        self._set(name, expires_at=self._in(seconds))

    def check(self, name: str, fence: int) -> None:
        """Nothing, while nobody took the lease after this fence; raises `LeaseLost` otherwise."""
        row = self._find(name)
        if row is None or row.fence != fence or not row.owner:
            raise LeaseLost(f"{name} was taken over by {row.owner}" if row and row.owner else f"{name} is not held")

    def give_back(self, name: str, fence: int) -> None:
        """End a lease early; one that was taken over is left alone."""
        row = self._find(name)
        if row is not None and row.fence == fence:
            self._set(name, owner="")

    def _find(self, name: str) -> Row[tuple[object, ...]] | None:
        return self._connection.execute(select(tables.leases).where(tables.leases.c.name == name)).one_or_none()

    def _set(self, name: str, **values: object) -> None:
        self._connection.execute(update(tables.leases).where(tables.leases.c.name == name).values(**values))

    def _in(self, seconds: float) -> str:
        return stamp(self._clock() + timedelta(seconds=seconds))

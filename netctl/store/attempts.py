"""How often signing in failed lately, by name and by address. What is old is forgotten as new ones come in."""

from __future__ import annotations

import math
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from netctl.model.moments import Clock, read_moment, stamp
from netctl.store import tables


class Attempts:
    """The counts within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._table = tables.accounts.attempts

    def waiting(self, key: str, *, spared: int, longest: int) -> int:
        """Whole seconds until the next attempt may be made: after `spared` failures 1, 2, 4, 8 … up to `longest`."""
        row = self._connection.execute(select(self._table).where(self._table.c.key == key)).one_or_none()
        if row is None or row.failures < spared:
            return 0
        pause = min(longest, 2 ** min(row.failures - spared, 20))
        over = read_moment(row.last_at) + timedelta(seconds=pause)
        return max(0, math.ceil((over - self._clock()).total_seconds()))

    def count(self, key: str, *, forget_after: int) -> int:
        """One more failure; returns how many there were in a row, none of them older than `forget_after` seconds."""
        now = self._clock()
        cutoff = stamp(now - timedelta(seconds=forget_after))
        self._connection.execute(delete(self._table).where(self._table.c.last_at < cutoff))
        mine = self._table.c.key == key
        count = int(self._connection.execute(select(self._table.c.failures).where(mine)).scalar() or 0) + 1
        if count == 1:
            self._connection.execute(insert(self._table).values(key=key, failures=1, last_at=stamp(now)))
        else:
            self._connection.execute(update(self._table).where(mine).values(failures=count, last_at=stamp(now)))
        return count

    def forgive(self, key: str) -> None:
        """Forget the failures of a key."""
        self._connection.execute(delete(self._table).where(self._table.c.key == key))

    def take_back(self, key: str) -> None:
        """One failure less: the attempt that was counted before it was tried went well."""
        mine = (self._table.c.key == key) & (self._table.c.failures > 1)
        if not self._connection.execute(
            update(self._table).where(mine).values(failures=self._table.c.failures - 1)
        ).rowcount:
            self.forgive(key)

"""What routers went through: one row for every state and how long it lasted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from netctl.model.watch import Episode, Reason, Standing
from netctl.store.packing import pack_reasons, unpack_reasons
from netctl.store.tables import watch as tables

_ENDED = update(tables.episodes).where(tables.episodes.c.target == bindparam("of"), tables.episodes.c.until == "")

# Asked for every router's page, and therefore made once.
_OF = (
    select(tables.episodes)
    .where(tables.episodes.c.target == bindparam("target"))
    .where((tables.episodes.c.until == "") | (tables.episodes.c.until >= bindparam("since")))
    .order_by(tables.episodes.c.since.desc(), tables.episodes.c.number.desc())
    .limit(bindparam("most"))
)


class Episodes:
    """The episodes within one transaction. The one that lasts has no end; a router has one such at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, target: str, since: str, most: int) -> tuple[Episode, ...]:
        """What one router went through, newest first: all that had not ended by `since`."""
        rows = self._connection.execute(_OF, {"target": target, "since": since, "most": most})
        return tuple(Episode(row.target, row.state, row.since, row.until, unpack_reasons(row.reasons)) for row in rows)

    def follow(self, standings: Collection[Standing]) -> None:
        """Where a state is another one than before its episode ends, and the next begins."""
        episodes = tables.episodes.c
        query = select(episodes.target, episodes.state, episodes.reasons).where(episodes.until == "")
        lasting = {row.target: row for row in self._connection.execute(query)}
        over: list[dict[str, Any]] = []
        begun: list[dict[str, Any]] = []
        told: list[dict[str, Any]] = []
        for standing in standings:
            row = lasting.get(standing.target)
            reasons = pack_reasons(standing.reasons)
            if row is None or row.state != standing.state:
                begin = {"target": standing.target, "state": standing.state, "since": standing.since, "until": ""}
                begun.append(begin | {"reasons": reasons})
                if row is not None:
                    over.append({"of": standing.target, "ended": standing.since})
            elif reasons and reasons != row.reasons:
                all_of_them = pack_reasons(_united(unpack_reasons(row.reasons), standing.reasons))
                if all_of_them != row.reasons:
                    told.append({"of": standing.target, "all_of_them": all_of_them})
        if over:
            self._connection.execute(_ENDED.values(until=bindparam("ended")), over)
        if begun:
            self._connection.execute(insert(tables.episodes), begun)
        if told:
            self._connection.execute(_ENDED.values(reasons=bindparam("all_of_them")), told)

    def end(self, targets: Collection[str], at: str) -> None:
        """Nobody looks at these routers any more."""
        over = [{"of": target, "ended": at} for target in targets]
        if over:
            self._connection.execute(_ENDED.values(until=bindparam("ended")), over)

    def drop_before(self, at: str) -> None:
        """Forget what had ended by `at`."""
        until = tables.episodes.c.until
        self._connection.execute(delete(tables.episodes).where(until != "", until < at))


def _united(before: Collection[Reason], now: Collection[Reason]) -> tuple[Reason, ...]:
    """All reasons an episode has had, each as it was said first."""
    known = {(reason.code, reason.subject) for reason in before}
    return (*before, *(reason for reason in now if (reason.code, reason.subject) not in known))

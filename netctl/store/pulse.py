"""How far the store has come, in one look: asked for every page, so it is no transaction, and one statement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Engine, func, select

from netctl.model.moments import Clock, stamp
from netctl.model.watch import STALE_AFTER
from netctl.store import tables
from netctl.store.tables import watch

LAST_WHOLE = select(watch.rounds).where(watch.rounds.c.whole.is_(True)).order_by(watch.rounds.c.number.desc()).limit(1)
_PULSE = select(
    select(func.max(watch.rounds.c.number)).scalar_subquery(),
    select(func.max(tables.audit_head.c.number)).scalar_subquery(),
    LAST_WHOLE.with_only_columns(watch.rounds.c.began_at).scalar_subquery(),
    LAST_WHOLE.with_only_columns(watch.rounds.c.interval).scalar_subquery(),
)


class Pulse(NamedTuple):
    """One of these changes whenever a round of watching ends, anybody acts, or the last round becomes too old."""

    rounds: int
    acts: int
    late: bool


def statement(dialect: Dialect) -> str:
    """The question in the database's own words: SQLAlchemy's help with asking it costs ten times as much."""
    return str(_PULSE.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def look(engine: Engine, asked: str, clock: Clock) -> Pulse:
    """The pulse now; failures come as the driver's own or as SQLAlchemy's."""
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        cursor.execute(asked)
        rounds, acts, began_at, interval = cursor.fetchone()
        cursor.close()
    finally:
        connection.close()
    late = bool(began_at) and began_at < stale_limit(clock, interval)
    return Pulse(int(rounds or 0), int(acts or 0), late)


def stale_limit(clock: Clock, interval: float) -> str:
    """The moment before which a round with this interval is too long ago to say anything."""
    return stamp(clock() - timedelta(seconds=STALE_AFTER * interval))

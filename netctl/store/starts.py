"""Pushes that were asked for where no terminal is: the order a process takes once, and how it ended."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from netctl.errors import OrderVoid
from netctl.model.moments import Clock, read_moment, stamp
from netctl.model.review import Going, Start
from netctl.store.audit import Audit
from netctl.store.changes import change_id, change_number
from netctl.store.tables import review
from netctl.store.wording import tame

GOOD_FOR = timedelta(seconds=60)  # an order that was not taken by then never will be


class Starts:
    """The orders within one transaction. The secret of an order is known to its process alone; its hash is kept."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    def order(self, change: str, going: Going, user: str, secret: str) -> Start:
        """One process may do this, in the name of this user, once, within a minute."""
        values = {
            "change": change_number(change),
            "going": going,
            "user_name": user,
            "order_digest": _digest(secret),
            "at": stamp(self._clock()),
            "taken_at": "",
            "ended_at": "",
            "code": "",
            "message": "",
            "hint": "",
        }
        adding = insert(review.starts).values(values).returning(review.starts.c.number)
        number = int(self._connection.execute(adding).scalar_one())
        self._audit.append(user, "change.order", change_id(change_number(change)), {"going": going})
        return self._get(number)

    def take(self, secret: str) -> Start:
        """The order of whoever knows the secret, which is worth nothing from here on; raises `OrderVoid`."""
        query = select(review.starts).where(review.starts.c.order_digest == _digest(secret))
        row = self._connection.execute(query).one_or_none()
        if row is None or row.taken_at or self._clock() - read_moment(row.at) > GOOD_FOR:
            raise OrderVoid("there is no such order, it was taken already, or it is too old")
        self._set(row.number, taken_at=stamp(self._clock()))
        return self._get(row.number)

    def end(self, number: int, *, code: str = "", message: str = "", hint: str = "") -> None:
        """The process ended, and why where it did not end well."""
        told = {"code": code, "message": tame(message), "hint": tame(hint)}
        self._set(number, ended_at=stamp(self._clock()), **told)

    def of(self, change: str) -> tuple[Start, ...]:
        """All orders about a change, the latest first."""
        query = select(review.starts).where(review.starts.c.change == change_number(change))
        return tuple(_start(row) for row in self._connection.execute(query.order_by(review.starts.c.number.desc())))

    def _get(self, number: int) -> Start:
        return _start(self._connection.execute(select(review.starts).where(review.starts.c.number == number)).one())

    def _set(self, number: int, **values: str) -> None:
        self._connection.execute(update(review.starts).where(review.starts.c.number == number).values(values))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _start(row: Row[Any]) -> Start:
    return Start(
        number=row.number,
        change=change_id(row.change),
        going=row.going,
        user=row.user_name,
        at=row.at,
        taken_at=row.taken_at,
        ended_at=row.ended_at,
        code=row.code,
        message=row.message,
        hint=row.hint,
    )

"""Alerts on their way outside: written with the problem itself, sent afterwards, tried until a sink takes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from netctl.model.moments import Clock, stamp
from netctl.model.plain import from_plain, to_plain
from netctl.model.problems import Alert, Letter, SinkTrouble
from netctl.store.tables.problems import outbox
from netctl.store.wording import tame

TROUBLED = 3  # failed tries after which a sink is a problem itself

_FIRST_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(hours=1)
_KEPT = timedelta(days=3)  # what nobody took for so long tells nothing any more


class Outbox:
    """The letters within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def add(self, alerts: Iterable[Alert], sinks: Collection[str]) -> None:
        """One letter for each alert and sink, due now."""
        now = stamp(self._clock())
        base = {"at": now, "due_at": now, "tries": 0, "error": ""}
        new = []
        for alert in alerts:
            content = json.dumps(to_plain(alert), ensure_ascii=False)
            new += [base | {"sink": sink, "content": content} for sink in sinks]
        if new:
            self._connection.execute(insert(outbox), new)

    def due(self, sink: str, most: int) -> tuple[Letter, ...]:
        """What one sink should be given now, the oldest first."""
        query = select(outbox).where(outbox.c.sink == sink, outbox.c.due_at <= stamp(self._clock()))
        rows = self._connection.execute(query.order_by(outbox.c.number).limit(most))
        return tuple(
            Letter(row.number, row.sink, from_plain(Alert, json.loads(row.content)), row.tries, row.error)
            for row in rows
        )

    def delivered(self, letters: Iterable[Letter]) -> None:
        """They are told; nothing of them is kept."""
        self._remove([letter.number for letter in letters])

    def failed(self, letters: Iterable[Letter], error: str) -> None:
        """Try them again later, each time after a longer pause."""
        now = self._clock()
        for letter in letters:
            pause = min(_FIRST_PAUSE * 2 ** min(letter.tries, 20), _LONGEST_PAUSE)
            values = {"tries": letter.tries + 1, "due_at": stamp(now + pause), "error": tame(error, 500)}
            self._connection.execute(update(outbox).where(outbox.c.number == letter.number).values(values))

    def tidy(self, sinks: Collection[str]) -> None:
        """Forget what is too old, and what was for sinks that are not in use any more."""
        old = outbox.c.at < stamp(self._clock() - _KEPT)
        self._connection.execute(delete(outbox).where(old | outbox.c.sink.not_in(sinks)))

    def troubles(self) -> tuple[SinkTrouble, ...]:
        """Sinks that refused often enough that a person should look."""
        tries = func.max(outbox.c.tries)
        query = select(
            outbox.c.sink, func.count().label("of"), tries.label("tries"), func.max(outbox.c.error).label("e")
        )
        rows = self._connection.execute(query.group_by(outbox.c.sink).having(tries >= TROUBLED).order_by(outbox.c.sink))
        return tuple(SinkTrouble(row.sink, int(row.of), int(row.tries), row.e) for row in rows)

    def _remove(self, numbers: list[int]) -> None:
        self._connection.execute(delete(outbox).where(outbox.c.number.in_(numbers)))

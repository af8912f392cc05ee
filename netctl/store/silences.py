"""Silences: what makes no noise, until when, on whose word. Every step is in the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from netctl.errors import SilenceOver, UnknownSilence
from netctl.model.moments import Clock, stamp
from netctl.model.watch import Problem, Silence
from netctl.store.audit import Audit
from netctl.store.tables.problems import silences

EVERYTHING = "*"

_ID = re.compile(r"(?:[Ss]-)?([0-9]{1,15})\Z")

# Asked for whenever problems are, and therefore made once.
_IN_FORCE = (
    select(silences).where(silences.c.ended_at == "", silences.c.until > bindparam("now")).order_by(silences.c.number)
)


class Silences:
    """The silences within one transaction."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    def add(self, subject: str, code: str, *, user: str, reason: str, until: str) -> Silence:
        """What matches `subject` and `code` (either may be ``*``) makes no noise until `until`."""
        number = (self._connection.execute(select(func.max(silences.c.number))).scalar() or 0) + 1
        values = {
            "number": number,
            "subject": subject,
            "code": code,
            "user_name": user,
            "reason": reason,
            "at": stamp(self._clock()),
            "until": until,
            "ended_at": "",
        }
        self._connection.execute(insert(silences).values(values))
        told = {"subject": subject, "code": code, "reason": reason, "until": until}
        self._audit.append(user, "silence.add", silence_id(number), told)
        return self.get(silence_id(number))

    def get(self, silence: str) -> Silence:
        """One silence; raises `UnknownSilence`."""
        found = _ID.match(silence)
        query = select(silences).where(silences.c.number == int(found.group(1) if found else 0))
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UnknownSilence(f"there is no silence {silence!r}")
        return _silence(row)

    def all(self, *, most: int = 1000) -> tuple[Silence, ...]:
        """The newest silences, over or not."""
        rows = self._connection.execute(select(silences).order_by(silences.c.number.desc()).limit(most))
        return tuple(_silence(row) for row in rows)

    def in_force(self) -> tuple[Silence, ...]:
        """Those that silence something now."""
        rows = self._connection.execute(_IN_FORCE, {"now": stamp(self._clock())})
        return tuple(_silence(row) for row in rows)

    def ended(self, since: str, until: str) -> tuple[Silence, ...]:
        """Those that ended after `since` and up to `until`, early or in time."""
        early = (silences.c.ended_at > since) & (silences.c.ended_at <= until)
        in_time = (silences.c.ended_at == "") & (silences.c.until > since) & (silences.c.until <= until)
        return tuple(_silence(row) for row in self._connection.execute(select(silences).where(early | in_time)))

    def end(self, silence: str, *, user: str, reason: str) -> Silence:
        """The silence, ended before its time; raises `UnknownSilence` or `SilenceOver`."""
        found = self.get(silence)
        now = stamp(self._clock())
        if found.ended_at or found.until <= now:
            raise SilenceOver(f"it ended at {found.ended_at or found.until}", where=found.id)
        mine = silences.c.number == int(found.id[2:])
        self._connection.execute(update(silences).where(mine).values(ended_at=now))
        self._audit.append(user, "silence.end", found.id, {"reason": reason, "ended_at": now})
        return replace(found, ended_at=now)


def silence_id(number: int) -> str:
    """``S-000001``."""
    return f"S-{number:06}"


def silenced_until(places: Iterable[str], code: str, in_force: Iterable[Silence]) -> str:
    """When the last silence ends that covers one of `places` and `code`; "" where none does."""
    names = {*places, EVERYTHING}
    return max(
        (each.until for each in in_force if each.subject in names and each.code in (code, EVERYTHING)), default=""
    )


def hushed(problem: Problem) -> bool:
    """True where somebody said already that they know of it."""
    return problem.acknowledged is not None or bool(problem.silenced_until)


def _silence(row: Row[tuple[object, ...]]) -> Silence:
    return Silence(
        id=silence_id(row.number),
        subject=row.subject,
        code=row.code,
        user=row.user_name,
        reason=row.reason,
        at=row.at,
        until=row.until,
        ended_at=row.ended_at,
    )

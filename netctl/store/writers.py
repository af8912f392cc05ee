"""Which primary writes where the declared one does not: promotions, and every step of each.

There is one at a time. Who writes is what the latest one says that was not given up, from the moment it begins: until
it is done nobody may take updates, and a write that is sent to the new one before is refused by its server.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from netctl.errors import PromotionRefused
from netctl.model.moments import Clock, stamp
from netctl.model.promotion import Promotion, PromotionState, PromotionStep
from netctl.store.audit import Audit
from netctl.store.tables import writers as tables
from netctl.store.wording import tame

_TABLE = tables.promotions


class Writers:
    """Promotions within one transaction. All that happens to them enters the audit log."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    def latest(self) -> Promotion | None:
        """The last promotion that was not given up."""
        query = select(_TABLE).where(_TABLE.c.state != "given_up").order_by(_TABLE.c.number.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _promotion(row)

    def get(self, number: int) -> Promotion:
        """One promotion; raises `LookupError`."""
        row = self._connection.execute(select(_TABLE).where(_TABLE.c.number == number)).one_or_none()
        if row is None:
            raise LookupError(number)
        return _promotion(row)

    def all(self) -> tuple[Promotion, ...]:
        """All promotions, oldest first."""
        return tuple(_promotion(row) for row in self._connection.execute(select(_TABLE).order_by(_TABLE.c.number)))

    def begin(
        self,
        server: str,
        former: str,
        *,
        as_declared: bool,
        user: str,
        reason: str,
        digest: str,
        losing: Iterable[str],
        worker: str,
    ) -> Promotion:
        """From now on `server` is who writes; raises `PromotionRefused` while another promotion is under way."""
        before = self.latest()
        if before is not None and before.state == "begun":
            said = f"the promotion of {before.server} by {before.user} is under way since {before.begun_at}"
            raise PromotionRefused(said, where=server, hint=f"`netctl dns promote {before.server}` goes on with it")
        values = {"server": server, "former": former, "as_declared": as_declared, "state": "begun", "digest": digest}
        values |= {"user_name": user, "reason": reason, "losing": "\n".join(losing), "owed": "", "worker": worker}
        values |= {"begun_at": stamp(self._clock()), "ended_at": ""}
        number = self._connection.execute(insert(_TABLE).values(values).returning(_TABLE.c.number)).scalar_one()
        found = self.get(int(number))
        told = {"number": str(number), "former": former, "reason": reason, "digest": digest}
        told |= {"as_declared": "yes"} if as_declared else {}
        self._audit.append(user, "promotion.begin", server, told | _listed("losing", found.losing))
        return found

    def take_over(self, number: int, user: str, worker: str, *, before: str) -> Promotion:
        """Another process goes on with a promotion whose own one, `before`, is gone; of two that try, one does."""
        mine = (_TABLE.c.number == number, _TABLE.c.worker == before, _TABLE.c.state == "begun")
        if not self._connection.execute(update(_TABLE).where(*mine).values(worker=worker)).rowcount:
            raise PromotionRefused("another process goes on with it", where=self.get(number).server)
        found = self.get(number)
        self._audit.append(user, "promotion.resume", found.server, {"number": str(number)})
        return found

    def note(
        self,
        number: int,
        target: str,
        step: str,
        outcome: Literal["begun", "ok", "failed", "skipped"],
        *,
        actor: str,
        detail: str = "",
    ) -> PromotionStep:
        """One step, before it begins and when it ended."""
        said, at = tame(detail), stamp(self._clock())
        values = {"promotion": number, "target": target, "step": step, "outcome": outcome, "detail": said, "at": at}
        self._connection.execute(insert(tables.promotion_steps).values(values))
        told = {"number": str(number), "target": target, "step": step, "outcome": outcome}
        self._audit.append(actor, "promotion.step", target, told | ({"detail": said} if said else {}))
        return PromotionStep(target, step, outcome, said, at)

    def steps(self, number: int) -> tuple[PromotionStep, ...]:
        """Every step of a promotion, oldest first."""
        steps = tables.promotion_steps
        query = select(steps).where(steps.c.promotion == number).order_by(steps.c.number)
        return tuple(
            PromotionStep(row.target, row.step, row.outcome, row.detail, row.at)
            for row in self._connection.execute(query)
        )

    def finish(self, number: int, actor: str, owed: Iterable[str] = ()) -> Promotion:
        """The server writes; the `owed` have not had their turn yet. Said again, it changes who is owed alone."""
        return self._end(number, actor, "done", owed)

    def give_up(self, number: int, actor: str) -> Promotion:
        """It did not come to writing: who wrote before writes again."""
        return self._end(number, actor, "given_up", ())

    def _end(self, number: int, actor: str, state: PromotionState, owed: Iterable[str]) -> Promotion:
        before = self.get(number)
        self._set(number, state=state, owed="\n".join(owed), ended_at=before.ended_at or stamp(self._clock()))
        after = self.get(number)
        if after != before:
            told = {"number": str(number)} | _listed("owed", after.owed)
            self._audit.append(actor, f"promotion.{state.replace('_', '-')}", after.server, told)
        return after

    def _set(self, number: int, **values: str) -> None:
        self._connection.execute(update(_TABLE).where(_TABLE.c.number == number).values(**values))


def _listed(word: str, names: tuple[str, ...]) -> dict[str, str]:
    return {word: ", ".join(names)} if names else {}


def _promotion(row: Row[Any]) -> Promotion:
    return Promotion(
        number=row.number,
        server=row.server,
        former=row.former,
        as_declared=row.as_declared,
        state=row.state,
        user=row.user_name,
        reason=row.reason,
        digest=row.digest,
        losing=tuple(row.losing.splitlines()),
        owed=tuple(row.owed.splitlines()),
        worker=row.worker,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
    )

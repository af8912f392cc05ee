"""A change is taken back: all that it changed holds again what it held before, one member of a group at a time."""

from __future__ import annotations

from pathlib import Path

from netctl.change import steps
from netctl.control.books import open_store
from netctl.control.dns.writer import writer_in
from netctl.control.rollout.push import (
    Emit,
    PushReport,
    drive,
    engine_for,
    follow,
    look_up,
    refuse_alive_or_dead,
    refuse_if_keys_are_missing,
    report,
    take_back_overdue,
)
from netctl.control.rollout.resume import refuse_other_writer
from netctl.control.rollout.standing import boxes_now, zones_now
from netctl.errors import NothingToRollBack, WrongState
from netctl.model.moments import Clock, now, stamp
from netctl.push.engine import Begun, Engine
from netctl.push.reconcile import reconcile
from netctl.push.rollout import ROLLOUT
from netctl.push.sheet import Sheet, sheet_back, sheet_written_by
from netctl.push.way_back import plan_back
from netctl.push.zones_back import zones_back
from netctl.settings import Settings
from netctl.store import Receipts

__all__ = ["rollback"]


def rollback(
    root: Path,
    settings: Settings,
    change: str,
    *,
    user: str,
    emit: Emit = lambda _event: None,
    clock: Clock = now,
) -> PushReport:
    """Take a change back that is done, stopped or unknown, with the checks and in the order of any push.

    Needs the role of whoever may push and no further approval (see `netctl.push.way_back`). Killed half way, it is
    said again and goes on. Raises `NothingToRollBack`, `WrongState`, and what `push` raises.
    """
    with open_store(settings) as store:
        found = look_up(store, change)
        steps.require_role(store, user, "rollback", found.id)
        if found.state == "rolled_back":
            return report(store, found.id, already=True)
        if found.state not in {"done", "stopped", "unknown"}:
            raise WrongState(f"cannot roll back: the change is {found.state}", where=found.id)
        refuse_alive_or_dead(store, found)
        take_back_overdue(root, settings, store, found.id, emit)
        with engine_for(root, settings, store, emit) as engine:
            engine.announce(found.id)
            refuse_if_keys_are_missing(engine, found.id, settings)
            _go_back(engine, found.id, user, clock)
        return report(store, found.id)


def _go_back(engine: Engine, change: str, user: str, clock: Clock) -> None:
    known = engine.rollouts(change, ROLLOUT)
    if not known:
        raise NothingToRollBack("the change was never pushed", where=change)
    if not known[-1].ended:
        _go_on(engine, change, known[-1], user)
        return
    writer = writer_in(engine.store)
    forth = next(each.arguments[2] for each in reversed(known) if each.arguments[2]["direction"] == "forth")
    forth = sheet_written_by(forth, writer)
    reconcile(engine, change, sheet_written_by(known[-1].arguments[2], writer))
    back = _sheet_back(engine, change, forth, user, clock)
    drive(engine, change, back, user)


def _go_on(engine: Engine, change: str, begun: Begun, user: str) -> None:
    """The way back that was begun and whose worker died."""
    refuse_other_writer(begun, writer_in(engine.store))
    engine.take_over(change)
    follow(engine, change, user, lambda: engine.result(begun.identity))


def _sheet_back(engine: Engine, change: str, forth: Sheet, user: str, clock: Clock) -> Sheet:
    receipts = Receipts(engine.store, user)
    done = [member.target for member in receipts.members(change) if member.state == "done"]
    made = engine.plan(forth["plan"])
    running = boxes_now(engine, forth, done)
    zones = list(zones_back(made, done, zones_now(engine, forth, done)))
    plan = plan_back(made, change, receipts, running, stamp(clock()), zones=zones, rules=engine.rules)
    with engine.store.writing() as books:
        books.plans.keep(plan)
        books.audit.append(user, "change.begin_rollback", change, {"digest": plan.digest})
    return sheet_back(forth, plan, user)

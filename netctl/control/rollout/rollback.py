"""A change is taken back: every router it changed holds again what it held before, one member of a pair at a time."""

from __future__ import annotations

from pathlib import Path

from netctl.change import steps
from netctl.control.books import open_store
from netctl.control.rollout.push import (
    Emit,
    PushReport,
    drive,
    engine_for,
    follow,
    look_up,
    refuse_alive_or_dead,
    report,
)
from netctl.errors import NothingToRollBack, WrongState
from netctl.model.artefact import RunningState
from netctl.model.moments import Clock, now, stamp
from netctl.plan import fetch_states
from netctl.push.engine import Begun, Engine
from netctl.push.reconcile import reconcile
from netctl.push.rollout import ROLLOUT
from netctl.push.sheet import Sheet, device_of, sheet_back
from netctl.push.way_back import plan_back
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
        with engine_for(root, settings, store, emit) as engine:
            engine.announce(found.id)
            _go_back(engine, found.id, user, clock)
        return report(store, found.id)


def _go_back(engine: Engine, change: str, user: str, clock: Clock) -> None:
    known = engine.rollouts(change, ROLLOUT)
    if not known:
        raise NothingToRollBack("the change was never pushed", where=change)
    if not known[-1].ended:
        _go_on(engine, change, known[-1], user)
        return
    forth = next(each.arguments[2] for each in reversed(known) if each.arguments[2]["direction"] == "forth")
    reconcile(engine, change, known[-1].arguments[2])
    back = _sheet_back(engine, change, forth, user, clock)
    drive(engine, change, back, user)


def _go_on(engine: Engine, change: str, begun: Begun, user: str) -> None:
    """The way back that was begun and whose worker died."""
    engine.take_over(change)
    follow(engine, change, user, lambda: engine.result(begun.identity))


def _sheet_back(engine: Engine, change: str, forth: Sheet, user: str, clock: Clock) -> Sheet:
    receipts = Receipts(engine.store, user)
    done = [member.target for member in receipts.members(change) if member.state == "done"]
    running = _running(engine, forth, done)
    plan = plan_back(engine.plan(forth["plan"]), change, receipts, running, stamp(clock()), rules=engine.rules)
    with engine.store.writing() as books:
        books.plans.keep(plan)
        books.audit.append(user, "change.begin_rollback", change, {"digest": plan.digest})
    return sheet_back(forth, plan, user)


def _running(engine: Engine, sheet: Sheet, names: list[str]) -> dict[str, RunningState]:
    """What they hold now; raises where one of them cannot be read."""
    fetched = fetch_states(names, lambda name: engine.connect(device_of(sheet, name)), engine.settings.fetch_workers)
    if fetched.unreachable:
        name, error = fetched.unreachable[0]
        raise NothingToRollBack(f"{name} cannot be read: {error}", hint="bring it back first, then say it again")
    return dict(fetched.states)

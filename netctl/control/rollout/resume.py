"""A person's word that a rollout goes on: its worker died, it stopped, or nobody could read one of its routers."""

from __future__ import annotations

from collections.abc import Callable
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
    sheet_of_network,
    take_back_overdue,
)
from netctl.errors import NothingToResume, WorkerAlive, WriterMoved
from netctl.model.change import Change
from netctl.push.engine import Begun, Engine
from netctl.push.finish import finish_change
from netctl.push.liveness import workers_of
from netctl.push.reconcile import reconcile
from netctl.push.rollout import ROLLOUT
from netctl.push.sheet import Sheet, sheet_written_by
from netctl.settings import Settings
from netctl.store import Store

__all__ = ["resume"]


def resume(root: Path, settings: Settings, change: str, *, user: str, emit: Emit = lambda _event: None) -> PushReport:
    """Go on with a change, from what each of its routers holds now.

    * Its worker died: every router in flight is read, and the rollout goes on from the step where it was.
    * It stopped: what is left of its plan is pushed, under the approvals it has.
    * A router is unknown: it is read again and taken back; the change is stopped then, and may be resumed once more.
    * It is done already: nothing is left to do, and nothing is touched.

    Raises `NothingToResume`, `WorkerAlive`, and what `push` raises.
    """
    with open_store(settings) as store:
        found = look_up(store, change)
        steps.require_role(store, user, "resume", found.id)
        if found.state == "done":  # it got there before the word that stopped its worker did
            return report(store, found.id, already=True)
        if found.state not in {"pushing", "stopped", "unknown"}:
            raise NothingToResume(f"the change is {found.state}", where=found.id)
        if found.state == "pushing":
            _refuse_alive(store, found)
        else:
            refuse_alive_or_dead(store, found)
        take_back_overdue(root, settings, store, found.id, emit)
        with engine_for(root, settings, store, emit) as engine:
            engine.announce(found.id)
            refuse_if_keys_are_missing(engine, found.id, settings)
            _, plan = steps.resume(store, found.id, user=user)
            _go_on(engine, found, user, lambda: sheet_of_network(root, plan, user, writer_in(store)))
        return report(store, found.id)


def _go_on(engine: Engine, found: Change, user: str, new_sheet: Callable[[], Sheet]) -> None:
    writer = writer_in(engine.store)
    known = [each for each in engine.rollouts(found.id, ROLLOUT) if each.arguments[2]["direction"] == "forth"]
    if found.state == "unknown" and known:
        sheet = sheet_written_by(known[-1].arguments[2], writer)
        finish_change(engine, found.id, user, reconcile(engine, found.id, sheet))
    elif known and not known[-1].ended:
        refuse_other_writer(known[-1], writer)
        _take_over(engine, found.id, known[-1], user)
    else:
        drive(engine, found.id, sheet_written_by(known[-1].arguments[2], writer) if known else new_sheet(), user)


def refuse_other_writer(begun: Begun, writer: str) -> None:
    """Nothing, or `WriterMoved` where a rollout under way writes zones to a primary that no longer takes updates."""
    names = begun.arguments[2].get("names")
    if names is not None and names["writer"] != writer:
        then, now = names["writer"] or "the declared one", writer or "the declared one"
        raise WriterMoved(f"it began when {then} took updates, and {now} takes them now", where=begun.identity)


def _take_over(engine: Engine, change: str, begun: Begun, user: str) -> None:
    taken = engine.take_over(change)
    engine.emit({"event": "taken-over", "change": change, "target": "", "rollouts": taken})
    follow(engine, change, user, lambda: engine.result(begun.identity))


def _refuse_alive(store: Store, change: Change) -> None:
    with store.reading() as books:
        living = workers_of(books.workers.all(), change.id)
    if living:
        raise WorkerAlive(f"{change.id} is being pushed by {living[0]}", where=change.id)

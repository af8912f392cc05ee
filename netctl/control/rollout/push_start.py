"""A push that is asked for where no terminal is: a process of its own carries it out, whatever becomes of the asker.

The process is told its order through a pipe, and what it may do it reads in the store: who asked, for which change,
once, within a minute. There is no option that names a user, so there is none to abuse; whoever may write to the
store could do without. Its output goes to a file under `pushes` in netctl's home.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import netctl
from netctl.change import states
from netctl.change.approvals import enough
from netctl.change.roles import Step
from netctl.change.scope import permit_change
from netctl.change.windows import refuse_outside
from netctl.control.changes.sheets import SHEETS
from netctl.control.dns.names import names_digest
from netctl.control.network.declared import Declared
from netctl.control.rollout.push import refuse_alive_or_dead
from netctl.control.rollout.push_watch import begins
from netctl.errors import (
    AnotherDigest,
    NamesMoved,
    NetctlError,
    NetworkMoved,
    NothingToResume,
    NothingToRollBack,
    StartFailed,
    WorkerAlive,
    WrongState,
)
from netctl.model.change import Change
from netctl.model.moments import stamp
from netctl.model.review import Going, Start
from netctl.push.engine import refuse_contradicting
from netctl.push.liveness import workers_of
from netctl.settings import Settings
from netctl.store import Books, Store

__all__ = ["GOINGS", "refusals", "refuse", "start"]

GOINGS: tuple[Going, ...] = ("push", "resume", "rollback")
FOLDER = "pushes"


def refusals(
    store: Store, settings: Settings, declared: Declared, change: str, *, user: str
) -> dict[Going, NetctlError | None]:
    """For each way to go, why it would be refused now, or nothing."""
    found: dict[Going, NetctlError | None] = {}
    for going in GOINGS:
        try:
            refuse(store, settings, declared, change, going, user=user)
            found[going] = None
        except NetctlError as refusal:
            found[going] = refusal
    return found


def refuse(store: Store, settings: Settings, declared: Declared, change: str, going: Going, *, user: str) -> None:
    """Nothing, or what would stop it before any router is touched; the process itself asks all of it again.

    Raises `NotAllowed`, `WrongState`, `OutsideWindow`, `NetworkMoved`, `NamesMoved`, `WorkerAlive`,
    `RolloutNeedsResume`, `NothingToResume`, `NothingToRollBack` or `DeadlinesContradict`.
    """
    step: Step = going
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, step, found)
        if going == "push":
            _refuse_push(books, declared, found)
        elif going == "resume":
            _refuse_resume(books, found)
        else:
            _refuse_rollback(books, found)
    refuse_contradicting(settings)
    if going != "resume" or found.state != "pushing":
        refuse_alive_or_dead(store, found)


def start(
    root: Path,
    settings: Settings,
    store: Store,
    declared: Declared,
    *,
    change: str,
    going: Going,
    user: str,
    digest: str,
) -> Start:
    """Begin, and give the order that was written; how it goes on is told by the store.

    `digest` is that of the plan that was shown; raises `AnotherDigest`, `StartFailed`, and what `refuse` raises.
    """
    refuse(store, settings, declared, change, going, user=user)
    secret = secrets.token_urlsafe(32)
    with store.writing() as books:
        found = books.changes.get(change)
        permit_change(books, user, going, found)
        if digest != found.plan_digest:
            raise AnotherDigest("the change has another plan than the one that was shown", where=found.id)
        _refuse_twice(books, found)
        order = books.starts.order(found.id, going, user, secret)
    try:
        _spawn(root, settings, order, secret)
    except OSError as error:
        told = StartFailed(f"the process could not be started: {error.strerror or error}", where=found.id)
        with store.writing() as books:
            books.starts.end(order.number, code=told.code, message=told.message, hint=told.hint)
        raise told from error
    return order


def _refuse_push(books: Books, declared: Declared, change: Change) -> None:
    states.refuse_state(change, "begin_push")
    if not enough(change):
        raise WrongState("cannot push: its approvals do not stand", where=change.id)
    refuse_outside(change.window, books.now())
    declares = declared.network().digest
    sheet = SHEETS.of(books, change.plan_digest)
    planned = sheet.network_digest
    if planned != declares:
        told = f"the plan was made of network {planned[:12]}, the files declare {declares[:12]} now"
        raise NetworkMoved(told, where=change.id)
    book = declared.names_ready
    if sheet.names_digest and book is not None:
        now = book.once("names digest", lambda: names_digest(book.names.declared))
        if now != sheet.names_digest:
            told = f"the plan was made of names {sheet.names_digest[:12]}, the files declare {now[:12]} now"
            raise NamesMoved(told, where=change.id)


def _refuse_resume(books: Books, change: Change) -> None:
    if change.state not in {"pushing", "stopped", "unknown"}:
        raise NothingToResume(f"the change is {change.state}", where=change.id)
    living = workers_of(books.workers.all(), change.id, books.now)
    if living:
        raise WorkerAlive(f"{change.id} is being pushed by {living[0]}", where=change.id)


def _refuse_rollback(books: Books, change: Change) -> None:
    states.refuse_state(change, "take_back")
    if not books.rollout.members(change.id):
        raise NothingToRollBack("the change was never pushed", where=change.id)


def _refuse_twice(books: Books, change: Change) -> None:
    """Nothing, or `WorkerAlive` where somebody asked a moment ago and the process is about to begin."""
    for order in books.starts.of(change.id)[:1]:
        if begins(order, stamp(books.now())):
            raise WorkerAlive(f"{order.user} asked for a {order.going} a moment ago", where=change.id)


def _spawn(root: Path, settings: Settings, order: Start, secret: str) -> None:
    folder = settings.home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = os.open(folder / f"{order.change}-{order.number}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    told = {"secret": secret, "root": str(root.resolve()), "settings": asdict(settings) | {"home": str(settings.home)}}
    code = str(Path(netctl.__file__).resolve().parent.parent)
    try:
        process = subprocess.Popen(
            # -P: what lies in the folder the server was started in is no code of ours
            [sys.executable, "-P", "-m", "netctl.control.rollout.carry_out"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": code},
        )
    finally:
        os.close(log)
    assert process.stdin is not None
    with process.stdin as pipe:
        pipe.write(json.dumps(told).encode())
    threading.Thread(target=process.wait, name=f"push {order.change}", daemon=True).start()

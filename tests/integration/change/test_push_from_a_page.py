"""A push that a page asks for: a process of its own, an order that is good once, and everything told by the store."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from change_seeds import ROOT, add_people, large_plan, propose

from netctl.control.records import audit
from netctl.control.changes import decide
from netctl.control.network.declared import Declared
from netctl.control.rollout.push_start import refusals, refuse, start
from netctl.control.rollout.push_watch import PushView, watch
from netctl.errors import AnotherDigest, NetworkMoved, NotAllowed, OrderVoid, OutsideWindow, WorkerAlive, WrongState
from netctl.model.change import Change, Window
from netctl.settings import Settings
from netctl.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, connect_timeout=1, command_timeout=2, settle_deadline=3, confirm_deadline=30)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings.database_url, create=True) as opened:
        add_people(opened)
        yield opened


@pytest.fixture
def declared(settings: Settings) -> Iterator[Declared]:
    found = Declared(ROOT, settings)
    yield found
    found.close()


def approved(store: Store, **more: object) -> Change:
    change = propose(store, **more)
    return decide.decide(store, change.id, "approve", user="ben", digest=change.plan_digest, reason="looked at it")


def until_it_ended(store: Store, settings: Settings, change: str) -> PushView:
    """Asks the store, as a page does: nothing else tells of a process of its own."""
    ends = time.monotonic() + 90
    while time.monotonic() < ends:
        view = watch(store, settings, change, user="emi")
        if view.start is not None and view.start.ended_at:
            return view
        time.sleep(0.2)
    raise AssertionError("the push did not end")


def test_a_push_from_a_page_is_carried_out_by_a_process_of_its_own(store, settings, declared):
    change = approved(store)
    asked = {"change": change.id, "going": "push", "user": "daichi", "digest": change.plan_digest}
    begun = start(ROOT, settings, store, declared, **asked)
    assert watch(store, settings, change.id, user="emi").under_way
    with pytest.raises(WorkerAlive):  # a second click
        start(ROOT, settings, store, declared, **asked)
    view = until_it_ended(store, settings, change.id)
    # The reference network knows no host keys, so the first router is refused before it is touched.
    assert (view.change.state, dict(view.tally)) == ("stopped", {"failed": 1, "untouched": 2})
    assert view.start.code == "NETCTL-E0501"
    assert "NETCTL-E0304" in view.start.message
    assert not view.under_way
    assert (settings.home / "pushes" / f"{change.id}-{begun.number}.log").stat().st_mode & 0o777 == 0o600
    acts = [(entry.actor, entry.action) for entry in audit.log(store, user="fumi", subject=change.id)]
    assert [("daichi", "change.order"), ("daichi", "change.push")] == [act for act in acts if act[0] == "daichi"][:2]
    assert audit.verify(store, user="fumi").holds


def test_what_forbids_a_push_is_said_before_anything_starts(store, settings, declared):
    proposed = propose(store)
    with pytest.raises(WrongState):
        refuse(store, settings, declared, proposed.id, "push", user="daichi")
    early = approved(store, window=Window("2099-01-01T00:00:00Z", ""))
    with pytest.raises(OutsideWindow):
        refuse(store, settings, declared, early.id, "push", user="daichi")
    another = approved(store, plan=large_plan(4))
    with pytest.raises(NetworkMoved):
        refuse(store, settings, declared, another.id, "push", user="daichi")
    ready = approved(store)
    with pytest.raises(NotAllowed):
        refuse(store, settings, declared, ready.id, "push", user="ben")
    found = refusals(store, settings, declared, ready.id, user="daichi")
    assert {going: refusal and refusal.code for going, refusal in found.items()} == {
        "push": None,
        "resume": "NETCTL-E0505",
        "rollback": "NETCTL-E0405",
    }
    with pytest.raises(AnotherDigest):
        asked = {"change": ready.id, "going": "push", "user": "daichi", "digest": "0" * 64}
        start(ROOT, settings, store, declared, **asked)
    assert not (settings.home / "pushes").exists()


def test_an_order_is_good_once_and_for_a_minute(tmp_path):
    at = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    with Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True, clock=lambda: at[0]) as store:
        add_people(store)
        change = propose(store)
        with store.writing() as books:
            books.starts.order(change.id, "push", "daichi", "first secret")
            books.starts.order(change.id, "push", "daichi", "second secret")
        with store.writing() as books:
            assert books.starts.take("first secret").user == "daichi"
        at[0] += timedelta(seconds=61)
        for secret in ("first secret", "second secret", "a guess", ""):
            with pytest.raises(OrderVoid), store.writing() as books:
                books.starts.take(secret)
        with store.reading() as books:
            assert [order.taken_at != "" for order in books.starts.of(change.id)] == [False, True]


@pytest.mark.parametrize("told", ["", "{}", "[]", '{"secret": "x", "root": "/", "settings": {}}', "\x00", '"daichi"'])
def test_whoever_calls_the_process_by_hand_is_refused(told):
    done = call(told)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith("NETCTL-E0943")


def test_a_guessed_order_touches_nothing(store, settings):
    change = approved(store)
    order = {"secret": "guess", "root": str(ROOT), "settings": asdict(settings) | {"home": str(settings.home)}}
    assert call(json.dumps(order)).stderr.startswith("NETCTL-E0943")
    assert watch(store, settings, change.id, user="emi").change.state == "approved"


def call(told: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "netctl.control.rollout.carry_out"]
    return subprocess.run(program, input=told, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)


def test_what_a_process_finds_out_later_is_told_by_the_store(store, settings, declared):
    change = approved(store)
    asked = {"change": change.id, "user": "daichi", "digest": change.plan_digest}
    for going, code in (("push", "NETCTL-E0501"), ("resume", "NETCTL-E0501"), ("rollback", "NETCTL-E0506")):
        start(ROOT, settings, store, declared, going=going, **asked)
        view = until_it_ended(store, settings, change.id)
        assert (view.start.going, view.start.code) == (going, code)


ASKS_AND_DIES = """
import os, sys
from pathlib import Path
from netctl.control.network.declared import Declared
from netctl.control.rollout.push_start import start
from netctl.settings import Settings
from netctl.store import Store

home, root, change, digest = sys.argv[1:]
settings = Settings(home=Path(home), connect_timeout=1, command_timeout=2, settle_deadline=3, confirm_deadline=30)
store = Store.open(settings.database_url)
start(Path(root), settings, store, Declared(Path(root), settings),
      change=change, going="push", user="daichi", digest=digest)
os._exit(1)
"""


def test_a_push_goes_on_when_the_web_server_dies(store, settings):
    change = approved(store)
    arguments = [str(settings.home), str(ROOT), change.id, change.plan_digest]
    program = [sys.executable, "-c", ASKS_AND_DIES, *arguments]
    died = subprocess.run(program, timeout=60, cwd=ROOT, check=False)
    assert died.returncode == 1
    view = until_it_ended(store, settings, change.id)
    assert (view.change.state, view.start.code) == ("stopped", "NETCTL-E0501")

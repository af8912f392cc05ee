"""The lab watched as a network is: a router dies and the right things turn red within two intervals, and heal."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from live.small_lab import Lab
from unit.cli.program import environment

from netctl.control.watching.metrics import metrics
from netctl.control.watching.observe import Round, observe_forever, observe_once
from netctl.model.moments import now, read_moment
from netctl.model.watch import Reason, Standing
from netctl.settings import Settings
from netctl.store import Store

pytestmark = pytest.mark.live

SOON = 120.0  # seconds within which what must come comes
INTERVAL = 6
VICTIM, MATE, CORE = "rivers-hq-r1", "rivers-hq-r2", "core-main-1"


@pytest.fixture
def settings(lab: Lab, tmp_path: Path) -> Settings:
    database = f"sqlite:///{tmp_path / 'watch.db'}"
    return replace(
        lab.settings, database=database, observe_interval=INTERVAL, observe_timeout=2, drift_every=1, fetch_workers=8
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings.database_url, create=True) as opened:
        yield opened


@pytest.fixture
def until(lab: Lab, settings: Settings, store: Store) -> Iterator[Callable[[Callable[[], bool]], Round]]:
    """The watch, in a thread of its own: awaits the first round after which something holds."""
    rounds: queue.Queue[Round] = queue.Queue()
    stop = threading.Event()
    thread = threading.Thread(
        target=observe_forever, args=(lab.root, settings, store, stop), kwargs={"told": rounds.put}
    )
    thread.start()

    def awaited(holds: Callable[[], bool]) -> Round:
        while True:
            found = rounds.get(timeout=SOON)
            if holds():
                return found

    yield awaited
    stop.set()
    thread.join(SOON)
    assert not thread.is_alive()


def standing(store: Store, name: str) -> Standing:
    with store.reading() as books:
        found = books.watch.standing(name)
    assert found is not None
    return found


def graves(found: Standing) -> list[Reason]:
    return [reason for reason in found.reasons if reason.severity != "low"]


def codes(store: Store, name: str) -> set[str]:
    return {reason.code for reason in graves(standing(store, name))}


def states(store: Store) -> set[str]:
    with store.reading() as books:
        return {each.state for each in books.watch.standings().values()}


def grave_problems(store: Store) -> list[tuple[str, str]]:
    with store.reading() as books:
        found = books.problems.open(whole=True)
    return [(each.code, each.subject) for each in found if each.severity in ("medium", "high")]


def test_a_lab_that_was_just_raised_is_seen_to_be_well(lab: Lab, settings: Settings, store: Store) -> None:
    lab.wait_converged()
    observe_once(lab.root, settings, store)
    found = observe_once(lab.root, settings, store)
    deadline = time.monotonic() + SOON
    while told := {each.target: grave for each in found.standings if (grave := graves(each)) or each.state != "up"}:
        assert time.monotonic() < deadline, told  # BFD may need some seconds more than routing
        found = observe_once(lab.root, settings, store)
    core = standing(store, CORE)
    assert core.drift == "none"
    assert core.observation is not None
    assert {rate.interface for rate in core.rates} == {port.name for port in core.observation.interfaces}
    assert f'netctl_device_up{{device="{CORE}"' in metrics(store)


def test_a_dead_router_turns_the_right_things_red_within_two_intervals_and_heals(
    lab: Lab, store: Store, until: Callable[[Callable[[], bool]], Round], record_property: Callable[[str, object], None]
) -> None:
    lab.wait_converged()
    until(lambda: states(store) == {"up"})
    died = now()
    lab.fail(VICTIM)
    try:
        last = until(lambda: standing(store, VICTIM).state == "down")
        took = read_moment(last.mark.ended_at) - died
        record_property("seconds until a dead router is down", took.total_seconds())
        assert took < timedelta(seconds=2 * INTERVAL)
        until(lambda: {"WATCH-BGP", "WATCH-BFD", "WATCH-VRRP"} <= codes(store, MATE))
        until(lambda: {"WATCH-BGP", "WATCH-PORT"} <= codes(store, CORE))
        assert grave_problems(store) == [("WATCH-DEVICE-DOWN", VICTIM)]
    finally:
        lab.heal()
    lab.wait_converged()
    until(lambda: states(store) == {"up"})
    assert grave_problems(store) == []
    with store.reading() as books:
        assert [each.state for each in books.watch.episodes(VICTIM)][-2:] == ["down", "up"]


def test_a_silently_cut_line_is_told_by_both_its_ends(
    lab: Lab, store: Store, until: Callable[[Callable[[], bool]], Round]
) -> None:
    lab.wait_converged()
    until(lambda: states(store) == {"up"})
    lab.fail("rivers-hq:1", quietly=True)
    try:
        until(lambda: {"WATCH-BGP", "WATCH-BFD"} <= codes(store, VICTIM) & codes(store, CORE))
        assert standing(store, VICTIM).state == "degraded"
    finally:
        lab.heal()
    lab.wait_converged()
    until(lambda: states(store) == {"up"})


def test_the_program_watches_until_it_is_told_to_stop(lab: Lab) -> None:
    words = [sys.executable, "-m", "netctl", "--network", str(lab.root), "--lab", lab.name, "observe", "--json"]
    with subprocess.Popen(
        words, env=environment(lab.settings.home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        try:
            first = json.loads(program.stdout.readline())
            program.send_signal(signal.SIGTERM)
            _, errors = program.communicate(timeout=60)
        finally:
            program.kill()
    assert (program.returncode, errors) == (0, "")
    assert first["whole"] is True
    assert first["mark"]["targets"] == len(first["standings"])

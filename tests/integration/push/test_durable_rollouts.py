"""Rollouts on the real engine and store, in processes that are really killed, over the simulated network."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from netctl.push.names import STEPS
from netctl.store import Store
from tests.simulation.controller import build, network_at, settings_at
from tests.simulation.processes import Running, run

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def settled(home: Path) -> list[str]:
    """Every router's last line; nothing waits, nothing is drained, and no law was broken."""
    network = network_at(home)
    assert network.violations() == []
    for name in network.boxes:
        assert network.box(name)["pending"] is None, name
        assert not network.drained(name), name
    return [network.lines(name)[-1] for name in network.boxes]


def test_a_push_changes_all_and_a_second_push_changes_nothing(tmp_path: Path) -> None:
    change = build(tmp_path, 2)
    first = run(tmp_path, "push", change)
    assert first.status == 0
    assert set(first.states.values()) == {"done"}
    assert settled(tmp_path) == ["syslog new"] * 4
    commits = [network_at(tmp_path).boxes[name]["commits"] for name in network_at(tmp_path).boxes]
    second = run(tmp_path, "push", change)
    assert (second.status, second.report["already"]) == (0, True)
    assert [network_at(tmp_path).boxes[name]["commits"] for name in network_at(tmp_path).boxes] == commits


def test_a_rollback_leads_every_router_back_to_what_it_held(tmp_path: Path) -> None:
    change = build(tmp_path, 2)
    run(tmp_path, "push", change)
    back = run(tmp_path, "rollback", change)
    assert (back.status, back.report["state"]) == (0, "rolled_back")
    assert settled(tmp_path) == ["neighbor far"] * 4


# Every step, killed when its work is done and nobody knows; some when it was about to begin. The property tests and the
# live ones kill at all points.
POINTS = [(step, "after") for step in (*STEPS, "in-flight", "ended")]
POINTS += [("drain", "before"), ("confirm", "before"), ("release", "before")]


@pytest.mark.parametrize(("step", "when"), POINTS)
def test_killed_at_a_step_the_rollout_is_resumed_to_its_end(tmp_path: Path, step: str, when: str) -> None:
    change = build(tmp_path, 1)
    killed = run(tmp_path, "push", change, NETCTL_CRASH_AT=f"site1-r2:{step}:{when}")
    assert killed.status == -signal.SIGKILL
    resumed = run(tmp_path, "resume", change)
    assert resumed.status == 0, resumed.report
    assert settled(tmp_path) == ["syslog new"] * 2


def test_killed_and_resumed_after_the_routers_timer_ran_out_the_member_begins_anew(tmp_path: Path) -> None:
    change = build(tmp_path, 1)
    run(tmp_path, "push", change, NETCTL_CRASH_AT="site1-r2:verify:before")
    wait_for_timer(tmp_path, "site1-r2")
    assert "syslog new" not in network_at(tmp_path).lines("site1-r2")
    assert run(tmp_path, "resume", change).status == 0
    assert settled(tmp_path) == ["syslog new"] * 2


def test_a_dead_workers_change_blocks_others_until_a_person_resumes_it(tmp_path: Path) -> None:
    change = build(tmp_path, 1)
    run(tmp_path, "push", change, NETCTL_CRASH_AT="site1-r2:apply:after")
    refused = run(tmp_path, "push", change)
    assert (refused.status, refused.error["code"]) == (5, "NETCTL-E0507")
    assert run(tmp_path, "resume", change).status == 0


def test_a_living_workers_change_cannot_be_resumed(tmp_path: Path) -> None:
    change = build(tmp_path, 1)
    pushing = Running(tmp_path, "push", change)
    pushing.until(lambda event: event.get("step") == "drain")
    os.kill(pushing.pid, signal.SIGSTOP)
    try:
        refused = run(tmp_path, "resume", change)
    finally:
        os.kill(pushing.pid, signal.SIGCONT)
    assert (refused.status, refused.error["code"]) == (5, "NETCTL-E0504")
    assert pushing.wait().status == 0


def test_a_change_that_cuts_the_management_path_heals_itself_and_stops(tmp_path: Path) -> None:
    change = build(tmp_path, 2, {"site1-r2": ["cut"]})
    ended = run(tmp_path, "push", change)
    assert ended.status == 7
    assert ended.states["site1-r2"] == "rolled_back"
    assert {ended.states[name] for name in ("site1-r1", "site2-r1", "site2-r2")} == {"untouched"}
    assert settled(tmp_path) == ["neighbor far"] * 4


def test_a_router_that_dies_is_unknown_until_it_is_read_again(tmp_path: Path) -> None:
    change = build(tmp_path, 1)
    pushing = Running(tmp_path, "push", change)
    pushing.until(lambda event: event.get("step") == "verify")
    network_at(tmp_path).change("site1-r2", dead=True)
    ended = pushing.wait()
    assert (ended.status, ended.states["site1-r2"]) == (8, "unknown")
    network_at(tmp_path).change("site1-r2", dead=False)
    assert run(tmp_path, "resume", change).report["state"] == "stopped"
    assert settled(tmp_path) == ["neighbor far"] * 2
    assert run(tmp_path, "resume", change).report["state"] == "done"
    assert settled(tmp_path) == ["syslog new"] * 2


def test_the_first_interrupt_stops_between_members(tmp_path: Path) -> None:
    change = build(tmp_path, 1)
    pushing = Running(tmp_path, "push", change)
    pushing.until(lambda event: event.get("step") == "drain")
    os.kill(pushing.pid, signal.SIGINT)
    ended = pushing.wait()
    assert ended.status == 7
    assert ended.states == {"site1-r2": "done", "site1-r1": "untouched"}
    assert settled(tmp_path) == ["neighbor far", "syslog new"]
    assert run(tmp_path, "resume", change).status == 0


def test_a_database_that_fails_halts_the_worker_and_loses_nothing(tmp_path: Path) -> None:
    change = build(tmp_path, 1)
    pushing = Running(tmp_path, "push", change)
    pushing.until(lambda event: event.get("step") == "drained-check")
    with sqlite3.connect(tmp_path / "netctl.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        ended = pushing.wait(90)
        other.execute("ROLLBACK")
    assert (ended.status, ended.error["code"]) == (9, "NETCTL-E0611")
    resumed = run(tmp_path, "resume", change)
    assert resumed.status == 0
    assert settled(tmp_path) == ["syslog new"] * 2


def test_receipts_say_what_was_done_before_and_after_every_step(tmp_path: Path) -> None:
    change = build(tmp_path, 1)
    run(tmp_path, "push", change)
    with Store.open(settings_at(tmp_path).database_url) as store, store.reading() as books:
        lines = books.rollout.lines(change, "site1-r2")
    assert [(line.step, line.outcome) for line in lines] == [(step, end) for step in STEPS for end in ("begun", "ok")]


def wait_for_timer(home: Path, name: str) -> None:
    deadline = time.monotonic() + 20
    while network_at(home).box(name)["pending"] is not None:
        assert time.monotonic() < deadline
        time.sleep(0.05)

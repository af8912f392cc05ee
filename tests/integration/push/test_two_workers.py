"""Two workers on one real PostgreSQL: each group by one of them, never two members of a pair at once."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from netctl.store import Store
from tests.simulation.controller import build, network_at, propose, settings_at
from tests.simulation.processes import Running, run

pytestmark = [pytest.mark.postgresql, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def workers(tmp_path: Path, postgresql_url: str):
    change = build(tmp_path, 6, database=postgresql_url, side_by_side=True, confirm=30)
    running = [Running(tmp_path, "worker") for _ in range(2)]
    for worker in running:
        worker.until(lambda event: event.get("event") == "worker")
    yield change, running
    for worker in running:
        if worker.alive():
            os.kill(worker.pid, signal.SIGTERM)
            worker.wait()


def hands(home: Path, change: str) -> dict[str, set[str]]:
    """Which workers did steps on which router."""
    found: dict[str, set[str]] = {}
    with Store.open(settings_at(home).database_url) as store, store.reading() as books:
        for line in books.rollout.lines(change):
            found.setdefault(line.target, set()).add(line.worker)
    return found


def test_two_workers_share_a_wave_and_keep_every_law(tmp_path: Path, workers) -> None:
    change, _ = workers
    ended = run(tmp_path, "push", change)
    assert ended.status == 0, ended.events[-1]
    network = network_at(tmp_path)
    assert network.violations() == []
    assert all(network.lines(name)[-1] == "syslog new" for name in network.boxes)
    found = hands(tmp_path, change)
    assert all(len(names) == 1 for names in found.values())
    assert len(set.union(*found.values())) > 1


def test_a_worker_that_dies_leaves_its_group_to_a_person_and_the_others_go_on(tmp_path: Path, workers) -> None:
    change, running = workers
    pushing = Running(tmp_path, "push", change)
    victim = running[0]
    victim.until(lambda event: event.get("step") == "apply")
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    os.kill(pushing.pid, signal.SIGKILL)
    pushing.wait()
    resumed = run(tmp_path, "resume", change)
    assert resumed.status == 0, resumed.events[-1]
    network = network_at(tmp_path)
    assert network.violations() == []
    assert all(network.lines(name)[-1] == "syslog new" for name in network.boxes)
    assert any(len(names) > 1 for names in hands(tmp_path, change).values())


def test_two_changes_of_the_same_groups_come_one_after_the_other_and_the_second_is_refused(
    tmp_path: Path, workers
) -> None:
    """The queue keeps the second out of a group until the first has left it; then its plan is stale (laws 1 and 4)."""
    change, _ = workers
    network = network_at(tmp_path)
    sites = {f"site{number}": (f"site{number}-r2", f"site{number}-r1") for number in range(1, 3)}
    other = {name: ["another line"] for names in sites.values() for name in names}
    second = propose(tmp_path, network, sites, other, side_by_side=True)
    first = Running(tmp_path, "push", change)
    first.until(lambda event: event.get("event") == "wave")
    again = run(tmp_path, "push", second)
    assert first.wait().status == 0
    assert again.status == 7
    assert set(again.states.values()) <= {"failed", "untouched"}
    assert network_at(tmp_path).violations() == []


def test_a_living_workers_change_is_not_begun_twice(tmp_path: Path, workers) -> None:
    change, _ = workers
    first = Running(tmp_path, "push", change)
    first.until(lambda event: event.get("event") == "wave")
    again = run(tmp_path, "push", change)
    assert (again.status, again.error["code"]) == (5, "NETCTL-E0504")
    assert first.wait().status == 0

"""The safety laws over random crashes, faults and delays, on a simulated network."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.push.bench import Deadlines
from netctl.push.names import STEPS
from netctl.push.procedure import change_waves, verdict
from tests.simulation.journal import Killed, MemoryJournal
from tests.simulation.network import Network
from tests.simulation.rollouts import before, member, raise_sites, target_plan

DEADLINES = Deadlines(confirm=60, settle=5, mate=2, patience=70)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Scene:
    """Two sites, both to get one more line; the journal of one rollout over them in two waves."""

    def __init__(self, extra: dict[str, list[str]] | None = None) -> None:
        self.clock = Clock()
        self.network = Network({}, {}, self.clock)
        sites = raise_sites(self.network, 2)
        self.old = {name: self.network.lines(name) for name in self.network.pairs}
        self.new = {name: [*lines, "syslog new", *(extra or {}).get(name, [])] for name, lines in self.old.items()}
        members = {}
        for site, names in sites.items():
            for name in names:
                plan = target_plan(name, site, self.old[name], self.new[name])
                members[name] = member("C-000001", plan, self.network.pairs[name])
        self.waves = [(number, [(site, list(names))]) for number, (site, names) in enumerate(sites.items(), 1)]
        self.journal = MemoryJournal(self.network, members, DEADLINES)
        self.journal.pause = self.clock.sleep

    def run(self) -> str:
        return verdict(change_waves(self.journal, self.waves))

    def run_through(self, restarts: int = 20, away: float = 1.0) -> str:
        """Run again after every kill, `away` seconds later, as another worker."""
        for number in range(restarts):
            try:
                return self.run()
            except Killed:
                self.clock.sleep(away)
                self.journal.restart(f"worker-{number + 2}")
        raise AssertionError("the rollout never ended")

    def nothing_unclear(self) -> None:
        """No law was broken, nothing waits or is drained, and every router holds its old or its new state."""
        assert self.network.violations() == []
        for name in self.network.pairs:
            box = self.network.box(name)
            assert box["pending"] is None
            assert not self.network.drained(name)
            assert sorted(box["lines"]) in (sorted(self.old[name]), sorted(self.new[name]))


def test_an_undisturbed_rollout_changes_every_router_and_drains_each_before() -> None:
    scene = Scene()
    assert scene.run() == "done"
    scene.nothing_unclear()
    for name in scene.network.pairs:
        assert scene.network.lines(name) == scene.new[name]
        tokens = [token for token, _ in scene.network.boxes[name]["commits"]]
        assert tokens == [f"netctl-C-000001-{name}-{number}" for number in (1, 1, 2)]
    order = [target for target, step in scene.journal.performed if step == "release"]
    assert order == ["site1-r2", "site1-r1", "site2-r2", "site2-r1"]


def test_a_rollout_run_again_touches_nothing() -> None:
    scene = Scene()
    scene.run()
    again = Scene()
    again.network.boxes.update(scene.network.boxes)
    commits = {name: scene.network.boxes[name]["commits"] for name in scene.network.pairs}
    assert again.run() == "done"
    assert {name: again.network.boxes[name]["commits"] for name in again.network.pairs} == commits


@pytest.mark.parametrize("away", [1.0, 300.0], ids=["at-once", "after-the-timer"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", [*STEPS, "in-flight", "may-go-on", "ended"])
def test_killed_at_any_step_the_rollout_ends_with_every_router_changed(step: str, when: str, away: float) -> None:
    scene = Scene()
    fired: list[str] = []

    def moment(target: str, at: str, point: str) -> None:
        if at == step and point == when and not fired:
            fired.append(target)
            raise Killed

    scene.journal.moment = moment
    assert scene.run_through(away=away) == "done"
    assert fired
    scene.nothing_unclear()
    assert all(scene.network.lines(name) == scene.new[name] for name in scene.network.pairs)


FAULTS = {
    "drops a line in silence": {"drops": "syslog new"},
    "holds a state nobody planned": {"lines": ["hostname site1-r1", "vrrp 10 priority 110", "moved"]},
    "says it is another box": {"lines": ["hostname other", "vrrp 10 priority 110"]},
    "has a foreign commit waiting": {
        "pending": {"token": "theirs", "owner": "someone", "saved": [], "expires": 10.0**9}
    },
    "is dead": {"dead": True},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_router_stops_the_rollout_and_is_not_left_changed(fault: str) -> None:
    scene = Scene()
    scene.network.change("site1-r1", **FAULTS[fault])
    untouched = scene.network.boxes["site1-r1"]["lines"]
    assert scene.run() == "stopped"
    assert scene.network.violations() == []
    assert scene.network.lines("site1-r1") == untouched
    assert scene.journal.ends["site2-r1"]["state"] == "untouched"
    assert scene.journal.ends["site2-r2"]["state"] == "untouched"


def test_a_change_that_cuts_the_management_path_heals_itself() -> None:
    scene = Scene({"site1-r2": ["cut"]})
    assert scene.run() == "stopped"
    assert scene.journal.ends["site1-r2"]["state"] == "rolled_back"
    assert scene.network.lines("site1-r2") == scene.old["site1-r2"]
    scene.nothing_unclear()


def test_a_change_that_breaks_reachability_is_taken_back() -> None:
    scene = Scene({"site1-r2": ["deaf"]})
    assert scene.run() == "stopped"
    assert scene.network.lines("site1-r2") == scene.old["site1-r2"]
    assert "site1-r1" not in {target for target, _ in scene.journal.performed}


def test_a_state_that_moves_between_its_checks_and_its_confirmation_is_not_confirmed() -> None:
    scene = Scene()

    def moment(target: str, step: str, when: str) -> None:
        if (target, step, when) == ("site1-r2", "confirm", "before"):
            lines = scene.network.lines("site1-r2")
            scene.network.change("site1-r2", lines=[*lines, "by hand"])

    scene.journal.moment = moment
    assert scene.run() == "stopped"
    assert scene.journal.ends["site1-r2"]["state"] == "rolled_back"
    scene.nothing_unclear()


def test_a_rejected_candidate_leaves_the_router_as_it_was() -> None:
    scene = Scene({"site1-r2": ["rejected"]})
    assert scene.run() == "stopped"
    assert "Unknown command" in scene.journal.ends["site1-r2"]["detail"]
    scene.nothing_unclear()


def test_a_router_that_dies_after_it_was_committed_is_unknown() -> None:
    scene = Scene()

    def moment(target: str, step: str, when: str) -> None:
        if (target, step, when) == ("site1-r2", "read-back", "before"):
            scene.network.change("site1-r2", dead=True)

    scene.journal.moment = moment
    assert scene.run() == "unknown"
    assert scene.journal.ends["site1-r2"]["state"] == "unknown"
    assert scene.journal.ends["site1-r1"]["state"] == "untouched"


def test_a_request_to_stop_is_honoured_between_members() -> None:
    scene = Scene()

    def moment(target: str, step: str, when: str) -> None:
        if (target, step) == ("site1-r2", "verify"):
            scene.journal.stop = "ops asked to stop"

    scene.journal.moment = moment
    assert scene.run() == "stopped"
    assert scene.journal.ends["site1-r2"]["state"] == "done"
    assert scene.journal.ends["site1-r1"]["state"] == "untouched"
    scene.nothing_unclear()


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_crashes_and_falters_no_law_is_broken(data: st.DataObject) -> None:
    """Random kills, silences of routers and delays: laws 1, 2, 3 hold, and no router is left in between."""
    extra = data.draw(st.sampled_from([{}, {"site1-r1": ["deaf"]}, {"site2-r2": ["cut"]}, {"site1-r1": ["rejected"]}]))
    scene = Scene(extra)
    budget = [data.draw(st.integers(0, 4)), data.draw(st.integers(0, 6))]

    def moment(target: str, step: str, when: str) -> None:
        scene.clock.sleep(data.draw(st.sampled_from([0.1, 1.0])))
        if budget[0] and data.draw(st.integers(0, 9)) == 0:
            budget[0] -= 1
            raise Killed

    def flaky(name: str) -> bool:
        if budget[1] and data.draw(st.integers(0, 19)) == 0:
            budget[1] -= 1
            return True
        return False

    scene.journal.moment = moment
    scene.network.flaky = flaky
    outcome = scene.run_through(away=data.draw(st.sampled_from([1.0, 30.0, 300.0])))
    scene.network.flaky = lambda _name: False
    budget[0] = 0
    assert scene.network.violations() == []
    for name, end in scene.journal.ends.items():
        if end["state"] == "unknown":
            continue
        lines = sorted(scene.network.lines(name))
        assert lines == sorted(scene.new[name] if end["state"] == "done" else scene.old[name]), (name, end)
        assert scene.network.box(name)["pending"] is None
    if outcome == "done":
        assert all(scene.network.lines(name) == scene.new[name] for name in scene.network.pairs)

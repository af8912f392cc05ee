"""The safety laws for plans of name servers, zones and routers, over crashes at every point, faults and delays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.errors import NetctlError
from netctl.model.artefact import Part, digest_of_parts
from netctl.model.places import ZoneTargetName, server_group
from netctl.model.plan import DiffLine, TargetPlan
from netctl.plan.zonepart import changed, content_digest, zone_part
from netctl.push.bench import Deadlines
from netctl.push.member import ServerMember, StepResult, answer
from netctl.push.names import COURSES
from netctl.push.procedure import change_waves, verdict
from netctl.push.serversteps import SERVER_ACTS
from netctl.push.serversteps.bench import ServerBench
from netctl.push.zonesteps import ZONE_ACTS
from netctl.push.zonesteps.bench import Share, ZoneBench
from netctl.services.dns.rules.limits import Allowance
from netctl.zones.difference import ZoneDifference, diff_lines, difference
from tests.mixed_plans import Records, zone_of
from tests.simulation.journal import Killed, MemoryJournal
from tests.simulation.network import PART, Network, text
from tests.simulation.rollouts import member, raise_sites, target_plan
from tests.simulation.zones import SimulatedZone, World

CHANGE = "C-000001"
DEADLINES = Deadlines(confirm=60, settle=5, mate=2, patience=70)
SERVERS = ("ns2", "ns1")
ZONE, OTHER = ZoneTargetName("rivers.gov-wan.example", "internal"), ZoneTargetName("gov-wan.example", "internal")
LEAVING = ZONE._replace(leaving=True)
HELD: Records = {("old", "AAAA"): ("3fff:100:1::1",), ("www", "AAAA"): ("3fff:100:1::80",)}
BETWEEN: Records = {("www", "AAAA"): ("3fff:100:1::80",)}
WANTED: Records = {("new", "AAAA"): ("3fff:100:1::1",), ("www", "AAAA"): ("3fff:100:1::81",)}
OTHERS: Records = {("noc", "AAAA"): ("3fff:200:1::80",)}
OTHERS_WANTED: Records = {("noc", "AAAA"): ("3fff:200:1::80",), ("noc", "TXT"): ('"now"',)}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Journal(MemoryJournal):
    """The journal of the simulated routers, with zones and name servers beside them."""

    def __init__(self, scene: Scene, routers: dict[str, Any]) -> None:
        super().__init__(scene.network, routers, DEADLINES)
        self.scene = scene

    def kind(self, target: str) -> str:
        return self.scene.shares[target].kind if target in self.scene.shares else "router"

    def in_flight(self, target: str) -> str:
        if self.kind(target) == "router":
            return super().in_flight(target)

        def act() -> str:
            group = self.scene.shares[target].group
            others = [self.scene.shares[name] for name in self.flying - {target} if name in self.scene.shares]
            if any(each.group == group for each in others):
                self.scene.world.violations.append(f"law 1: {target} while its group is in flight")
            self.flying.add(target)
            return ""

        return self._remember(f"{target}:in-flight", act, target, "in-flight")

    def step(self, target: str, step: str, excused: list[str]) -> StepResult:
        kind = self.kind(target)
        if kind == "router":
            return super().step(target, step, excused)

        def act() -> StepResult:
            self.performed.append((target, step))
            known = [(name, result) for name, result in self.answers if name.startswith(f"{target}:")]
            memory = {name.partition(":")[2]: result for name, result in known}
            try:
                if kind == "zone":
                    result = ZONE_ACTS[step](self.scene.zone_bench(target, memory))
                else:
                    result = SERVER_ACTS[step](self.scene.server_bench(target, memory, self))
            except NetctlError as error:
                result = answer("failed", str(error))
            return result | {"worker": self.worker}

        return self._remember(f"{target}:{step}", act, target, step)


class Scene:
    """Two primaries, a zone in two steps around a site's routers, and another zone; the journal of one rollout."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.world = World(self.clock)
        self.network = Network({}, {}, self.clock)
        self.shares: dict[str, TargetPlan] = {}
        self.changes: dict[str, ZoneDifference] = {}
        self.silent: set[str] = set()
        sites = raise_sites(self.network, 1)
        self.routers = sites["site1"]
        self.old = {name: self.network.lines(name) for name in self.routers}
        self.new = {name: [*lines, "syslog new"] for name, lines in self.old.items()}
        members = {
            name: member(CHANGE, target_plan(name, "site1", self.old[name], self.new[name]), self.network.pairs[name])
            for name in self.routers
        }
        for name in SERVERS:
            self._server(name)
        self.before = {ZONE.group: zone_of(ZONE.zone, HELD), OTHER.group: zone_of(OTHER.zone, OTHERS)}
        self.after = {ZONE.group: zone_of(ZONE.zone, WANTED), OTHER.group: zone_of(OTHER.zone, OTHERS_WANTED)}
        self._zone(LEAVING, HELD, BETWEEN)
        self._zone(ZONE, BETWEEN, WANTED)
        self._zone(OTHER, OTHERS, OTHERS_WANTED)
        self.world.zones = dict(self.before)
        self.journal = Journal(self, members)
        self.journal.pause = self.clock.sleep
        self.waves = [
            (1, [(server_group("primary"), list(SERVERS))]),
            (2, [(ZONE.group, [str(LEAVING)])]),
            (3, [("site1", list(self.routers))]),
            (4, [(ZONE.group, [str(ZONE)]), (OTHER.group, [str(OTHER)])]),
        ]

    def _server(self, name: str) -> None:
        self.network.pairs[name] = next(each for each in SERVERS if each != name)
        self.old[name] = [f"hostname {name}", "vrrp 10 priority 100"]
        self.new[name] = [*self.old[name], "zone new"]
        self.network.add(name, self.old[name])
        parts = (Part(PART, text(self.new[name])),)
        running = digest_of_parts((Part(PART, text(self.old[name])),))
        diff = (DiffLine("add", PART, 0, "zone new"),)
        group = server_group("primary")
        self.shares[name] = TargetPlan(name, "bind", group, running, parts, (), (), diff, kind="server")

    def _zone(self, name: ZoneTargetName, held: Records, wanted: Records) -> None:
        running = zone_of(name.zone, held)
        found = difference(running, zone_of(name.zone, wanted))
        self.changes[str(name)] = found
        self.shares[str(name)] = TargetPlan(
            str(name), "zone", name.group, content_digest(running), (zone_part(found),), (), (), diff_lines(found),
            kind="zone",
        )  # fmt: skip

    def zone_bench(self, target: str, memory: dict[str, StepResult]) -> ZoneBench:
        share = self.shares[target]
        zone = SimulatedZone(self.world, share.group, target)
        later = self.shares[str(ZONE)] if target == str(LEAVING) else None
        return ZoneBench(
            change=CHANGE,
            plan=share,
            share=Share(share.running_digest, self.changes[target]),
            later=later and Share(later.running_digest, self.changes[later.target]),
            zone=zone,
            copies=zone,
            written=self.world.writes.get,
            allowed=Allowance(100, 100),
            deadlines=DEADLINES,
            memory=memory,
            clock=self.clock,
            pause=self.clock.sleep,
        )

    def server_bench(self, target: str, memory: dict[str, StepResult], journal: Journal) -> ServerBench:
        return ServerBench(
            member=ServerMember(CHANGE, self.shares[target]),
            connect=self.network.connect,
            keeper=journal.kept,
            deadlines=DEADLINES,
            mates=tuple(name for name in SERVERS if name != target),
            source="" if target == "ns1" else "ns1",
            taught=False,
            answers=self._answers,
            memory=memory,
            clock=self.clock,
            pause=self.clock.sleep,
        )

    def _answers(self, server: str) -> dict[str, str]:
        silent = server in self.silent or not self.network.healthy(server)
        return {"rivers.gov-wan.example (internal)": "no answer" if silent else ""}

    def run(self) -> str:
        return verdict(change_waves(self.journal, self.waves))

    def run_through(self, restarts: int = 20, away: float = 1.0) -> str:
        """Run again after every kill, `away` seconds later, as another worker; the watchdog looks before each start."""
        for number in range(restarts):
            try:
                return self.run()
            except Killed:
                self.clock.sleep(away)
                self.world.take_back_overdue()
                self.journal.restart(f"worker-{number + 2}")
        raise AssertionError("the rollout never ended")

    def nothing_unclear(self) -> None:
        """No law was broken, no write or commit is open, and every target holds its old or its new state."""
        assert self.world.violations == []
        assert self.network.violations() == []
        for group, data in self.world.zones.items():
            assert self.world.open_writes(group) == []
            between = changed(self.before[group], self.changes[str(LEAVING)]) if group == ZONE.group else data
            assert data in (self.before[group], between, self.after[group])
        for name in (*self.routers, *SERVERS):
            box = self.network.box(name)
            assert box["pending"] is None
            assert sorted(box["lines"]) in (sorted(self.old[name]), sorted(self.new[name]))

    def all_done(self) -> bool:
        boxes = all(self.network.lines(name) == self.new[name] for name in (*self.routers, *SERVERS))
        return boxes and self.world.zones == self.after


def test_names_leave_before_routers_change_and_come_after_them() -> None:
    scene = Scene()
    assert scene.run() == "done"
    scene.nothing_unclear()
    assert scene.all_done()
    order = [target for target, step in scene.journal.performed if step == "release"]
    assert order == [*SERVERS, str(LEAVING), *scene.routers, str(ZONE), str(OTHER)]


@pytest.mark.parametrize("target", [SERVERS[0], str(LEAVING)])
def test_each_kind_of_target_takes_the_steps_of_its_course(target: str) -> None:
    scene = Scene()
    scene.run()
    kind = scene.shares[target].kind
    assert tuple(step for name, step in scene.journal.performed if name == target) == COURSES[kind].steps


def test_a_rollout_run_again_writes_nothing_even_where_a_zone_took_two_steps() -> None:
    scene = Scene()
    scene.run()
    writes, commits = dict(scene.world.writes), {name: scene.network.boxes[name]["commits"] for name in SERVERS}
    scene.journal = Journal(scene, scene.journal.members)
    assert scene.run() == "done"
    assert scene.world.writes == writes
    assert {name: scene.network.boxes[name]["commits"] for name in SERVERS} == commits


POINTS = [(str(LEAVING), step) for step in (*COURSES["zone"].steps, "in-flight", "ended")]
POINTS += [(SERVERS[0], step) for step in (*COURSES["server"].steps, "in-flight", "ended")]


@pytest.mark.parametrize("away", [1.0, 300.0], ids=["at-once", "after-the-deadline"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("target", "step"), POINTS)
def test_killed_at_any_step_the_rollout_ends_with_everything_changed(
    target: str, step: str, when: str, away: float
) -> None:
    scene = Scene()
    fired: list[str] = []

    def moment(at_target: str, at: str, point: str) -> None:
        if (at_target, at, point) == (target, step, when) and not fired:
            fired.append(step)
            raise Killed

    scene.journal.moment = moment
    assert scene.run_through(away=away) == "done"
    assert fired
    scene.nothing_unclear()
    assert scene.all_done()


@pytest.mark.parametrize("away", [1.0, 300.0], ids=["at-once", "after-the-deadline"])
@pytest.mark.parametrize("note", ["begun", "done"])
def test_killed_in_the_middle_of_a_write_it_is_taken_back_and_begun_anew(note: str, away: float) -> None:
    scene = Scene()
    fired: list[str] = []

    def cut(group: str, at: str) -> None:
        if at == note and not fired:
            fired.append(group)
            raise Killed

    scene.world.cut = cut
    assert scene.run_through(away=away) == "done"
    scene.nothing_unclear()
    states = [write.state for token, write in scene.world.writes.items() if str(LEAVING) in token]
    assert states == ["taken_back", "confirmed"]


def stops_at(scene: Scene, target: str, state: str) -> None:
    """It stopped at this target: what came before is done, and nothing after it was touched."""
    assert scene.run() == ("unknown" if state == "unknown" else "stopped")
    assert scene.world.violations == []
    ends = scene.journal.ends
    assert ends[target]["state"] == state, ends[target]
    names = [name for _, groups in scene.waves for _, members in groups for name in members]
    assert all(ends[name]["state"] == "done" for name in names[: names.index(target)])
    later = [name for number, groups in scene.waves for _, members in groups for name in members]
    assert all(ends[name]["state"] == "untouched" for name in later[later.index(target) + 1 :])


def test_a_copy_that_stays_behind_has_the_zone_taken_back() -> None:
    scene = Scene()
    scene.world.behind.add(ZONE.group)
    stops_at(scene, str(LEAVING), "rolled_back")
    assert scene.world.zones == scene.before


def test_a_zone_that_moved_since_the_plan_is_not_written() -> None:
    scene = Scene()
    scene.world.zones[ZONE.group] = zone_of(ZONE.zone, HELD | {("theirs", "TXT"): ('"x"',)})
    stops_at(scene, str(LEAVING), "failed")
    assert scene.world.writes == {}


def test_a_zone_that_moves_between_its_check_and_the_write_is_not_written() -> None:
    scene = Scene()

    def moment(target: str, step: str, when: str) -> None:
        if (target, step, when) == (str(LEAVING), "apply", "before"):
            scene.world.zones[ZONE.group] = zone_of(ZONE.zone, HELD | {("theirs", "TXT"): ('"x"',)})

    scene.journal.moment = moment
    stops_at(scene, str(LEAVING), "rolled_back")
    assert scene.world.writes == {}


def test_a_zone_whose_names_somebody_else_changed_after_the_write_is_left_to_a_person() -> None:
    scene = Scene()

    def moment(target: str, step: str, when: str) -> None:
        if (target, step, when) == (str(LEAVING), "confirm", "before"):
            scene.world.zones[ZONE.group] = zone_of(ZONE.zone, {**BETWEEN, ("old", "AAAA"): ("3fff:100:9::9",)})

    scene.journal.moment = moment
    stops_at(scene, str(LEAVING), "unknown")


def test_a_difference_beyond_the_limits_is_not_written() -> None:
    scene = Scene()
    inner = scene.zone_bench

    def strict(target: str, memory: dict[str, StepResult]) -> ZoneBench:
        bench = inner(target, memory)
        return ZoneBench(**{each: getattr(bench, each) for each in bench.__slots__} | {"allowed": Allowance(100, 20)})

    scene.zone_bench = strict
    stops_at(scene, str(LEAVING), "failed")
    assert "deleted_percent: 50" in scene.journal.ends[str(LEAVING)]["detail"]


def test_a_name_server_is_not_touched_while_no_other_one_of_its_role_answers() -> None:
    scene = Scene()
    scene.silent.add("ns1")
    stops_at(scene, "ns2", "failed")
    assert scene.network.lines("ns2") == scene.old["ns2"]


def test_a_name_server_may_be_changed_that_does_not_answer_itself() -> None:
    scene = Scene()
    scene.silent |= set(SERVERS)

    def moment(target: str, step: str, when: str) -> None:
        if (target, step, when) == ("ns2", "verify", "before"):
            scene.silent.clear()

    scene.journal.moment = moment
    assert scene.run() == "done"


def test_a_name_server_that_does_not_answer_for_a_zone_any_more_is_taken_back() -> None:
    scene = Scene()

    def moment(target: str, step: str, when: str) -> None:
        if (target, step, when) == ("ns2", "verify", "before"):
            scene.silent.add("ns2")

    scene.journal.moment = moment
    stops_at(scene, "ns2", "rolled_back")
    assert scene.network.lines("ns2") == scene.old["ns2"]


def test_a_request_to_stop_is_honoured_between_what_leaves_and_the_routers() -> None:
    scene = Scene()

    def moment(target: str, step: str, when: str) -> None:
        if (target, step) == (str(LEAVING), "verify"):
            scene.journal.stop = "ops asked to stop"

    scene.journal.moment = moment
    assert scene.run() == "stopped"
    assert scene.journal.ends[str(LEAVING)]["state"] == "done"
    assert scene.journal.ends[scene.routers[0]]["state"] == "untouched"
    scene.nothing_unclear()


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_whatever_crashes_and_falters_no_law_is_broken(data: st.DataObject) -> None:
    """Random kills, at steps and within writes, silences and delays: laws 1, 3, 6 hold, nothing is left in between."""
    scene = Scene()
    budget = [data.draw(st.integers(0, 4)), data.draw(st.integers(0, 5))]

    def kill() -> None:
        if budget[0] and data.draw(st.integers(0, 7)) == 0:
            budget[0] -= 1
            raise Killed

    def moment(_target: str, _step: str, _when: str) -> None:
        scene.clock.sleep(data.draw(st.sampled_from([0.1, 1.0])))
        kill()

    def falters(_name: str) -> bool:
        if budget[1] and data.draw(st.integers(0, 14)) == 0:
            budget[1] -= 1
            return True
        return False

    scene.journal.moment = moment
    scene.world.cut = lambda _group, _note: kill()
    scene.world.flaky = falters
    scene.network.flaky = falters
    outcome = scene.run_through(away=data.draw(st.sampled_from([1.0, 30.0, 300.0])))
    if outcome == "done":
        assert scene.all_done()
    expected = dict(scene.before)
    for target, found in scene.changes.items():
        group, state = scene.shares[target].group, scene.journal.ends[target]["state"]
        if state == "unknown":
            return
        assert scene.world.open_writes(group) == []
        expected[group] = changed(expected[group], found) if state == "done" else expected[group]
    assert scene.world.zones == expected

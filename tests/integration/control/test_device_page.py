"""One router: why it is red, which problem that is, what was changed on it."""

from dataclasses import fields
from datetime import timedelta

import pytest

from netctl.control.pages.device_list import device_list
from netctl.control.pages.device_page import Seen, compare, device_page, history
from netctl.errors import UnknownDevice, UnknownUser
from netctl.model.artefact import Part, RunningState
from netctl.model.moments import stamp
from networks import ROOT


def page(watching, name, user="noc"):
    return device_page(watching.store, watching.atlas, name, user=user)


def test_what_is_declared_stands_beside_what_was_seen(watching):
    watching.rounds()
    found = page(watching, "rivers-hq-r1")
    wan = next(port for port in found.ports if port.name == "wan0")
    assert (wan.peer, wan.line, wan.up, wan.capacity) == ("core-main-1", "rivers-hq:1", True, 1000)
    assert wan.rx > wan.tx > 0
    assert 0 < wan.share < 1
    assert {each.leads_to for each in found.neighbours} == {"core-main-1", "rivers-hq-r2"}
    assert all(each.up for each in found.neighbours)
    assert {(each.role, each.family) for each in found.virtual_routers} == {("master", 4), ("master", 6)}
    assert (found.mate.name, found.mate_state, found.state, found.stale) == ("rivers-hq-r2", "up", "up", False)


def test_why_a_router_is_red_names_the_one_problem_behind_it(watching):
    watching.rounds()
    watching.rounds(dead=["rivers-hq-r1"])
    found = page(watching, "rivers-hq-r2")
    assert {each.problem.subject for each in found.because} == {"rivers-hq-r1"}
    assert {each.code for each in found.because} >= {"WATCH-BGP", "WATCH-BFD"}
    dead = page(watching, "rivers-hq-r1")
    assert (dead.state, [each.code for each in dead.because]) == ("down", ["WATCH-UNREACHABLE"])
    assert dead.because[0].problem == found.because[0].problem


def test_reasons_of_several_causes_lead_to_their_own_problems(watching):
    watching.rounds(dead=["rivers-hq-r1"], cut=["bb3"], clocks_lost=["core-main-1"])
    watching.rounds(dead=["rivers-hq-r1"], cut=["bb3"], clocks_lost=["core-main-1"])
    found = page(watching, "core-main-1")
    subjects = {(each.code, each.problem.subject) for each in found.because if each.problem}
    assert {("WATCH-ISIS", "bb3"), ("WATCH-BGP", "rivers-hq-r1"), ("WATCH-CLOCK", "core-main-1")} <= subjects


def test_what_was_never_seen_is_unknown_and_not_well(watching):
    found = page(watching, "rivers-hq-r1")
    assert (found.state, found.standing, found.stale) == ("unknown", None, True)
    assert {port.up for port in found.ports} == {each.up for each in found.neighbours} == {None}
    assert {each.role for each in found.virtual_routers} == {""}


def test_every_part_says_when_it_was_seen_and_whether_it_may_be_something_else_by_now(watching):
    never = page(watching, "rivers-hq-r1").observed
    assert {never.ports, never.clock, never.drift} == {Seen("", True)}
    watching.rounds()
    answered = page(watching, "rivers-hq-r1")
    assert answered.observed.ports == Seen(answered.standing.tried_at, False)
    watching.rounds(dead=["rivers-hq-r1"])
    silent = page(watching, "rivers-hq-r1")
    assert any(port.up for port in silent.ports), "what was seen last is still told"
    for part in fields(silent.observed):
        seen = getattr(silent.observed, part.name)
        assert seen.stale, part.name
        assert seen.observed_at <= answered.standing.tried_at < silent.standing.tried_at
    watching.rounds()
    assert not page(watching, "rivers-hq-r1").observed.ports.stale
    watching.wait(300)
    assert page(watching, "rivers-hq-r1").observed.ports.stale


def test_states_of_the_past_are_told_with_their_reasons(watching):
    watching.rounds()
    watching.rounds(dead=["rivers-hq-r1"])
    watching.rounds()
    states = [episode.state for episode in page(watching, "rivers-hq-r1").episodes]
    assert states == ["up", "down", "up"]


def test_history_has_the_metrics_of_every_look(watching):
    watching.rounds(4)
    points = history(watching.store, watching.atlas, "rivers-hq-r1", user="noc", span="3h")
    assert len(points) == 4
    assert {"reachable", "cpu", "memory", "clock_offset", "rx:wan0"} <= points[-1].values.keys()


def test_a_router_out_of_reach_is_like_one_that_is_not_there(watching):
    for name in ("harbours-hq-r1", "core-main-1", "nowhere-r1"):
        with pytest.raises(UnknownDevice):
            page(watching, name, user="rita")
        with pytest.raises(UnknownDevice):
            history(watching.store, watching.atlas, name, user="rita", span="day")
        with pytest.raises(UnknownDevice):
            compare(watching.store, watching.atlas, ROOT, name, user="rita", before="", after="a")
    assert page(watching, "rivers-hq-r1", user="rita").organisation == "rivers"
    with pytest.raises(UnknownUser):
        page(watching, "rivers-hq-r1", user="nobody")


def test_a_problem_of_the_backbone_is_not_told_to_one_organisation(watching):
    watching.rounds()
    watching.rounds(dead=["core-main-1"])
    assert page(watching, "rivers-hq-r1").problems
    own = page(watching, "rivers-hq-r1", user="rita")
    assert (own.problems, {each.problem for each in own.because}) == ((), {None})


def test_two_configurations_are_compared_by_meaning_and_name_the_change_behind_each(watching):
    old = held("router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n")
    new = held("router bgp 64500\n neighbor 192.0.2.1 remote-as 64502\n")
    with watching.store.writing() as books:
        books.watch.keep_configuration(old, stamp(watching.now[0]), "")
        books.watch.keep_configuration(new, stamp(watching.now[0] + timedelta(minutes=1)), "C-000007")
    found = page(watching, "rivers-hq-r1")
    assert [(each.digest, each.change) for each in found.configurations] == [(new.digest, "C-000007"), (old.digest, "")]
    told = compare(
        watching.store, watching.atlas, ROOT, "rivers-hq-r1", user="noc", before=old.digest, after=new.digest
    )
    changed = {(line.op, line.text.strip()) for line in told.diff if line.op != "context"}
    assert changed == {
        ("remove", "neighbor 192.0.2.1 remote-as 64501"),
        ("add", "neighbor 192.0.2.1 remote-as 64502"),
    }
    alone = compare(watching.store, watching.atlas, ROOT, "rivers-hq-r1", user="noc", before="", after=new.digest)
    assert (alone.before, alone.diff, alone.text[0][0]) == (None, (), "frr.conf")
    with pytest.raises(UnknownDevice):
        compare(watching.store, watching.atlas, ROOT, "rivers-hq-r1", user="noc", before="", after="f" * 64)


def test_the_list_tells_of_every_router_in_reach(watching):
    watching.rounds(dead=["rivers-hq-r1"])
    everything = device_list(watching.store, watching.atlas, user="noc").lines
    own = device_list(watching.store, watching.atlas, user="rita").lines
    assert len(everything) == 20
    assert {line.organisation for line in own} == {"rivers"}
    assert {line.device.name: line.state for line in own}["rivers-hq-r2"] == "degraded"


def held(text: str) -> RunningState:
    return RunningState("rivers-hq-r1", "frr", (Part("frr.conf", text),))

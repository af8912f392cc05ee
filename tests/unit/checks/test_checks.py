"""Each check says nothing where all is well, and one clear sentence where it is not."""

from __future__ import annotations

from netctl.checks.expectation import ProbePair, expect_all
from netctl.checks.readback import not_as_predicted, not_as_written
from netctl.devices.rules import rules_of
from netctl.inventory import reference_root
from netctl.checks.reachability import unreachable
from netctl.checks.sessions import sessions_awaited, sessions_down, sessions_lost, sessions_up
from netctl.checks.virtual_routers import missing, not_moved, not_settled, roles_insane
from netctl.checks.wait import wait_until_clean
from netctl.inventory import load, reference_root
from netctl.model.plan import TargetPlan
from netctl.model.artefact import Part, RunningState
from netctl.model.health import Health, Probe, Session, VrrpStatus
from netctl.services.routing import derive


def session(peer: str, *, up: bool, protocol: str = "bgp") -> Session:
    return Session(protocol, peer, "Established" if up else "Active", up, 6)


def health(name: str, *sessions: Session, vrrp: tuple[VrrpStatus, ...] = ()) -> Health:
    return Health(name, sessions, vrrp)


def vrrp(role: str, priority: int, family: int = 6) -> VrrpStatus:
    return VrrpStatus("lan0", 10, family, role, priority)


def test_sessions_that_are_down_are_told_unless_excused() -> None:
    seen = health("r1", session("3fff::1", up=True), session("3fff::2", up=False), session("3fff::3", up=False))
    assert sessions_down(seen) == ["r1: bgp 3fff::2 v6 is Active", "r1: bgp 3fff::3 v6 is Active"]
    assert sessions_down(seen, excused=["bgp 3fff::2 v6"], optional=["3fff::3"]) == []


def test_a_session_that_was_never_up_is_awaited_and_not_lost() -> None:
    before = sessions_up(health("r1", session("3fff::1", up=True)))
    after = health("r1", session("3fff::1", up=False), session("3fff::2", up=False))
    assert sessions_lost(before, after) == ["r1: bgp 3fff::1 v6 was up before and is Active"]
    assert sessions_awaited(before, after) == ("bgp 3fff::2 v6",)


def test_a_session_that_is_no_longer_configured_is_not_lost() -> None:
    assert sessions_lost(["bgp 3fff::9 v6"], health("r1")) == []


def test_drained_means_that_the_mate_holds_every_virtual_router_of_both_families() -> None:
    mate = health("r2", vrrp=(vrrp("master", 100), vrrp("master", 100, 4)))
    assert not_moved(health("r1", vrrp=(vrrp("backup", 10), vrrp("backup", 10, 4))), mate) == []
    told = not_moved(health("r1", vrrp=(vrrp("backup", 10), vrrp("master", 10, 4))), mate)
    assert told == ["r1: still master of virtual router 10 v4 on lan0"]
    told = not_moved(health("r1", vrrp=(vrrp("backup", 10),)), health("r2", vrrp=(vrrp("backup", 100),)))
    assert told == ["r2: not master of virtual router 10 v6 on lan0 but backup"]


def test_settled_means_that_the_higher_priority_is_master_and_the_other_is_not() -> None:
    high, low = health("r1", vrrp=(vrrp("master", 110),)), health("r2", vrrp=(vrrp("backup", 100),))
    assert not_settled(high, low) == []
    assert not_settled(low, high) == []
    both = health("r2", vrrp=(vrrp("master", 100),))
    assert not_settled(high, both) == ["r2: virtual router 10 v6 on lan0 is master, should be backup"]


def test_a_virtual_router_that_takes_no_part_or_is_not_there_is_told() -> None:
    assert roles_insane(health("r1", vrrp=(vrrp("initialize", 110),)))
    assert missing([("lan0", 10, 6), ("lan0", 10, 4)], health("r1", vrrp=(vrrp("master", 110),))) == [
        "r1: virtual router 10 v4 on lan0 does not run"
    ]


def test_one_answering_destination_a_family_is_enough_and_a_lost_echo_is_not() -> None:
    pair = ProbePair(6, "3fff:100::2", ("3fff:200:1::2", "3fff:200:2::2"))

    def answering(received: dict[str, int]):
        return lambda destination, source, count: Probe(destination, source, count, received.get(destination, 0))

    assert unreachable("r1", [pair], answering({"3fff:200:2::2": 3}), 3) == []
    assert unreachable("r1", [pair], answering({"3fff:200:2::2": 2}), 3) == [
        "r1: nothing answers 3fff:100::2 over IPv6 (3fff:200:1::2 0/3, 3fff:200:2::2 2/3)"
    ]


def test_a_dropped_line_and_a_line_nobody_wrote_are_told_with_their_section() -> None:
    state = RunningState("r1", "frr", (Part("frr.conf", "interface lan0\n mtu 9000\n"),))
    assert not_as_written(
        (Part("frr.conf", "interface lan0\n description LAN\n"),), state, rules_of(reference_root())("frr")
    ) == [
        "r1: the router holds `mtu 9000` (frr.conf › interface lan0), which nobody wrote",
        "r1: the router dropped `description LAN` (frr.conf › interface lan0)",
    ]


def test_what_is_held_otherwise_than_predicted_is_told() -> None:
    rules = rules_of(reference_root())("frr")
    before = RunningState("r1", "frr", (Part("frr.conf", "interface lan0\n description LAN\nexit\n"),))
    wanted = (Part("frr.conf", "interface lan0\n description HALL\nexit\n"),)
    plan = TargetPlan("r1", "frr", "g", "", wanted, (), (), (), "interface lan0\n description HALL\n", "")
    assert not_as_predicted(before, plan, RunningState("r1", "frr", wanted), rules) == []
    told = not_as_predicted(before, plan, before, rules)
    assert told == [
        "r1: not predicted, but the router holds `description LAN` (frr.conf)",
        "r1: predicted, but the router does not hold `description HALL` (frr.conf)",
    ]
    assert not_as_predicted(None, plan, before, rules) == []


def test_waiting_ends_with_the_first_clean_look_and_at_the_deadline() -> None:
    now = [0.0]
    looks = iter([["x"], ["x"], []])

    def pause(seconds: float) -> None:
        now[0] += seconds

    assert wait_until_clean(lambda: next(looks), 10, clock=lambda: now[0], pause=pause) == []
    assert now[0] == 1.0
    assert wait_until_clean(lambda: ["still"], 3, clock=lambda: now[0], pause=pause) == ["still"]
    assert now[0] == 4.0
    assert wait_until_clean(lambda: ["at least one look"], 0, clock=lambda: now[0], pause=pause)


def test_a_site_is_proven_from_its_lan_to_the_centres_and_a_core_to_the_other_centre() -> None:
    intents = derive(load(reference_root()))
    found = expect_all(intents, ["rivers-hq-r1", "core-main-1", "border-main"])
    site = found["rivers-hq-r1"]
    assert {(family, port) for port, _, family in site.virtual_routers} == {(4, "lan0"), (6, "lan0")}
    assert [pair.family for pair in site.probes] == [6, 4]
    assert [len(pair.destinations) for pair in site.probes] == [4, 4]
    core = found["core-main-1"]
    assert [len(pair.destinations) for pair in core.probes] == [2, 2]
    assert core.optional
    assert not site.optional
    assert len(found["border-main"].probes) == 2

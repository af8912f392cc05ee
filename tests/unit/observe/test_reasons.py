"""Every reason: what shows it, how grave it is, and what is no reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netctl.model.health import Clock, Health, Interface, Observation, Session, VrrpStatus
from netctl.model.watch import Reason, Sample, Standing
from netctl.observe.expect import EVERYTHING, NAPALM, Expected, VirtualRouter
from netctl.observe.reasons import Mate, reasons

AT, LATER = "2026-11-22T03:00:00.000000Z", "2026-11-22T03:00:10.000000Z"
FIRST = Expected(
    "east-r1",
    "east-r2",
    "frr",
    EVERYTHING,
    ("wan0", "lan0"),
    {"3fff:400::1": "core-main-1", "198.51.100.1": "core-main-1"},
    {"x1": "core-main-2"},
    (VirtualRouter("lan0", 10, 6, wins=True),),
)
SECOND = FIRST._replace(device="east-r2", mate="east-r1", virtual_routers=(VirtualRouter("lan0", 10, 6, wins=False),))
SESSIONS = (
    Session("bgp", "198.51.100.1", "Established", True, 4),
    Session("bgp", "3fff:400::1", "Established", True, 6),
    Session("bfd", "3fff:400::1", "up", True),
    Session("isis", "core-main-2", "Up", True),
)
MASTER, BACKUP, IDLE = (
    VrrpStatus("lan0", 10, 6, "master", 110),
    VrrpStatus("lan0", 10, 6, "backup", 100),
    VrrpStatus("lan0", 10, 6, "initialize", 100),
)
PORTS = (Interface("lan0", True, 1000), Interface("wan0", True, 1000))
CLOCK = Clock(True, "3fff:200:1::123", 3, 0.0001)


def seen(
    sessions: tuple[Session, ...] = SESSIONS,
    vrrp: tuple[VrrpStatus, ...] = (MASTER,),
    ports: tuple[Interface, ...] = PORTS,
    clock: Clock | None = CLOCK,
    **others: float,
) -> Observation:
    values = {"cpu": 0.1, "memory": 0.5, **others}
    return Observation(Health("east-r1", sessions, vrrp), ports, values["cpu"], values["memory"], clock, "8.4.4", 100.0)


def mate(vrrp: VrrpStatus = BACKUP, version: str = "8.4.4") -> Mate:
    return Mate(Health("east-r2", (), (vrrp,)), version, "frr")


def found(
    observation: Observation | None,
    expected: Expected = FIRST,
    beside: Mate | None = None,
    *,
    before: Standing | None = None,
    drift: int = 0,
) -> list[tuple[str, str, str]]:
    sample = Sample("east-r1", LATER, 0.1, observation, "" if observation else "no route")
    given = reasons(before, sample, expected, mate() if beside is None else beside, drift)
    return [(reason.code, reason.severity, reason.subject) for reason in given]


def without(peer: str) -> tuple[Session, ...]:
    return tuple(session for session in SESSIONS if session.peer != peer or session.protocol == "bfd")


def down(peer: str, protocol: str = "bgp") -> tuple[Session, ...]:
    return tuple(
        session._replace(up=False, state="Down") if (session.peer, session.protocol) == (peer, protocol) else session
        for session in SESSIONS
    )


def test_a_router_that_shows_all_that_is_expected_has_no_reason() -> None:
    assert found(seen()) == []
    assert found(seen(vrrp=(BACKUP,)), SECOND, mate(MASTER)) == []


def test_a_router_that_does_not_answer_has_one_reason_with_the_error() -> None:
    sample = Sample("east-r1", LATER, 0.1, None, "no route")
    assert reasons(None, sample, FIRST, mate(), 3) == [
        Reason("WATCH-UNREACHABLE", "reachability", "high", "", "no route")
    ]


@pytest.mark.parametrize(
    ("sessions", "reason"),
    [
        (down("3fff:400::1"), ("WATCH-BGP", "medium", "3fff:400::1")),
        (without("3fff:400::1"), ("WATCH-BGP", "low", "3fff:400::1")),
        (down("core-main-2", "isis"), ("WATCH-ISIS", "medium", "x1")),
        ((*without("core-main-2"), Session("isis", "x1", "no neighbour", False)), ("WATCH-ISIS", "medium", "x1")),
        (without("core-main-2"), ("WATCH-ISIS", "medium", "x1")),
        (down("3fff:400::1", "bfd"), ("WATCH-BFD", "medium", "3fff:400::1")),
    ],
)
def test_a_session_that_is_not_up_is_a_reason(sessions: tuple[Session, ...], reason: tuple[str, str, str]) -> None:
    assert found(seen(sessions)) == [reason]


def test_where_no_session_at_all_is_there_its_daemon_is_dead() -> None:
    gone = tuple(session for session in SESSIONS if session.protocol != "bgp")
    assert [severity for _, severity, _ in found(seen(gone))] == ["medium", "medium"]


def test_a_session_that_nobody_declared_is_no_reason() -> None:
    assert found(seen((*SESSIONS, Session("bgp", "192.0.2.9", "Idle", False, 4)))) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "expected", "severity"),
    [
        (MASTER, MASTER, FIRST, ""),
        (MASTER, MASTER, SECOND, "high"),
        (BACKUP, BACKUP, FIRST, "high"),
        (BACKUP, IDLE, FIRST, "high"),
        (BACKUP, BACKUP, SECOND, ""),
        (MASTER, BACKUP, SECOND, "medium"),
        (BACKUP, MASTER, FIRST, ""),
        (IDLE, MASTER, FIRST, "medium"),
    ],
)
def test_one_router_of_a_pair_says_what_is_wrong_with_its_virtual_router(
    mine: VrrpStatus, theirs: VrrpStatus, expected: Expected, severity: str
) -> None:
    reason = [("WATCH-VRRP", severity, "lan0 10 IPv6")] if severity else []
    assert found(seen(vrrp=(mine,)), expected, mate(theirs)) == reason


def test_the_mate_of_a_dead_router_is_master_in_its_place() -> None:
    assert found(seen(), SECOND, Mate()) == [("WATCH-VRRP", "medium", "lan0 10 IPv6")]
    assert found(seen(vrrp=(BACKUP,)), FIRST, Mate()) == []


def test_a_virtual_router_that_does_not_run_is_a_reason() -> None:
    assert found(seen(vrrp=())) == [("WATCH-VRRP", "medium", "lan0 10 IPv6")]


def test_a_port_that_is_down_or_gone_is_a_reason() -> None:
    dark = (PORTS[0], PORTS[1]._replace(up=False))
    assert found(seen(ports=dark)) == [("WATCH-PORT", "medium", "wan0")]
    assert found(seen(ports=PORTS[:1])) == [("WATCH-PORT", "low", "wan0")]
    assert found(seen(ports=())) == []


def test_a_platform_is_not_blamed_for_what_it_does_not_tell() -> None:
    bare = Observation(Health("east-r1", SESSIONS[:2], ()), (), None, None, None, "", None)
    assert found(bare, FIRST._replace(tells=NAPALM)) == []


@pytest.mark.parametrize(("lost", "reason"), [(5, []), (50, [("WATCH-ERRORS", "medium", "wan0")])])
def test_frames_lost_at_a_rate_are_a_reason(lost: int, reason: list[tuple[str, str, str]]) -> None:
    counted = Interface("wan0", True, 1000, 0, 0, 7, 0, None, 0)
    then = seen(ports=(PORTS[0], counted))
    before = Standing("east-r1", "up", AT, AT, AT, (), observation=then)
    now = seen(ports=(PORTS[0], counted._replace(rx_errors=7 + lost)))
    assert found(now, before=before) == reason


def test_what_a_dead_port_drops_is_no_news() -> None:
    dark = Interface("wan0", False, 1000, tx_dropped=10)
    then = Standing("east-r1", "up", AT, AT, AT, (), observation=seen(ports=(PORTS[0], dark)))
    for up in (False, True):
        now = seen(ports=(PORTS[0], dark._replace(up=up, tx_dropped=900)))
        assert "WATCH-ERRORS" not in {code for code, _, _ in found(now, before=then)}


def test_counters_that_began_anew_are_no_loss() -> None:
    then = seen(ports=(PORTS[0], Interface("wan0", True, 1000, rx_errors=900)))._replace(uptime=5000.0)
    before = Standing("east-r1", "up", AT, AT, AT, (), observation=then)
    now = seen(ports=(PORTS[0], Interface("wan0", True, 1000, rx_errors=1000)))
    assert found(now, before=before) == []
    fewer = seen(ports=(PORTS[0], Interface("wan0", True, 1000, rx_errors=0)))
    assert found(fewer, before=replace(before, observation=fewer)) == []


@pytest.mark.parametrize(
    ("observation", "code"),
    [
        (seen(cpu=0.97), "WATCH-CPU"),
        (seen(memory=0.97), "WATCH-MEMORY"),
        (seen(clock=CLOCK._replace(offset=-0.06)), "WATCH-CLOCK"),
        (seen(clock=Clock(False, "", None, None)), "WATCH-CLOCK"),
    ],
)
def test_what_hurts_no_traffic_is_told_but_degrades_nothing(observation: Observation, code: str) -> None:
    assert [(each[0], each[1]) for each in found(observation)] == [(code, "low")]


def test_what_is_not_told_is_no_reason() -> None:
    assert found(seen(clock=None)._replace(cpu=None, memory=None, version="")) == []


def test_another_version_than_the_mates_is_a_reason_on_one_platform_only() -> None:
    assert found(seen(), beside=mate(version="8.5")) == [("WATCH-VERSION", "low", "east-r2")]
    assert found(seen(), beside=mate(version="1.0")._replace(platform="ietf_netconf")) == []


def test_drift_is_a_reason() -> None:
    assert found(seen(), drift=3) == [("WATCH-DRIFT", "low", "")]


def test_lines_that_differ_are_counted_in_words_that_read_well() -> None:
    def said(lines: int) -> str:
        (reason,) = reasons(None, Sample("east-r1", LATER, 0.1, seen(), ""), FIRST, mate(), lines)
        return reason.detail

    assert said(1) == "1 line differs from what is declared"
    assert said(2) == "2 lines differ from what is declared"

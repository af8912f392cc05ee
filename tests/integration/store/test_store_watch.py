"""What watching keeps: standings, episodes, points that grow coarser with age, configurations and their causes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from timepiece import BEGIN, Timepiece

from netctl.model.artefact import Part, RunningState
from netctl.model.health import Clock, Health, Interface, Observation, Session, VrrpStatus
from netctl.model.moments import stamp
from netctl.model.watch import DeviceState, Rate, Reason, RoundMark, Standing, Trail
from netctl.store import Store
from netctl.store.packing import pack_look, unpack_look

DOWN = Reason("WATCH-UNREACHABLE", "reachability", "high", "", "no answer")
BGP = Reason("WATCH-BGP", "routing", "medium", "3fff:400::1", "3fff:400::1 is Idle")
SEEN = Observation(
    Health(
        "east-r1",
        (Session("bgp", "3fff:400::1", "Established", True, 6), Session("isis", "core-main-1", "Up", True)),
        (VrrpStatus("lan0", 1, 6, "master", 120),),
        ("eth7",),
    ),
    (Interface("eth0", True, 1000, 10, 20, 0, 0, 0, 0), Interface("eth7", False, None)),
    0.25,
    None,
    Clock(True, "3fff:200:1::123", 3, -0.0004),
    "8.4.4",
    86400.5,
)


def trail(name: str, state: DeviceState, at: str, *reasons: Reason) -> Trail:
    return Trail(Standing(name, state, at, at, at, reasons, "8.4.4"), {})


def look(store: Store, clock: Timepiece, *trails: Trail, whole: bool = True, **values: float) -> RoundMark:
    at = stamp(clock.now)
    metrics = {trail.standing.target: values for trail in trails} if values else {}
    with store.writing() as books:
        return books.watch.keep(RoundMark(0, at, at, 30.0, len(trails)), trails, metrics, whole=whole)


def test_an_observation_reads_back_as_it_was_packed() -> None:
    rates = (Rate("eth0", 12.5, None),)
    assert unpack_look(pack_look(SEEN, rates)) == (SEEN, rates)
    assert unpack_look(pack_look(None, ())) == (None, ())


def test_an_observation_in_a_form_of_another_netctl_counts_as_nothing_seen() -> None:
    assert unpack_look(b"[[1,2],[]]") == (None, ())
    assert unpack_look(b"{") == (None, ())


def test_a_standing_reads_back_whole_for_one_router_and_light_in_lists(store: Store, clock: Timepiece) -> None:
    at = stamp(clock.now)
    standing = Standing(
        "east-r1", "degraded", at, at, at, (BGP,), "8.4.4", "drifted", 3, at, -0.0004, SEEN, (Rate("eth0", 8.0, 1.0),)
    )
    look(store, clock, Trail(standing, {"WATCH-CPU ": 1}), trail("east-r2", "up", at))
    with store.reading() as books:
        light = replace(standing, observation=None, rates=())
        assert books.watch.standing("east-r1") == standing
        assert books.watch.standings(["east-r1"]) == {"east-r1": light}
        assert list(books.watch.standings()) == ["east-r1", "east-r2"]
        assert books.watch.standing("west-r1") is None
        assert books.watch.trails()["east-r1"] == Trail(standing, {"WATCH-CPU ": 1})


def test_a_second_look_moves_the_mark_but_is_no_round(store: Store, clock: Timepiece) -> None:
    with store.reading() as books:
        assert books.watch.round() is None
        assert books.watch.mark() == 0
    first = look(store, clock, trail("east-r1", "up", stamp(BEGIN)))
    look(store, clock, trail("east-r1", "down", stamp(BEGIN), DOWN), whole=False)
    with store.reading() as books:
        assert books.watch.round() == first
        assert books.watch.mark() == 2
        assert books.watch.standings()["east-r1"].state == "down"


def test_an_episode_lasts_as_long_as_its_state_and_gathers_its_reasons(store: Store, clock: Timepiece) -> None:
    first, second, third = (stamp(BEGIN + timedelta(minutes=minutes)) for minutes in range(3))
    look(store, clock, trail("east-r1", "up", first), trail("east-r2", "up", first))
    look(store, clock, trail("east-r1", "degraded", second, BGP), trail("east-r2", "up", first))
    look(store, clock, trail("east-r1", "degraded", second, DOWN), trail("east-r2", "up", first))
    look(store, clock, trail("east-r1", "up", third), trail("east-r2", "up", first))
    with store.reading() as books:
        found = books.watch.episodes("east-r1")
        assert [(each.state, each.since, each.until) for each in found] == [
            ("up", third, ""),
            ("degraded", second, third),
            ("up", first, second),
        ]
        assert found[1].reasons == (BGP, DOWN)
        assert [each.state for each in books.watch.episodes("east-r1", since=third)] == ["up", "degraded"]
        assert len(books.watch.episodes("east-r2")) == 1


def test_a_router_that_is_no_longer_declared_stands_nowhere_and_its_episode_ends(
    store: Store, clock: Timepiece
) -> None:
    at = stamp(BEGIN)
    look(store, clock, trail("east-r1", "up", at), trail("east-r2", "up", at))
    with store.writing() as books:
        books.watch.forget(["east-r1"], at)
    with store.reading() as books:
        assert list(books.watch.standings()) == ["east-r2"]
        assert books.watch.episodes("east-r1")[0].until == at
        assert list(books.watch.trails()) == ["east-r2"]


def test_points_are_single_looks_while_they_are_few(store: Store, clock: Timepiece) -> None:
    for cpu in (0.25, 0.5):
        look(store, clock, trail("east-r1", "up", stamp(BEGIN)), trail("east-r2", "up", stamp(BEGIN)), cpu=cpu)
        clock.now += timedelta(seconds=30)
    with store.reading() as books:
        found = books.watch.points("east-r1", stamp(BEGIN - timedelta(hours=1)))
    assert [(point.at, point.seconds, dict(point.values)) for point in found] == [
        (stamp(BEGIN), 30, {"cpu": 0.25}),
        (stamp(BEGIN + timedelta(seconds=30)), 30, {"cpu": 0.5}),
    ]


def test_a_router_that_gave_no_figures_has_no_points(store: Store, clock: Timepiece) -> None:
    look(store, clock, trail("east-r1", "up", stamp(BEGIN)), cpu=0.5)
    clock.now += timedelta(seconds=30)
    with store.reading() as books:
        assert books.watch.points("east-r2", stamp(BEGIN - timedelta(hours=1))) == ()


def test_old_looks_become_means_and_then_go(store: Store, clock: Timepiece) -> None:
    for minute in range(180):
        clock.now = BEGIN + timedelta(minutes=minute)
        look(store, clock, trail("east-r1", "up", stamp(BEGIN)), cpu=float(minute), reachable=1.0)
        with store.writing() as books:
            books.watch.condense(1, 1, 400)
    with store.reading() as books:
        whole = books.watch.points("east-r1", stamp(BEGIN), most=400)
        coarse = books.watch.points("east-r1", stamp(BEGIN), most=5)
        late = books.watch.points("east-r1", stamp(clock.now - timedelta(minutes=30)), most=400)
    assert whole[0].seconds == 300
    assert whole[0].values == {"cpu": 2.0, "reachable": 1.0}
    assert whole[-1].at == stamp(BEGIN + timedelta(minutes=175))
    assert [point.values["cpu"] for point in coarse] == [29.5, 89.5, 149.5]
    assert [point.seconds for point in late] == [60] * 31


def test_old_rounds_go_but_numbers_go_on(store: Store, clock: Timepiece) -> None:
    look(store, clock, trail("east-r1", "up", stamp(BEGIN)))
    last = look(store, clock, trail("east-r1", "up", stamp(BEGIN)))
    look(store, clock, trail("east-r1", "up", stamp(BEGIN)), whole=False)
    clock.now += timedelta(days=900)
    with store.writing() as books:
        books.watch.condense(1, 1, 400)
    with store.reading() as books:
        assert books.watch.round() == last
    assert look(store, clock, trail("east-r1", "up", stamp(BEGIN))).number == last.number + 2


def test_means_are_made_of_all_that_a_pause_left_behind(store: Store, clock: Timepiece) -> None:
    look(store, clock, trail("east-r1", "up", stamp(BEGIN)), cpu=0.5)
    clock.now += timedelta(days=3)
    look(store, clock, trail("east-r1", "up", stamp(BEGIN)), cpu=1.0)
    with store.writing() as books:
        books.watch.condense(1, 30, 400)
    with store.reading() as books:
        found = books.watch.points("east-r1", stamp(BEGIN), most=2000)
    assert [(point.at, point.values["cpu"]) for point in found] == [(stamp(BEGIN), 0.5), (stamp(clock.now), 1.0)]


def test_a_metric_that_is_not_there_is_missing_and_not_nought(store: Store, clock: Timepiece) -> None:
    look(store, clock, trail("east-r1", "up", stamp(BEGIN)), cpu=1e300, memory=0.5)
    with store.reading() as books:
        (point,) = books.watch.points("east-r1", stamp(BEGIN))
    assert point.values == {"memory": 0.5}


def test_a_configuration_is_kept_when_it_changes_with_what_caused_it(store: Store) -> None:
    before = RunningState("east-r1", "frr", (Part("frr.conf", "hostname east-r1\n"),))
    after = RunningState("east-r1", "frr", (Part("frr.conf", "hostname east-r1\nservice x\n"),))
    with store.writing() as books:
        for state, at, change in (
            (before, "2026-01-01", ""),
            (before, "2026-01-02", "C-000009"),
            (after, "2026-01-03", "C-000001"),
            (before, "2026-01-04", ""),
        ):
            books.watch.keep_configuration(state, at, change)
    with store.reading() as books:
        found = books.watch.configurations("east-r1")
        assert [(kept.at, kept.change) for kept in found] == [
            ("2026-01-04", ""),
            ("2026-01-03", "C-000001"),
            ("2026-01-01", ""),
        ]
        assert books.watch.configuration("east-r1", after.digest) == after
        assert books.watch.configuration("east-r2", after.digest) is None
        assert books.watch.digests()["east-r1"] == found[0]


def test_of_old_configurations_the_last_one_stays(store: Store, clock: Timepiece) -> None:
    states = [RunningState("east-r1", "frr", (Part("frr.conf", f"! {number}\n"),)) for number in range(3)]
    with store.writing() as books:
        for state in states:
            books.watch.keep_configuration(state, stamp(clock.now - timedelta(days=500)), "")
        books.watch.condense(1, 1, 400)
    with store.reading() as books:
        assert [kept.digest for kept in books.watch.configurations("east-r1")] == [states[2].digest]
        assert books.watch.configuration("east-r1", states[0].digest) is None


def test_what_prometheus_reads_is_that_of_the_last_round(store: Store) -> None:
    with store.reading() as books:
        assert books.watch.exposition() == (0, ())
    with store.writing() as books:
        books.watch.expose(1, [b"a", b"more"])
        books.watch.expose(2, [b"b", b"rest"])
    with store.reading() as books:
        assert books.watch.exposition() == (2, (b"b",))
        assert books.watch.exposition(2) == (2, (b"b", b"rest"))

"""Whatever routers show, states change no faster than hysteresis allows, and end where the last looks lead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.model.health import Clock, Health, Interface, Observation, Session, VrrpStatus
from netctl.model.moments import stamp
from netctl.model.watch import Sample, Trail
from netctl.observe.derive import Hysteresis, derive, settled
from netctl.observe.expect import EVERYTHING, Expected, VirtualRouter
from netctl.observe.reasons import Mate

BEGIN = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
EXPECTED = Expected(
    "east-r1",
    "east-r2",
    "frr",
    EVERYTHING,
    ("wan0", "lan0"),
    {"3fff:400::1": "core-main-1", "198.51.100.1": "core-main-1"},
    {},
    (VirtualRouter("lan0", 10, 6, wins=True),),
)
WORSE = {"up": 0, "degraded": 1, "down": 2}
HYSTERESIS = st.builds(Hysteresis, st.integers(1, 4), st.integers(1, 4))


def observation(up: frozenset[str], master: bool, cpu: float | None, offset: float | None) -> Observation:
    sessions = tuple(
        Session("bgp", address, "Established" if address in up else "Idle", address in up, 6 if ":" in address else 4)
        for address in EXPECTED.bgp
    )
    roles = (VrrpStatus("lan0", 10, 6, "master" if master else "backup", 110),)
    ports = tuple(Interface(port, port in up, 1000, 8 * len(up)) for port in EXPECTED.ports)
    clock = None if offset is None else Clock(True, "3fff:200:1::123", 3, offset)
    return Observation(Health("east-r1", sessions, roles), ports, cpu, None, clock, "8.4.4", 1.0)


OBSERVATIONS = st.builds(
    observation,
    st.frozensets(st.sampled_from([*EXPECTED.bgp, *EXPECTED.ports])),
    st.booleans(),
    st.sampled_from([None, 0.1, 0.99]),
    st.sampled_from([None, 0.001, 1.5]),
)
LOOKS = st.lists(st.none() | OBSERVATIONS, min_size=1, max_size=24)
WELL = observation(frozenset([*EXPECTED.bgp, *EXPECTED.ports]), True, 0.1, 0.001)
MATE = Mate(Health("east-r2", (), (VrrpStatus("lan0", 10, 6, "backup", 100),)), "8.4.4", "frr")


def walk(looks: list[Observation | None], hysteresis: Hysteresis) -> list[Trail]:
    """The trail after each look."""
    trails: list[Trail] = []
    for number, seen in enumerate(looks):
        at = stamp(BEGIN + timedelta(seconds=30 * number))
        sample = Sample("east-r1", at, 0.1, seen, "" if seen else "no answer")
        trails.append(derive(trails[-1] if trails else None, sample, EXPECTED, MATE, hysteresis))
    return trails


@given(LOOKS, HYSTERESIS)
@settings(max_examples=300)
def test_a_state_lasts_as_long_as_hysteresis_says(looks: list[Observation | None], hysteresis: Hysteresis) -> None:
    states = [trail.standing.state for trail in walk(looks, hysteresis)]
    changes = [
        (number, WORSE[after] - WORSE[before])
        for number, (before, after) in enumerate(zip(states, states[1:], strict=False), 1)
        if before != after and before != "unknown"
    ]
    for (earlier, first), (later, second) in zip(changes, changes[1:], strict=False):
        if first > 0 > second:
            assert later - earlier >= hysteresis.up_after
        if first < 0 < second:
            assert later - earlier >= hysteresis.down_after


@given(LOOKS, HYSTERESIS)
def test_enough_good_looks_heal_whatever_came_before(looks: list[Observation | None], hysteresis: Hysteresis) -> None:
    good = max(hysteresis) + 1
    last = walk([*looks, *[WELL] * good], hysteresis)[-1]
    assert last.standing.state == "up"
    assert last.standing.reasons == ()
    assert settled(last)


@given(LOOKS, HYSTERESIS)
def test_silence_leads_down_and_leaves_one_reason(looks: list[Observation | None], hysteresis: Hysteresis) -> None:
    last = walk([*looks, *[None] * hysteresis.down_after], hysteresis)[-1].standing
    assert last.state == "down"
    assert [reason.code for reason in last.reasons] == ["WATCH-UNREACHABLE"]


@given(LOOKS, HYSTERESIS)
def test_since_is_when_the_state_began_and_seen_at_the_last_answer(
    looks: list[Observation | None], hysteresis: Hysteresis
) -> None:
    standings = [trail.standing for trail in walk(looks, hysteresis)]
    for before, after in zip(standings, standings[1:], strict=False):
        assert after.since == (before.since if after.state == before.state else after.tried_at)
    answered = [standing.tried_at for standing, seen in zip(standings, looks, strict=True) if seen]
    assert standings[-1].seen_at == (answered[-1] if answered else "")


@given(LOOKS, HYSTERESIS)
def test_a_look_that_changes_nothing_is_settled(looks: list[Observation | None], hysteresis: Hysteresis) -> None:
    last = walk(looks, hysteresis)[-1]
    if settled(last) and last.standing.state != "down":
        again = walk([*looks, last.standing.observation], hysteresis)[-1]
        assert again.standing.state == last.standing.state


def test_what_is_found_beside_a_reason_whose_time_has_come_is_told_with_it() -> None:
    one, both = frozenset(["198.51.100.1", *EXPECTED.ports]), frozenset(EXPECTED.ports)
    looks = [WELL, observation(one, True, 0.1, 0.001), observation(both, True, 0.1, 0.001)]
    told = [sorted(reason.subject for reason in trail.standing.reasons) for trail in walk(looks, Hysteresis())]
    assert told == [[], [], ["198.51.100.1", "3fff:400::1"]]

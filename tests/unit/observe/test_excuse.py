"""What a change in flight explains is told as that change; everything else keeps its own name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outages import standings, world

from netctl.model.change import Flight
from netctl.model.moments import stamp
from netctl.model.watch import Reason
from netctl.observe.correlate import correlate
from netctl.observe.excuse import IN_CHANGE, excused_since, in_the_air
from netctl.settings import Settings

HQ1, HQ2 = "rivers-hq-r1", "rivers-hq-r2"
PUSHED = {HQ1: "C-000007"}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SETTINGS = Settings(home=Path("unused"))
PATIENCE = SETTINGS.confirm_deadline + SETTINGS.settle_deadline


def causes(flights, **outage):
    place = world()
    return correlate(place[1], standings(place, **outage), flights)


@pytest.mark.parametrize("outage", [{"dead": [HQ1]}, {"dead": [HQ1], "late": True}, {"unseen": [HQ1]}])
def test_a_router_that_is_away_while_a_change_is_in_flight_on_it_is_told_as_that_change(outage):
    (cause,) = causes(PUSHED, **outage)
    (plain,) = causes({}, **outage) or (cause,)
    assert (cause.key, cause.code, cause.severity) == (f"change:C-000007:{HQ1}", IN_CHANGE, "info")
    assert (cause.kind, cause.subject, cause.organisation) == ("device", HQ1, "rivers")
    assert (cause.symptoms, cause.targets) == (plain.symptoms, plain.targets)
    assert cause.places == (HQ1, "rivers-hq")
    assert cause.detail.startswith("in change C-000007: WATCH-DEVICE-")


def test_what_its_mate_and_its_lines_say_is_told_with_it():
    lan = Reason("WATCH-VRRP", "first_hop", "medium", "lan0 10", "master in place of rivers-hq-r1")
    (cause,) = causes(PUSHED, cut=["rivers-hq:1"], more={HQ2: (lan,)})
    assert cause.detail == "in change C-000007: WATCH-LINE-DOWN rivers-hq:1, WATCH-VRRP rivers-hq"
    assert any(symptom.startswith(f"{HQ2} WATCH-VRRP") for symptom in cause.symptoms)
    assert {cause.key for cause in causes({}, cut=["rivers-hq:1"], more={HQ2: (lan,)})} == {
        "line:rivers-hq:1",
        "pair:rivers-hq",
    }


def test_what_happens_elsewhere_keeps_its_name():
    keys = {cause.key for cause in causes(PUSHED, dead=[HQ1, "forests-hq-r1"], cut=["bb3"])}
    assert keys == {"device:forests-hq-r1", "line:bb3", f"change:C-000007:{HQ1}"}


def test_a_site_that_is_cut_off_is_never_part_of_a_change():
    for outage in (
        {"dead": [HQ1, HQ2]},
        {"dead": [HQ1], "cut": ["rivers-hq:2"]},
        {"cut": ["rivers-hq:1", "rivers-hq:2"]},
    ):
        assert causes(PUSHED, **outage) == causes({}, **outage)


def test_what_is_no_doing_of_a_push_keeps_its_name():
    clock = Reason("WATCH-CLOCK", "time", "low", "", "the clock follows no source")
    two = Reason("WATCH-VRRP", "first_hop", "high", "lan0 10", "no master: rivers-hq-r1 is backup as well")
    for reason in (clock, two):
        assert causes(PUSHED, more={HQ1: (reason,)}) == causes({}, more={HQ1: (reason,)})


def test_what_a_silent_router_said_before_it_fell_silent_does_not_count():
    drift = Reason("WATCH-DRIFT", "configuration", "low", "", "3 lines differ from what is declared")
    place = world()
    said = standings(place, dead=[HQ1], late=True)
    said[HQ1] = replace(said[HQ1], reasons=(drift,))
    assert [cause.code for cause in correlate(place[1], said, PUSHED)] == [IN_CHANGE]


# ── how long a change excuses ────────────────────────────────────────────────────────────────────────────────────────


def excused(state: str, ago: float) -> bool:
    flight = Flight("C-000007", HQ1, state, stamp(NOW - timedelta(seconds=ago)))
    return in_the_air([flight], SETTINGS, lambda: NOW) == PUSHED


def test_a_step_excuses_no_longer_than_the_deadlines_of_its_push():
    assert excused("in_flight", PATIENCE)
    assert not excused("in_flight", PATIENCE + 1)


def test_a_member_that_ended_well_is_excused_until_routers_had_time_to_say_so():
    grace = (SETTINGS.observe_up_after + 1) * SETTINGS.observe_interval
    assert excused("done", grace)
    assert not excused("done", grace + 1)
    assert excused_since(SETTINGS, lambda: NOW) == stamp(NOW - timedelta(seconds=grace))

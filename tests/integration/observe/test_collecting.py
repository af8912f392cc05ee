"""Looking at many routers at once: who is slow or dead delays nobody, and logins are not made twice."""

import threading
import time

import pytest
from fleet import Fleet
from networks import reference

from netctl.errors import DeviceTimeout
from netctl.observe.collect import Collector, Looked

NAMES = ("rivers-hq-r1", "rivers-hq-r2", "core-main-1")
SOON = 20.0  # seconds within which what must come comes


@pytest.fixture
def fleet():
    fleet = Fleet(reference())
    yield fleet
    fleet.release.set()


@pytest.fixture
def collector(fleet: Fleet):
    collector = Collector(fleet.connect, lambda _state: ("none", 0), workers=4, sessions=8)
    yield collector
    fleet.release.set()
    collector.close()
    assert fleet.open == set()


def look(collector: Collector, *names: str, seconds: float = SOON, patient: bool = False) -> dict[str, Looked]:
    collector.begin(names or NAMES)
    found = collector.gather(time.monotonic() + seconds, patient=patient)
    return {each.sample.target: each for each in found}


def test_every_router_is_looked_at_in_one_session_that_stays_open(fleet: Fleet, collector: Collector) -> None:
    for _ in range(3):
        found = look(collector)
        assert sorted(found) == sorted(NAMES)
        assert all(each.sample.observation and each.sample.at and not each.sample.error for each in found.values())
    assert fleet.logins == dict.fromkeys(NAMES, 1)


def test_a_router_that_does_not_answer_is_told_with_its_error(fleet: Fleet, collector: Collector) -> None:
    fleet.dead.add("rivers-hq-r1")
    found = look(collector)
    assert found["rivers-hq-r1"].sample.observation is None
    assert "no route to host" in found["rivers-hq-r1"].sample.error
    assert found["rivers-hq-r2"].sample.observation is not None


def test_a_session_the_router_ended_is_no_failure_but_a_login_more(fleet: Fleet, collector: Collector) -> None:
    look(collector)
    fleet.lost.add("rivers-hq-r1")
    assert look(collector)["rivers-hq-r1"].sample.observation is not None
    assert fleet.logins["rivers-hq-r1"] == 2


def test_a_router_that_is_late_is_not_asked_twice(fleet: Fleet, collector: Collector) -> None:
    look(collector)
    fleet.wrong["rivers-hq-r1"] = DeviceTimeout("late", where="rivers-hq-r1")
    assert look(collector)["rivers-hq-r1"].sample.observation is None
    assert fleet.logins["rivers-hq-r1"] == 1


def test_a_defect_that_one_router_provokes_is_told_as_that_and_stops_no_other(
    fleet: Fleet, collector: Collector
) -> None:
    fleet.wrong["rivers-hq-r1"] = ZeroDivisionError("0 / 0")
    found = look(collector)
    assert found["rivers-hq-r1"].sample.error == "defect of netctl: ZeroDivisionError: 0 / 0"
    assert len(found) == 3


def test_a_silent_router_delays_one_round_at_most_and_comes_in_with_a_later_one(
    fleet: Fleet, collector: Collector
) -> None:
    fleet.hung.add("rivers-hq-r1")
    assert sorted(look(collector, seconds=1.0)) == ["core-main-1", "rivers-hq-r2"]
    fleet.release.set()
    assert look(collector, "rivers-hq-r1")["rivers-hq-r1"].sample.error
    fleet.release.clear()
    began = time.monotonic()
    assert sorted(look(collector)) == ["core-main-1", "rivers-hq-r2"]  # it is in the other lane now
    assert time.monotonic() - began < SOON / 2
    fleet.release.set()
    assert sorted(look(collector, "core-main-1", patient=True)) == ["core-main-1", "rivers-hq-r1"]


def test_many_dead_routers_do_not_take_the_places_of_the_living(fleet: Fleet, collector: Collector) -> None:
    names = list(reference().devices)
    dead = [name for name in names if name not in NAMES]
    fleet.dead.update(dead)
    look(collector, *names)
    fleet.dead.clear()
    fleet.hung.update(dead)
    assert sorted(look(collector, *names)) == sorted(NAMES)


def test_no_more_sessions_stay_open_than_allowed(fleet: Fleet) -> None:
    collector = Collector(fleet.connect, lambda _state: ("none", 0), workers=1, sessions=1)
    look(collector)
    assert len(fleet.open) == 1
    collector.close()
    assert fleet.open == set()


def test_a_wish_to_stop_ends_the_waiting(fleet: Fleet, collector: Collector) -> None:
    fleet.hung.add("rivers-hq-r1")
    stop = threading.Event()
    collector.begin(NAMES)
    threading.Timer(0.1, stop.set).start()
    collector.gather(time.monotonic() + SOON, stop.is_set)
    assert stop.is_set()


def test_the_session_of_a_router_that_is_not_watched_any_more_is_closed(fleet: Fleet, collector: Collector) -> None:
    look(collector)
    collector.forget(["rivers-hq-r1"])
    assert fleet.open == set(NAMES) - {"rivers-hq-r1"}


def test_a_configuration_that_cannot_be_read_leaves_the_router_seen(fleet: Fleet, collector: Collector) -> None:
    collector.begin(["rivers-hq-r1"], with_configuration=["rivers-hq-r1"])
    (found,) = collector.gather(time.monotonic() + SOON)
    assert found.sample.observation is not None
    assert (found.running, found.sample.drift) == (None, "unknown")

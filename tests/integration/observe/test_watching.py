"""The watch as a whole, over a fleet behind the seam by which real routers are reached."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import papers
import pytest
from fleet import Fleet
from networks import ROOT, reference
from prometheus_client.parser import text_string_to_metric_families
from stores import fresh

from netctl.change import steps
from netctl.control.watching import grounds
from netctl.control.watching.freshness import stale
from netctl.control.watching.metrics import metrics
from netctl.control.watching.observe import LEASE, Round, observe_forever, observe_once, refuse_slow_looks
from netctl.errors import ObserverAlive, SettingsInvalid
from netctl.model.artefact import RunningState
from netctl.model.moments import now, read_moment, stamp
from netctl.settings import Settings
from netctl.store import Store

SOON = 30.0  # seconds within which what must come comes
HQ1, HQ2 = "rivers-hq-r1", "rivers-hq-r2"


@pytest.fixture
def fleet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fleet]:
    fleet = Fleet(reference(), ROOT)
    monkeypatch.setattr(grounds, "connector", lambda _root, _settings: lambda device: fleet.connect(device.name))
    yield fleet
    fleet.release.set()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, observe_interval=1, observe_timeout=1, drift_every=2, names_every=0)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(fresh(settings.home / "netctl.db")) as opened:
        yield opened


class Watch:
    """A watch in a thread; its rounds are awaited."""

    def __init__(self, settings: Settings, store: Store, **options: Any) -> None:
        self.rounds: queue.Queue[Round] = queue.Queue()
        self.said: queue.Queue[str] = queue.Queue()
        self._stop = threading.Event()
        self._failed: list[BaseException] = []
        arguments = {"told": self.rounds.put, "say": self.said.put, **options}
        self._thread = threading.Thread(target=self._run, args=(settings, store, arguments))
        self._thread.start()

    def _run(self, settings: Settings, store: Store, arguments: dict[str, Any]) -> None:
        try:
            observe_forever(ROOT, settings, store, self._stop, **arguments)
        except BaseException as error:  # told to whoever waits
            self._failed.append(error)

    def until(self, holds: Callable[[Round], bool]) -> list[Round]:
        """The rounds up to the first of which this holds."""
        seen = []
        while not seen or not holds(seen[-1]):
            seen.append(self.rounds.get(timeout=SOON))
        return seen

    def end(self) -> None:
        """Stop, and see that it ended in order."""
        self._stop.set()
        self._thread.join(SOON)
        assert not self._thread.is_alive()
        assert self._failed == []


@pytest.fixture
def watch(settings: Settings, store: Store, fleet: Fleet) -> Iterator[Watch]:
    watch = Watch(settings, store)
    yield watch
    fleet.release.set()
    watch.end()


def states(store: Store) -> dict[str, str]:
    with store.reading() as books:
        return {name: standing.state for name, standing in books.watch.standings().items()}


def codes(store: Store, name: str) -> set[str]:
    with store.reading() as books:
        standing = books.watch.standing(name)
        assert standing is not None
        return {reason.code for reason in standing.reasons}


def test_one_round_says_how_every_router_stands(fleet: Fleet, settings: Settings, store: Store) -> None:
    fleet.dead.add(HQ1)
    found = observe_once(ROOT, settings, store)
    assert found.mark.targets == len(reference().devices)
    assert {each.target for each in found.standings if each.state != "up"} >= {HQ1, HQ2}
    assert states(store)[HQ1] == "unknown"  # one look is no proof
    assert states(store)["core-backup-1"] == "up"
    assert {"WATCH-BGP", "WATCH-BFD", "WATCH-VRRP"} <= codes(store, HQ2)
    assert observe_once(ROOT, settings, store).states["down"] == 1


def test_a_round_may_be_over_a_few_routers(fleet: Fleet, settings: Settings, store: Store) -> None:
    found = observe_once(ROOT, settings, store, names=["rivers-hq"])
    assert sorted(each.target for each in found.standings) == [HQ1, HQ2]


def test_a_death_is_told_within_two_intervals_and_so_is_the_return(
    watch: Watch, fleet: Fleet, settings: Settings, store: Store
) -> None:
    watch.until(lambda found: found.whole and set(found.states) == {"up"})
    died = now()
    fleet.dead.add(HQ1)
    (last,) = [found for found in watch.until(lambda _round: states(store)[HQ1] == "down")][-1:]
    told = read_moment(last.mark.ended_at)
    assert told - died < timedelta(seconds=2 * settings.observe_interval + 5)  # a busy machine's breath
    watch.until(lambda _round: "WATCH-VRRP" in codes(store, HQ2))
    with store.reading() as books:
        (problem,) = books.problems.open()
    assert problem.subject == HQ1
    fleet.dead.clear()
    watch.until(lambda found: set(found.states) == {"up"})
    with store.reading() as books:
        assert books.problems.open() == ()
        assert [each.state for each in books.watch.episodes(HQ1)] == ["up", "down", "up"]


def test_a_second_look_decides_before_the_next_round(fleet: Fleet, settings: Settings, store: Store) -> None:
    watch = Watch(replace(settings, observe_interval=4, drift_every=0), store)
    watch.until(lambda found: found.whole and set(found.states) == {"up"})
    fleet.cut.add("rivers-hq:1")
    rounds = watch.until(lambda _round: states(store)[HQ1] == "degraded")
    watch.end()
    assert [found.whole for found in rounds] == [True, False]
    assert {each.target for each in rounds[-1].standings} == {HQ1, "core-main-1"}  # the line's two ends, nobody else


def test_a_router_that_hangs_delays_no_round(watch: Watch, fleet: Fleet, settings: Settings, store: Store) -> None:
    watch.until(lambda found: found.whole)
    fleet.hung.add(HQ1)
    others = len(reference().devices) - 1
    watch.until(  # sooner or later: a busy machine may delay one
        lambda found: found.whole and found.mark.targets == others and found.seconds < settings.observe_interval
    )
    assert states(store)["core-main-1"] == "up"


def test_rounds_begin_whole_intervals_after_each_other_and_do_not_drift(
    fleet: Fleet, settings: Settings, store: Store
) -> None:
    interval = 3
    watch = Watch(replace(settings, observe_interval=interval, drift_every=0), store)
    rounds: list[Round] = []
    while len(rounds) < 4:
        rounds += [found for found in watch.until(lambda found: found.whole) if found.whole]
    watch.end()
    began = [read_moment(found.mark.began_at) for found in rounds]
    offsets = [(moment - began[0]).total_seconds() for moment in began[1:]]
    slots = [round(offset / interval) for offset in offsets]  # a machine that is busy for seconds may miss one
    assert slots == sorted(set(slots))
    late = sorted(abs(offset - slot * interval) for offset, slot in zip(offsets, slots, strict=True))
    assert late[1] < 0.5, "most begin on time"


def test_a_second_watch_stands_by_and_takes_over(
    watch: Watch, fleet: Fleet, settings: Settings, store: Store, tmp_path: Path
) -> None:
    watch.until(lambda found: found.whole)
    with pytest.raises(ObserverAlive):
        observe_once(ROOT, settings, store)
    second = Watch(settings, store)
    assert "standing by" in second.said.get(timeout=SOON)
    assert second.rounds.empty()
    watch.end()
    first = second.until(lambda found: found.whole)[0]
    assert set(first.states) == {"up"}  # it goes on where the other one left off
    second.end()


def test_a_watch_that_lost_its_lease_writes_nothing_more(
    watch: Watch, fleet: Fleet, settings: Settings, store: Store
) -> None:
    watch.until(lambda found: found.whole)
    with store.writing() as books:
        lease = books.leases._find(LEASE)
        assert lease is not None
        books.leases._set(LEASE, owner="another", fence=lease.fence + 1, expires_at=stamp(now() + timedelta(hours=1)))
        number = books.watch.mark()
    assert "another" in watch.said.get(timeout=SOON)
    with store.reading() as books:
        assert books.watch.mark() == number


def test_drift_is_found_and_kept_with_the_configuration(fleet: Fleet, settings: Settings, store: Store) -> None:
    observe_once(ROOT, settings, store)
    with store.reading() as books:
        assert {each.drift for each in books.watch.standings().values()} == {"none"}
        (first,) = books.watch.configurations(HQ1)
    fleet.texts[HQ1] = {"banner": "another banner\n"}
    settings = replace(settings, drift_every=1)
    with_drift = Watch(settings, store)
    with_drift.until(lambda _round: "WATCH-DRIFT" in codes(store, HQ1))
    with_drift.end()
    with store.reading() as books:
        standing = books.watch.standing(HQ1)
        latest = books.watch.configurations(HQ1)[0]
        held = books.watch.configuration(HQ1, latest.digest)
    assert standing is not None
    assert (standing.state, standing.drift) == ("up", "drifted")
    assert standing.drift_lines > 0
    assert (latest.digest != first.digest, latest.change) == (True, "")
    assert isinstance(held, RunningState)
    assert {part.name: part.text for part in held.parts}["banner"] == "another banner\n"


def test_what_is_wrong_with_the_settings_is_said_before_the_first_look(settings: Settings, store: Store) -> None:
    with pytest.raises(SettingsInvalid):
        observe_once(ROOT, replace(settings, observe_interval=0), store)


@pytest.mark.parametrize(
    ("interval", "timeout", "fits"), [(30, 15, True), (30, 16, False), (31, 16, False), (1, 1, True)]
)
def test_a_look_that_may_take_more_than_half_an_interval_is_refused(interval: int, timeout: int, fits: bool) -> None:
    asked = Settings(home=Path("unused"), observe_interval=interval, observe_timeout=timeout)
    if fits:
        refuse_slow_looks(asked)
        return
    with pytest.raises(SettingsInvalid, match="more than half") as refused:
        refuse_slow_looks(asked)
    assert "`observe_timeout = 15`" in refused.value.hint


def test_prometheus_reads_every_router_and_nothing_that_is_old(fleet: Fleet, settings: Settings, store: Store) -> None:
    fleet.dead.add(HQ1)
    for _ in range(2):
        found = observe_once(ROOT, settings, store)
    usual = {family.name for family in text_string_to_metric_families(metrics(store))}
    families = {family.name: family for family in text_string_to_metric_families(metrics(store, full=True))}
    assert usual < families.keys()
    assert {"netctl_device_up", "netctl_line_up"} < usual
    up = {sample.labels["device"]: sample.value for sample in families["netctl_device_up"].samples}
    assert up == {name: float(name != HQ1) for name in reference().devices}
    (sample,) = [each for each in families["netctl_device_up"].samples if each.labels["device"] == HQ1]
    assert sample.labels == {"device": HQ1, "site": "rivers-hq", "organisation": "rivers"}
    assert families["netctl_rounds"].samples[0].value == found.mark.number
    assert {each.labels["severity"]: each.value for each in families["netctl_problems"].samples}["medium"] >= 1
    assert {each.labels["device"] for each in families["netctl_clock_offset_seconds"].samples} == set(up) - {HQ1}
    counted = {each.labels["direction"] for each in families["netctl_interface_bytes"].samples}
    assert counted == {"receive", "transmit"}
    late = read_moment(found.mark.ended_at) + timedelta(seconds=2.5 * settings.observe_interval + 1)
    assert stale(found.mark.ended_at, found.mark, late)
    old = metrics(store, clock=lambda: late)
    assert "netctl_device_up" not in old
    assert "netctl_rounds_total" in old


def test_prometheus_reads_a_store_that_nobody_ever_watched(store: Store) -> None:
    families = {family.name for family in text_string_to_metric_families(metrics(store))}
    assert families == {"netctl_changes", "netctl_problems", "netctl_audit_entries"}


def test_a_router_that_a_change_is_in_flight_on_is_told_as_that_change_until_the_change_fails(
    fleet: Fleet, settings: Settings, store: Store
) -> None:
    papers.peopled(store)
    change, _ = steps.begin_push(store, papers.approved(store, HQ1, HQ2).id, user="daigo")
    observe_once(ROOT, settings, store)
    with store.writing() as books:
        books.rollout.set_member(change.id, HQ1, "in_flight", "", "daigo")
    fleet.dead.add(HQ1)
    for _ in range(2):
        observe_once(ROOT, settings, store)
    assert open_problems(store) == {f"change:{change.id}:{HQ1}": "WATCH-IN-CHANGE"}
    with store.writing() as books:
        books.rollout.set_member(change.id, HQ1, "failed", "", "daigo")
    observe_once(ROOT, settings, store)
    assert open_problems(store) == {f"device:{HQ1}": "WATCH-DEVICE-DOWN"}


def open_problems(store: Store) -> dict[str, str]:
    """The codes of open problems, by what they are about."""
    with store.reading() as books:
        return {problem.key: problem.code for problem in books.problems.open()}

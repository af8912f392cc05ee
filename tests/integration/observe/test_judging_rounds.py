"""From looks to problems, the whole way: what routers show, hysteresis, correlation, the store and the outbox."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from networks import reference
from seeds import Seeds

from netctl.model.moments import stamp
from netctl.model.problems import SinkTrouble
from netctl.model.watch import RoundMark
from netctl.observe.judge import judge
from netctl.observe.topology import topology
from netctl.store import Store

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
HQ1 = "rivers-hq-r1"


class Place:
    """The reference network, watched round by round."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seeds = Seeds(reference())
        self.at = START

    def rounds(self, count: int = 1, **broken) -> None:
        self.at += timedelta(seconds=30 * count)
        self.seeds.rounds(self.store, self.at, count, **broken)

    def open(self) -> dict[str, str]:
        with self.store.reading() as books:
            return {problem.key: problem.code for problem in books.problems.open()}


@pytest.fixture
def place(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True) as store:
        place = Place(store)
        place.rounds(2)
        assert place.open() == {}
        yield place


@pytest.mark.parametrize(
    ("broken", "problems"),
    [
        ({"dead": [HQ1]}, {f"device:{HQ1}": "WATCH-DEVICE-DOWN"}),
        ({"dead": ["core-main-1"]}, {"device:core-main-1": "WATCH-DEVICE-DOWN"}),
        ({"dead": ["border-main"]}, {"device:border-main": "WATCH-DEVICE-DOWN"}),
        ({"cut": ["rivers-hq:1"]}, {"line:rivers-hq:1": "WATCH-LINE-DOWN"}),
        ({"cut": ["bb3"]}, {"line:bb3": "WATCH-LINE-DOWN"}),
        ({"cut": ["rivers-hq:1", "rivers-hq:2"]}, {"site:rivers-hq": "WATCH-SITE-CUT-OFF"}),
        ({"dead": [HQ1, "rivers-hq-r2"]}, {"site:rivers-hq": "WATCH-SITE-CUT-OFF"}),
        ({"dead": ["core-main-1", "core-backup-1"]}, {"group:core-backup-1": "WATCH-GROUP-DOWN"}),
        ({"clocks_lost": list(reference().devices)}, {"time:3fff:200:1::123": "WATCH-TIME-SOURCE"}),
        ({"drifted": [HQ1]}, {f"WATCH-DRIFT:{HQ1}": "WATCH-DRIFT"}),
    ],
)
def test_within_two_rounds_there_is_one_problem_and_two_rounds_after_it_there_is_none(place, broken, problems):
    place.rounds(2, **broken)
    assert place.open() == problems
    place.rounds(3, **broken)
    assert place.open() == problems
    place.rounds(3)
    assert place.open() == {}
    with place.store.reading() as books:
        assert [problem.id for problem in books.problems.all()] == ["P-000001"]


def test_while_nobody_answers_no_problem_ends(place):
    place.rounds(2, cut=["rivers-hq:1"])
    place.rounds(3, dead=list(reference().devices))
    assert place.open() == {"line:rivers-hq:1": "WATCH-LINE-DOWN", "blind:netctl": "WATCH-BLIND"}
    place.rounds(3)
    assert place.open() == {}


def test_what_is_told_outside_is_severe_enough_and_a_refusing_sink_is_a_problem_that_ends(tmp_path):
    wiring = topology(reference())
    with Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True) as store, store.writing() as books:
        books.watch.keep(*round_of(tmp_path, dead=["forests-hq-r1"], drifted=[HQ1]), whole=True)
        judge(books, wiring, ("mail", "syslog"), "medium")
        for sink in ("mail", "syslog"):
            assert [letter.alert.subject for letter in books.outbox.due(sink, 9)] == ["forests-hq-r1"]
        (letter,) = books.outbox.due("mail", 9)
        for tries in range(3):
            books.outbox.failed((replace(letter, tries=tries),), "refused")
        assert books.outbox.troubles() == (SinkTrouble("mail", 1, 3, "refused"),)
        steps = judge(books, wiring, ("mail", "syslog"), "low")
        assert [cause.key for cause in steps.opened] == ["alerts:mail"]
        assert [letter.alert.subject for letter in books.outbox.due("syslog", 9)] == ["forests-hq-r1", "mail"]
        assert books.outbox.due("mail", 9) == ()
        judge(books, wiring, ("syslog",), "low")  # mail is not in use any more
        steps = judge(books, wiring, ("syslog",), "low")
        assert [problem.key for problem in steps.closed] == ["alerts:mail"]


def test_a_problem_that_was_silenced_when_it_began_is_told_once_when_the_silence_ends(tmp_path):
    moment = START
    _, trails, points = round_of(tmp_path, dead=[HQ1])
    with Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True, clock=lambda: moment) as store:
        with store.writing() as books:
            books.users.add("aiko", (), "aiko")
            until = stamp(START + timedelta(seconds=75))
            books.silences.add("rivers-hq", "*", user="aiko", reason="works", until=until)
        told = []
        for _ in range(4):
            moment += timedelta(seconds=30)
            with store.writing() as books:
                mark = RoundMark(0, stamp(moment), stamp(moment), 30.0, len(trails))
                books.watch.keep(mark, trails, points, whole=True)
                judge(books, topology(reference()), ("mail",))
                letters = books.outbox.due("mail", 9)
                told.append([(letter.alert.event, letter.alert.subject) for letter in letters])
                books.outbox.delivered(letters)
    assert told == [[], [], [("opened", HQ1)], []]


def round_of(tmp_path, **broken):
    """A round as the store takes it: what `broken` gives after two looks."""
    seeds = Seeds(reference())
    with Store.open(f"sqlite:///{tmp_path}/scratch.db", create=True) as scratch:
        seeds.rounds(scratch, START, 2, **broken)
    return RoundMark(0, stamp(START), stamp(START), 30.0, len(seeds.trails)), list(seeds.trails.values()), {}


# ── a push and what it brings about ──────────────────────────────────────────────────────────────────────────────────


def judged(place, flights, **broken) -> None:
    """Two rounds, the last of them judged with these routers in flight."""
    place.rounds(2, flights=flights, sinks=("syslog",), **broken)


def waiting(place) -> list[tuple[str, str]]:
    with place.store.reading() as books:
        return [(letter.alert.event, letter.alert.code) for letter in books.outbox.due("syslog", 100)]


def test_what_a_push_does_is_told_as_that_and_to_no_sink_until_it_outlasts_the_push(place):
    flights = {HQ1: "C-000007"}
    judged(place, flights, dead=[HQ1])
    assert place.open() == {f"change:C-000007:{HQ1}": "WATCH-IN-CHANGE"}
    judged(place, flights)
    assert place.open() == {}
    assert waiting(place) == []
    judged(place, flights, dead=[HQ1])
    judged(place, {}, dead=[HQ1])
    assert place.open() == {f"device:{HQ1}": "WATCH-DEVICE-DOWN"}
    assert waiting(place) == [("opened", "WATCH-DEVICE-DOWN")]


def test_what_was_wrong_before_a_push_stays_what_it_was(place):
    judged(place, {}, cut=["rivers-hq:1"])
    judged(place, {HQ1: "C-000007"}, cut=["rivers-hq:1"])
    assert place.open() == {"line:rivers-hq:1": "WATCH-LINE-DOWN"}
    judged(place, {HQ1: "C-000007"})
    assert place.open() == {}
    assert waiting(place) == [("opened", "WATCH-LINE-DOWN"), ("closed", "WATCH-LINE-DOWN")]

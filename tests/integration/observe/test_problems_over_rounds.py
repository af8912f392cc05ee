"""Problems from round to round, on both databases: one number for one story, told outside once, hushed on the record."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from outages import standings, world

from netctl.control.watching import problems as use_case
from netctl.errors import (
    NotAllowed,
    ProblemOver,
    SilenceInvalid,
    SilenceOver,
    SilentReasonMissing,
    UnknownProblem,
    UnknownSilence,
)
from netctl.model.moments import stamp
from netctl.model.people import Grant
from netctl.model.problems import Alert, SinkTrouble
from netctl.observe.correlate import correlate
from netctl.observe.follow import follow
from netctl.observe.judge import refusing
from netctl.store import Store
from netctl.store.verify import verify

NETWORK, TOPOLOGY, _ = world()
HQ1 = "rivers-hq-r1"


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(store_url: str, clock: Clock):
    with Store.open(store_url, create=True, clock=clock) as store:
        with store.writing() as books:
            books.users.add("aiko", [Grant("operator"), Grant("admin")], "aiko")
            books.users.add("ren", [Grant("operator", "rivers")], "aiko")
            books.users.add("fumi", [Grant("operator", "forests")], "aiko")
            books.users.add("vera", [Grant("viewer")], "aiko")
        yield store


def a_round(store: Store, **outage) -> tuple[Alert, ...]:
    with store.writing() as books:
        causes = correlate(TOPOLOGY, standings(world(), **outage))
        return books.problems.record(follow(TOPOLOGY, books.problems.open(whole=True), causes))


def opened(store: Store):
    with store.reading() as books:
        return books.problems.open()


def whole(store: Store):
    with store.reading() as books:
        report = verify(books)
    return report.broken


def test_a_problem_opens_once_stays_while_it_lasts_and_ends(store):
    (alert,) = a_round(store, dead=[HQ1])
    assert (alert.event, alert.id, alert.subject) == ("opened", "P-000001", HQ1)
    assert a_round(store, dead=[HQ1]) == ()
    (problem,) = opened(store)
    assert problem.symptom_count == len(alert.symptoms)
    (alert,) = a_round(store)
    assert (alert.event, alert.id) == ("closed", "P-000001")
    assert opened(store) == ()
    (alert,) = a_round(store, dead=[HQ1])
    assert alert.id == "P-000002"


def test_what_grows_worse_goes_on_under_its_number_and_asks_again(store):
    a_round(store, cut=["rivers-hq:1"])
    use_case.acknowledge(store, "P-1", user="aiko", reason="the carrier is on its way")
    (alert,) = a_round(store, cut=["rivers-hq:1", "rivers-hq:2"])
    assert (alert.event, alert.id, alert.code) == ("escalated", "P-000001", "WATCH-SITE-CUT-OFF")
    (problem,) = opened(store)
    assert problem.acknowledged is None
    assert a_round(store, cut=["rivers-hq:2"]) == ()
    (problem,) = opened(store)
    assert (problem.id, problem.key, problem.severity) == ("P-000001", "line:rivers-hq:2", "medium")
    assert whole(store) == ""


def test_one_line_that_heals_while_another_breaks_are_two_stories(store):
    a_round(store, cut=["rivers-hq:1"])
    events = {(alert.event, alert.id) for alert in a_round(store, cut=["rivers-hq:2"])}
    assert events == {("closed", "P-000001"), ("opened", "P-000002")}


def test_what_somebody_knows_of_makes_no_noise(store):
    a_round(store, dead=[HQ1])
    found = use_case.acknowledge(store, "P-1", user="ren", reason=" power cut, back at noon ")
    assert (found.acknowledged.user, found.acknowledged.reason) == ("ren", "power cut, back at noon")
    assert a_round(store) == ()
    with pytest.raises(ProblemOver):
        use_case.acknowledge(store, "P-1", user="ren", reason="late")
    assert whole(store) == ""


@pytest.mark.parametrize("subject", [HQ1, "rivers-hq", "*"])
def test_a_silence_covers_its_router_its_site_or_everything_until_it_ends(store, clock, subject):
    until = stamp(clock() + timedelta(hours=2))
    silence = use_case.silence(store, NETWORK, subject, user="aiko", reason="works on the power", until=until)
    assert a_round(store, dead=[HQ1]) == ()
    (problem,) = opened(store)
    assert problem.silenced_until == until
    clock.moment += timedelta(hours=3)
    (problem,) = opened(store)
    assert problem.silenced_until == ""
    with pytest.raises(SilenceOver):
        use_case.end_silence(store, NETWORK, silence.id, user="aiko", reason="")
    assert whole(store) == ""


def test_a_silence_of_another_code_or_place_covers_nothing(store, clock):
    until = stamp(clock() + timedelta(hours=2))
    use_case.silence(store, NETWORK, HQ1, "WATCH-DRIFT", user="aiko", reason="x", until=until)
    use_case.silence(store, NETWORK, "core-main-1", user="aiko", reason="x", until=until)
    assert len(a_round(store, dead=[HQ1])) == 1


def test_a_silence_can_be_ended_early(store, clock):
    until = stamp(clock() + timedelta(hours=2))
    silence = use_case.silence(store, NETWORK, HQ1, user="aiko", reason="x", until=until)
    assert use_case.end_silence(store, NETWORK, "s-1", user="aiko", reason="done").ended_at
    assert len(a_round(store, dead=[HQ1])) == 1
    assert use_case.silences(store, NETWORK, user="vera")[0].id == silence.id
    assert whole(store) == ""


@pytest.mark.parametrize(
    ("subject", "code", "hours"),
    [("nowhere", "*", 1), ("rivers-hq:3", "*", 1), (HQ1, "drift", 1), (HQ1, "*", 24 * 30 + 1), (HQ1, "*", -1)],
)
def test_a_silence_is_about_what_is_declared_and_ends_within_thirty_days(store, clock, subject, code, hours):
    until = stamp(clock() + timedelta(hours=hours))
    with pytest.raises(SilenceInvalid):
        use_case.silence(store, NETWORK, subject, code, user="aiko", reason="x", until=until)


def test_nobody_hushes_without_a_reason_or_without_the_role(store, clock):
    a_round(store, dead=[HQ1])
    until = stamp(clock() + timedelta(hours=1))
    with pytest.raises(SilentReasonMissing):
        use_case.acknowledge(store, "P-1", user="aiko", reason=" ")
    with pytest.raises(SilentReasonMissing):
        use_case.silence(store, NETWORK, HQ1, user="aiko", reason="", until=until)
    with pytest.raises(NotAllowed):
        use_case.acknowledge(store, "P-1", user="vera", reason="x")
    with pytest.raises(NotAllowed):
        use_case.silence(store, NETWORK, HQ1, user="vera", reason="x", until=until)


def test_who_works_for_one_organisation_sees_and_hushes_its_problems_only(store, clock):
    a_round(store, dead=[HQ1], cut=["bb1"])
    assert {problem.subject for problem in use_case.listing(store, user="vera")} == {HQ1, "bb1"}
    assert [problem.subject for problem in use_case.listing(store, user="ren")] == [HQ1]
    assert use_case.listing(store, user="fumi") == ()
    (problem,) = use_case.listing(store, user="ren")
    with pytest.raises(UnknownProblem):
        use_case.show(store, problem.id, user="fumi")
    with pytest.raises(UnknownProblem):
        use_case.acknowledge(store, problem.id, user="fumi", reason="x")
    until = stamp(clock() + timedelta(hours=1))
    silence = use_case.silence(store, NETWORK, "rivers-hq:1", user="ren", reason="x", until=until)
    for subject in ("rivers-hq", "*", "core-main-1"):
        with pytest.raises(SilenceInvalid):
            use_case.silence(store, NETWORK, subject, user="fumi", reason="x", until=until)
    assert use_case.silences(store, NETWORK, user="fumi") == ()
    with pytest.raises(UnknownSilence):
        use_case.end_silence(store, NETWORK, silence.id, user="fumi", reason="")


def test_problems_are_found_by_the_routers_that_show_them(store):
    a_round(store, cut=["rivers-hq:1"])
    with store.reading() as books:
        found = books.problems.of_targets(["core-main-1", "rivers-hq-r2"])
        assert [problem.subject for problem in found["core-main-1"]] == ["rivers-hq:1"]
        assert "rivers-hq-r2" not in found
        assert books.problems.tally() == {"medium": 1}
    a_round(store, cut=["rivers-hq:1", "rivers-hq:2"])
    view = use_case.show(store, "P-1", user="ren")
    assert view.targets == ("core-backup-1", "core-main-1", HQ1, "rivers-hq-r2")
    assert len(view.problem.symptoms) == view.problem.symptom_count


def test_the_mark_of_problems_moves_with_everything_that_pages_show(store, clock):
    marks = []

    def look():
        with store.reading() as books:
            marks.append(books.marks(("problems",))["problems"])

    look()
    a_round(store, dead=[HQ1])
    look()
    use_case.acknowledge(store, "P-1", user="aiko", reason="x")
    look()
    silence = use_case.silence(store, NETWORK, HQ1, user="aiko", reason="x", until=stamp(clock() + timedelta(hours=1)))
    look()
    use_case.end_silence(store, NETWORK, silence.id, user="aiko", reason="")
    look()
    a_round(store)
    look()
    assert len(set(marks)) == len(marks)


def test_a_hushed_problem_that_the_log_does_not_tell_of_is_found(store, clock):
    a_round(store, dead=[HQ1])
    with store.writing() as books:
        books.audit.append = lambda *_: None  # whoever writes to the tables behind netctl's back
        books.problems.acknowledge("P-1", user="vera", reason="all is well")
    assert "P-000001 is acknowledged by vera" in whole(store)


def test_letters_wait_are_tried_again_ever_later_and_a_sink_that_refuses_is_a_problem(store, clock):
    (alert,) = a_round(store, dead=[HQ1])
    with store.writing() as books:
        books.outbox.add((alert,), ("mail", "syslog"))
        (letter,) = books.outbox.due("mail", 10)
        assert letter.alert == alert
        books.outbox.failed((letter,), "refused")
    pauses = []
    for _ in range(4):
        with store.writing() as books:
            assert books.outbox.due("mail", 10) == ()
            began = clock.moment
            while not (due := books.outbox.due("mail", 10)):
                clock.moment += timedelta(seconds=5)
            pauses.append((clock.moment - began).total_seconds())
            books.outbox.failed(due, "refused")
    assert pauses == sorted(pauses)
    assert 2 * pauses[0] <= pauses[-1]
    with store.writing() as books:
        assert books.outbox.troubles() == (SinkTrouble("mail", 1, 5, "refused"),)
        cause = refusing(books.outbox.troubles()[0])
        assert (cause.code, cause.subject) == ("WATCH-ALERTS", "mail")
        books.outbox.delivered(books.outbox.due("syslog", 10))
        assert books.outbox.due("syslog", 10) == ()
        clock.moment += timedelta(days=4)
        books.outbox.tidy(("mail", "syslog"))
        assert books.outbox.troubles() == ()


# ── what short lists and counts read ─────────────────────────────────────────────────────────────────────────────────

MANY = {"dead": [HQ1], "cut": ["forests-hq:1", "harbours-hq:2"]}


@pytest.mark.parametrize("silenced", [(), ("rivers-hq",), (HQ1, "forests-hq:1"), ("*",), ("harbours-hq-r1",)])
@pytest.mark.parametrize("organisations", [None, ("rivers", "forests")])
def test_counts_and_short_lists_are_those_of_the_whole_list(store, clock, silenced, organisations):
    a_round(store, **MANY)
    until = stamp(clock() + timedelta(hours=1))
    for subject in silenced:
        use_case.silence(store, NETWORK, subject, user="aiko", reason="work", until=until)
    with store.reading() as books:
        every = books.problems.open(organisations=organisations)
        loud = [problem for problem in every if not problem.silenced_until]
        tally = books.problems.tally(organisations=organisations, silenced=False)
        assert tally == Counter(problem.severity for problem in loud)
        assert books.problems.tally(organisations=organisations) == Counter(problem.severity for problem in every)
        for most in (1, 2, 8):
            assert books.problems.gravest(most, organisations=organisations) == tuple(loud[:most])
    assert every, "nothing would be compared"


@pytest.mark.parametrize(("text", "count"), [("hq", 3), ("RIVERS-HQ", 1), (HQ1, 1), ("%", 0), ("_", 0), ("nowhere", 0)])
def test_problems_are_found_by_a_part_of_their_subject(store, text, count):
    a_round(store, **MANY)
    with store.reading() as books:
        assert len(books.problems.about(text, 10)) == count
        assert len(books.problems.about(text, 1)) == min(count, 1)

"""From open problems to present causes: what goes on under its number, what opens, and what ends."""

from dataclasses import replace

from outages import AT, standings, world

from netctl.model.problems import Steps
from netctl.model.watch import Problem
from netctl.observe.correlate import correlate
from netctl.observe.follow import follow


def causes(place=None, **outage):
    place = place or world()
    return correlate(place[1], standings(place, **outage))


def problems(found):
    return tuple(
        Problem(
            f"P-{number:06}", cause.key, cause.code, cause.service, cause.severity, cause.kind, cause.subject,
            cause.organisation, cause.detail, cause.symptoms, AT, AT, "",
        )
        for number, cause in enumerate(found, 1)
    )  # fmt: skip


def steps(before, after):
    return follow(world()[1], problems(causes(**before)), causes(**after))


def test_what_stays_the_same_is_left_alone():
    assert steps({"dead": ["rivers-hq-r1"]}, {"dead": ["rivers-hq-r1"]}) == Steps((), (), ())


def test_a_second_line_makes_a_cut_off_site_of_the_first_ones_problem():
    found = steps({"cut": ["rivers-hq:1"]}, {"cut": ["rivers-hq:1", "rivers-hq:2"]})
    assert [(problem.key, cause.key) for problem, cause in found.changed] == [("line:rivers-hq:1", "site:rivers-hq")]
    assert (found.opened, found.closed) == ((), ())


def test_two_problems_that_become_one_go_on_as_the_older_one():
    before = {"dead": ["rivers-hq-r1"], "cut": []}
    open_now = problems(causes(**before)) + tuple(
        replace(problem, id="P-000002") for problem in problems(causes(cut=["rivers-hq:2"]))
    )
    found = follow(world()[1], open_now, causes(dead=["rivers-hq-r1"], cut=["rivers-hq:2"]))
    assert [(problem.id, cause.key) for problem, cause in found.changed] == [("P-000001", "site:rivers-hq")]
    assert [problem.id for problem in found.closed] == ["P-000002"]


def test_a_dead_core_that_another_one_joins_goes_on_as_their_group():
    found = steps({"dead": ["core-main-1"]}, {"dead": ["core-main-1", "core-backup-1"]})
    assert [cause.key for _, cause in found.changed] == ["group:core-backup-1"]


def test_a_line_and_another_line_are_two_stories():
    found = steps({"cut": ["rivers-hq:1"]}, {"cut": ["rivers-hq:2"]})
    assert [cause.key for cause in found.opened] == ["line:rivers-hq:2"]
    assert [problem.key for problem in found.closed] == ["line:rivers-hq:1"]
    assert found.changed == ()

"""Whatever routers say: every reason has exactly one problem, every problem a cause, and the same round the same ones."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from outages import AT, BEFORE, standings, world

from netctl.model.problems import Steps
from netctl.model.watch import SERVICES, Problem, Reason, Standing
from netctl.observe.correlate import correlate
from netctl.observe.evidence import Evidence
from netctl.observe.excuse import IN_CHANGE
from netctl.observe.follow import follow

PLACE = world(4)
NETWORK, TOPOLOGY, INTENTS = PLACE
NAMES = sorted(INTENTS)
SUBJECTS = sorted(
    {port.name for intent in INTENTS.values() for port in intent.interfaces}
    | {peer.address for intent in INTENTS.values() for peer in intent.neighbours}
    | {*NAMES, "lan0 10 IPv6", "nowhere", "", "fe80::1%bb1"}
)
CODES = ("PORT", "BGP", "ISIS", "BFD", "VRRP", "CLOCK", "DRIFT", "VERSION", "CPU", "ERRORS", "UNREACHABLE", "NEW")

reasons = st.builds(
    Reason,
    st.sampled_from([f"WATCH-{code}" for code in CODES]),
    st.sampled_from(SERVICES),
    st.sampled_from(["low", "medium", "high"]),
    st.sampled_from(SUBJECTS),
    st.sampled_from(["is down", "is Idle"]),
)
anything = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(
        st.sampled_from(["up", "degraded", "down", "unknown"]), st.sampled_from([AT, BEFORE, ""]), st.lists(reasons)
    ),
    max_size=8,
).map(
    lambda said: {
        name: Standing(name, state, AT, AT, seen, tuple(found)) for name, (state, seen, found) in said.items()
    }
)
in_flight = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["C-000001", "C-000002"]), max_size=4)
outages = st.fixed_dictionaries(
    {
        "dead": st.sets(st.sampled_from(NAMES), max_size=4),
        "cut": st.sets(st.sampled_from(sorted(TOPOLOGY.lines)), max_size=4),
        "unseen": st.sets(st.sampled_from(NAMES), max_size=2),
        "clocks": st.sets(st.sampled_from(NAMES), max_size=4),
    }
)


def opened(causes, before=()):
    """The open problems after a round, as the store would hold them."""
    steps = follow(TOPOLOGY, before, causes)
    held = {problem.key: problem for problem in before}
    for problem in steps.closed:
        del held[problem.key]
    for problem, _ in steps.changed:
        del held[problem.key]
    numbers = iter(range(100, 1000))
    for cause, number in [
        *((cause, problem.id) for problem, cause in steps.changed),
        *((cause, f"P-{next(numbers)}") for cause in steps.opened),
    ]:
        assert cause.key not in held
        held[cause.key] = Problem(
            number, cause.key, cause.code, cause.service, cause.severity, cause.kind, cause.subject,
            cause.organisation, cause.detail, cause.symptoms, AT, AT, "",
        )  # fmt: skip
    return tuple(held.values())


@given(anything, in_flight)
@settings(max_examples=150)
def test_every_reason_belongs_to_exactly_one_problem_and_every_problem_has_a_cause(said, flights):
    causes = correlate(TOPOLOGY, said, flights)
    spoken = Counter(str(Evidence(name, reason, "", "")) for name, each in said.items() for reason in each.reasons)
    assert Counter(symptom for cause in causes for symptom in cause.symptoms) == spoken
    silent = {name for name, each in said.items() if each.state == "down"}
    for cause in causes:
        assert cause.symptoms or set(cause.targets) & silent
    assert silent <= {target for cause in causes for target in cause.targets}
    assert len({cause.key for cause in causes}) == len(causes)


@given(anything)
@settings(max_examples=60)
def test_the_same_round_gives_the_same_problems_and_the_second_time_nothing_new(said):
    causes = correlate(TOPOLOGY, said)
    assert causes == correlate(TOPOLOGY, dict(reversed(said.items())))
    assert follow(TOPOLOGY, opened(causes), causes) == Steps((), (), ())


@given(st.lists(anything, min_size=1, max_size=4))
@settings(max_examples=60)
def test_open_problems_are_the_causes_of_the_last_round_whatever_was_before(rounds):
    held = ()
    for said in rounds:
        causes = correlate(TOPOLOGY, said)
        held = opened(causes, held)
        assert {problem.key for problem in held} == {cause.key for cause in causes}


@given(outages)
@settings(max_examples=100)
def test_there_are_never_more_problems_than_things_that_broke(outage):
    causes = correlate(TOPOLOGY, standings(PLACE, **outage))
    broken = outage["dead"] | outage["cut"] | outage["unseen"] | outage["clocks"]
    assert len(causes) <= len(broken) + _left_without(outage)
    assert bool(causes) == bool(broken)


@given(outages, in_flight)
@settings(max_examples=100)
def test_a_change_in_flight_hides_nothing_grave_and_nothing_it_is_not_about(outage, flights):
    said = standings(PLACE, **outage)
    plain, excused = (correlate(TOPOLOGY, said, each) for each in ({}, flights))
    kept = {cause for cause in excused if cause.code != IN_CHANGE}
    assert kept <= set(plain)
    for cause in set(plain) - kept:
        assert cause.severity != "high"
        about = set(cause.targets) | {mate for name in cause.targets if (mate := TOPOLOGY.mate_of[name])}
        assert about & flights.keys()
    assert all(cause.subject in flights and flights[cause.subject] in cause.key for cause in set(excused) - kept)


def _left_without(outage) -> int:
    """Sites that dead cores and what broke at the site itself cut off together are problems of their own."""
    return sum(any(path.core in outage["dead"] for path in paths) for paths in TOPOLOGY.paths.values())

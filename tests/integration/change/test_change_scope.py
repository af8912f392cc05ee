"""People of one organisation carry a change of their own routers the whole way, and no other one a single step."""

from dataclasses import replace

import pytest

from netctl.change import steps
from netctl.control.changes import look as changes
from netctl.errors import NotAllowed, WrongState
from netctl.model.artefact import Part
from netctl.model.change import Window
from netctl.model.people import Grant
from netctl.model.plan import DiffLine, Plan, TargetPlan, Wave
from netctl.store import Store
from netctl.store.plans import PlanCopy


def plan_of(*organisations: str) -> Plan:
    """A plan about one router of each organisation; "" for the backbone."""
    targets = tuple(
        TargetPlan(
            f"r{number}",
            "frr",
            f"g{number}",
            "0" * 64,
            (Part("frr.conf", "x\n"),),
            (),
            (),
            (DiffLine("add", "frr.conf", 0, "x"),),
            organisation=organisation,
        )
        for number, organisation in enumerate(organisations)
    )
    waves = (Wave(1, tuple((target.group, (target.target,)) for target in targets)),)
    return Plan("gov-wan", "1" * 64, "2026-11-22T05:40:00Z", targets, waves, ())


@pytest.fixture
def store(store_url: str):
    with Store.open(store_url, create=True) as store:
        with store.writing() as books:
            books.users.add("root", [Grant("admin")], "root")
            books.users.add("aiko", [Grant("author", "rivers"), Grant("operator", "rivers")], "root")
            books.users.add("ben", [Grant("approver", "rivers")], "root")
            books.users.add("chie", [Grant("approver", "harbours")], "root")
            books.users.add("daichi", [Grant("author"), Grant("operator"), Grant("approver")], "root")
        yield store


def propose(store: Store, *organisations: str, author: str = "aiko"):
    return steps.propose(store, plan_of(*organisations), title="t", reason="r", author=author, window=Window())


def test_people_of_one_organisation_take_a_change_of_theirs_from_proposal_to_push(store: Store) -> None:
    change = propose(store, "rivers", "rivers")
    assert steps.approve(store, change.id, user="ben", digest=change.plan_digest).state == "approved"
    assert steps.begin_push(store, change.id, user="aiko")[0].state == "pushing"
    steps.request_stop(store, change.id, user="aiko")
    assert [each.id for each in changes.listing(store, user="ben")] == [change.id]
    assert changes.listing(store, user="chie") == ()


@pytest.mark.parametrize("owners", [("harbours",), ("rivers", "harbours"), ("",), ("rivers", "")])
def test_nobody_proposes_for_routers_that_are_not_theirs(store: Store, owners: tuple[str, ...]) -> None:
    with pytest.raises(NotAllowed, match="this reaches further"):
        propose(store, *owners)
    assert propose(store, *owners, author="daichi").state == "proposed"


def test_a_change_does_not_grow_beyond_the_reach_of_its_author_by_being_revised(store: Store) -> None:
    change = propose(store, "rivers")
    with pytest.raises(NotAllowed, match="this reaches further"):
        steps.revise(store, change.id, plan_of("rivers", "harbours"), author="aiko")
    assert steps.revise(store, change.id, replace(plan_of("rivers"), network="gov"), author="aiko").state == "proposed"


def test_a_change_that_was_revised_leaves_the_reach_of_who_approved_it(store: Store) -> None:
    change = propose(store, "rivers", author="daichi")
    steps.approve(store, change.id, user="ben", digest=change.plan_digest)
    after = steps.revise(store, change.id, plan_of("rivers", "harbours"), author="daichi")
    assert after.state == "proposed"
    for step in (steps.approve, steps.reject):
        with pytest.raises(NotAllowed, match="this reaches further"):
            step(store, change.id, user="ben", digest=after.plan_digest)
    with pytest.raises(NotAllowed):
        changes.show(store, change.id, user="ben")


def test_a_role_that_is_taken_away_ends_at_the_next_step(store: Store) -> None:
    change = propose(store, "rivers")
    with store.writing() as books:
        books.users.revoke("ben", [Grant("approver", "rivers")], "root")
    with pytest.raises(NotAllowed):
        steps.approve(store, change.id, user="ben", digest=change.plan_digest)


def test_a_plan_whose_organisations_nobody_kept_takes_a_role_for_the_whole_network(store: Store) -> None:
    with store.writing() as books:
        unknown = PlanCopy.of(plan_of("rivers"))._replace(organisations=frozenset())
        change = books.changes.add(unknown, title="t", reason="r", author="aiko", window=Window(), approvals_needed=1)
    with pytest.raises(NotAllowed):
        steps.approve(store, change.id, user="ben", digest=change.plan_digest)
    assert steps.approve(store, change.id, user="daichi", digest=change.plan_digest).state == "approved"


def test_a_refusal_comes_before_anything_that_would_tell_how_the_change_stands(store: Store) -> None:
    change = propose(store, "rivers")
    for step in (steps.begin_push, steps.resume, steps.request_stop):
        with pytest.raises(NotAllowed):
            step(store, change.id, user="chie")
        with pytest.raises(WrongState):
            step(store, change.id, user="aiko")

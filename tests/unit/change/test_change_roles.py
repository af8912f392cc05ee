"""Roles: who may take which step, and what an admin may not."""

import pytest

from netctl.change.roles import (
    FRESH_STEPS,
    PERSONAL_STEPS,
    READ_STEPS,
    ROLES_FOR,
    TOKEN_STEPS,
    allowed,
    permit,
    reach,
    reaches,
    require,
    steps_of,
)
from netctl.errors import NotAllowed
from netctl.model.people import ROLES, Grant, User


def user(*grants: Grant) -> User:
    return User("ben", grants, "2026-11-22T05:40:00.000000Z")


@pytest.mark.parametrize("role", ROLES)
def test_whoever_has_a_role_may_look(role: str) -> None:
    assert allowed(user(Grant(role)), "show")


def test_without_a_role_nothing_is_allowed() -> None:
    assert not any(allowed(user(), step) for step in ROLES_FOR)


def test_an_admin_manages_people_and_changes_nothing_on_routers() -> None:
    admin = user(Grant("admin"))
    wanted = ["show", "acknowledge", "read the audit log", "manage users"]
    assert [step for step in ROLES_FOR if allowed(admin, step)] == wanted


def test_a_role_for_one_organisation_is_none_for_the_whole_network() -> None:
    assert not allowed(user(Grant("approver", "rivers")), "approve")


def test_a_refusal_names_the_role_that_would_do_and_how_to_get_it() -> None:
    with pytest.raises(NotAllowed, match=r"ben \(author\) may not approve: that takes approver") as refusal:
        require(user(Grant("author")), "approve")
    assert refusal.value.hint == "an admin can say `netctl users grant ben --role approver`"


BACKBONE = ""


def test_a_role_for_one_organisation_reaches_its_routers_and_no_others() -> None:
    ben = user(Grant("approver", "rivers"), Grant("approver", "forests"), Grant("viewer"))
    assert reach(ben, "show") is None
    assert reach(ben, "approve") == {"rivers", "forests"}
    with pytest.raises(NotAllowed, match="may not push"):
        reach(ben, "push")


@pytest.mark.parametrize("owners", [{"rivers"}, {"rivers", "forests"}])
def test_what_lies_within_reach_is_permitted(owners: set[str]) -> None:
    permit(user(Grant("approver", "rivers"), Grant("approver", "forests")), "approve", frozenset(owners))


@pytest.mark.parametrize("owners", [{"harbours"}, {"rivers", "harbours"}, {BACKBONE}, {"rivers", BACKBONE}, set()])
def test_what_reaches_further_takes_a_role_for_the_whole_network(owners: set[str]) -> None:
    with pytest.raises(NotAllowed, match="may approve for rivers only, and this reaches further") as refusal:
        permit(user(Grant("approver", "rivers")), "approve", frozenset(owners), where="C-000001")
    assert "harbours" not in f"{refusal.value} {refusal.value.hint}", "what is refused was described"
    permit(user(Grant("approver")), "approve", frozenset(owners))


def test_a_role_for_another_step_reaches_nothing() -> None:
    with pytest.raises(NotAllowed):
        permit(user(Grant("viewer", "rivers"), Grant("approver", "harbours")), "approve", frozenset({"rivers"}))


def test_reaching_everything_covers_what_nobody_knows() -> None:
    assert reaches(None, frozenset())
    assert not reaches(frozenset({"rivers"}), frozenset())


def test_the_steps_of_a_person_are_those_of_all_roles_wherever_they_hold() -> None:
    assert steps_of(user(Grant("viewer", "rivers"), Grant("approver", "forests"))) >= {"show", "approve", "reject"}
    assert steps_of(user()) == frozenset()


def test_no_step_that_decides_is_taken_for_one_that_only_reads() -> None:
    assert FRESH_STEPS.isdisjoint(READ_STEPS)
    assert READ_STEPS | FRESH_STEPS < set(ROLES_FOR)


def test_no_token_holds_a_step_that_takes_a_person_and_each_scope_holds_the_one_before() -> None:
    read, work, push = (TOKEN_STEPS[scope] for scope in ("read", "work", "push"))
    assert read == READ_STEPS
    assert read < work < push
    assert push.isdisjoint(PERSONAL_STEPS)
    assert push | PERSONAL_STEPS == set(ROLES_FOR), "a step that nobody has thought of for tokens"

"""Roles: who may take which step, and what an admin may not."""

import pytest

from netctl.change.roles import ROLES_FOR, allowed, require
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

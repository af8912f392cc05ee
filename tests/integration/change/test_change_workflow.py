"""The way of a change through the use cases, on both databases (safety laws 4 and 5)."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from netctl.change import steps
from netctl.control.changes import approve, look as changes, propose
from netctl.control.records import audit
from netctl.control.people import users
from netctl.errors import (
    LastAdmin,
    MomentUnreadable,
    NotAllowed,
    NothingToPropose,
    OutsideWindow,
    PlanTampered,
    PlanUnsafe,
    SelfApproval,
    StaleApproval,
    UnknownChange,
    UnknownUser,
    UserExists,
    UserNameInvalid,
    WordsRefused,
    WrongState,
)
from netctl.model.artefact import Part
from netctl.model.people import Grant
from netctl.model.plan import DiffLine, Finding, Plan, TargetPlan, Wave
from netctl.plan.file import read_plan, write_plan
from netctl.store import Store

TARGET = TargetPlan(
    "r1", "frr", "g1", "0" * 64, (Part("frr.conf", "x\n"),), (), (), (DiffLine("add", "frr.conf", 0, "x"),)
)
PLAN = Plan("gov-wan", "1" * 64, "2026-11-22T05:40:00Z", (TARGET,), (Wave(1, (("g1", ("r1",)),)),), ())
RISKY = replace(PLAN, findings=(Finding("RISK-MANAGEMENT", "high", "r1", "the management filter changes"),))


@pytest.fixture
def store(store_url: str):
    """An installation whose first user, root, made everybody else."""
    with Store.open(store_url, create=True, clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)) as store:
        users.add(store, "aiko", [Grant("author"), Grant("operator"), Grant("approver")], actor="root")
        users.add(store, "ben", [Grant("approver")], actor="root")
        users.add(store, "chie", [Grant("approver")], actor="root")
        users.add(store, "viewer", [Grant("viewer")], actor="root")
        yield store


def proposed(store: Store, plan: Plan = PLAN, **window: str):
    return propose.propose(
        store, plan, title="A new syslog server", reason="the old one retires", author="aiko", **window
    )


def test_a_change_goes_from_proposed_to_done_and_its_view_is_json(store: Store) -> None:
    change = proposed(store)
    assert (change.id, change.state, change.approvals_needed) == ("C-000001", "proposed", 1)
    assert (
        approve.approve(store, change.id, user="ben", digest=change.plan_digest, reason="read it").state == "approved"
    )
    under_way, plan = steps.begin_push(store, change.id, user="aiko")
    assert (under_way.state, plan) == ("pushing", PLAN)
    steps.finish(store, change.id, actor="aiko")
    view = changes.show(store, "c-1", user="viewer")
    assert (view.change.state, view.approvers, view.plan) == ("done", ("ben",), PLAN)
    assert json.loads(json.dumps(view.as_dict()))["change"]["approvals"][0]["reason"] == "read it"
    assert audit.verify(store, user="root").holds


def test_the_author_cannot_approve_even_as_an_approver(store: Store) -> None:
    change = proposed(store)
    with pytest.raises(SelfApproval):
        approve.approve(store, change.id, user="aiko", digest=change.plan_digest)
    with pytest.raises(WrongState):
        steps.begin_push(store, change.id, user="aiko")


def test_a_high_risk_takes_two_people(store: Store) -> None:
    change = proposed(store, RISKY)
    for _ in range(2):
        assert approve.approve(store, change.id, user="ben", digest=change.plan_digest).state == "proposed"
    assert approve.approve(store, change.id, user="chie", digest=change.plan_digest).state == "approved"


def test_a_revised_plan_needs_to_be_approved_again(store: Store) -> None:
    change = proposed(store)
    approve.approve(store, change.id, user="ben", digest=change.plan_digest)
    revised = propose.revise(store, change.id, RISKY, author="aiko")
    assert (revised.state, revised.approvals_needed) == ("proposed", 2)
    with pytest.raises(StaleApproval):
        approve.approve(store, change.id, user="chie", digest=change.plan_digest)
    assert changes.show(store, change.id, user="ben").approvers == ()
    assert audit.verify(store, user="root").holds


def test_a_digest_may_be_shortened_but_not_to_something_one_can_meet_by_work(store: Store) -> None:
    change = proposed(store)
    with pytest.raises(StaleApproval, match="16 digits"):
        approve.approve(store, change.id, user="ben", digest=change.plan_digest[:15])
    with pytest.raises(StaleApproval):
        approve.approve(store, change.id, user="ben", digest="0" * 16)
    assert approve.approve(store, change.id, user="ben", digest=change.plan_digest[:16].upper()).state == "approved"


def test_a_rejected_change_is_final(store: Store) -> None:
    change = proposed(store)
    assert approve.reject(store, change.id, user="ben", digest=change.plan_digest, reason="not now").state == "rejected"
    with pytest.raises(WrongState):
        approve.approve(store, change.id, user="chie", digest=change.plan_digest)


def test_a_window_that_is_not_open_refuses_the_push_and_one_that_cannot_be_is_refused_at_once(store: Store) -> None:
    change = proposed(store, opens="2026-11-22T22:00:00+09:00")
    approve.approve(store, change.id, user="ben", digest=change.plan_digest)
    with pytest.raises(OutsideWindow):
        steps.begin_push(store, change.id, user="aiko")
    with pytest.raises(MomentUnreadable):
        proposed(store, opens="tonight")


def test_roles_are_asked_at_every_step(store: Store) -> None:
    change = proposed(store)
    with pytest.raises(NotAllowed):
        propose.propose(store, PLAN, title="t", reason="r", author="ben")
    with pytest.raises(NotAllowed):
        approve.approve(store, change.id, user="viewer", digest=change.plan_digest)
    approve.approve(store, change.id, user="ben", digest=change.plan_digest)
    with pytest.raises(NotAllowed):
        steps.begin_push(store, change.id, user="ben")
    with pytest.raises(UnknownUser):
        changes.listing(store, user="nobody")
    with pytest.raises(UnknownUser):
        steps.take_back(store, change.id, user="nobody")


def test_what_cannot_be_proposed_leaves_nothing_behind(store: Store) -> None:
    for plan, refusal in (
        (replace(PLAN, targets=(), waves=()), NothingToPropose),
        (replace(PLAN, unreachable=(("r1", "no answer"),)), PlanUnsafe),
    ):
        with pytest.raises(refusal):
            proposed(store, plan)
    assert changes.listing(store, user="viewer") == ()


NO_TEXT = ["bell\x07", "\x1b[2Jcleared", "nul\0", "half \ud800", "x" * 5000]


@pytest.mark.parametrize("words", ["", "  ", "two\nlines", *NO_TEXT])
def test_a_title_that_is_no_line_of_text_is_refused(store: Store, words: str) -> None:
    with pytest.raises(WordsRefused):
        propose.propose(store, PLAN, title=words, reason="", author="aiko")


@pytest.mark.parametrize("words", NO_TEXT)
def test_a_reason_that_is_no_text_is_refused_at_every_step(store: Store, words: str) -> None:
    change = proposed(store)
    with pytest.raises(WordsRefused):
        propose.propose(store, PLAN, title="t", reason=words, author="aiko")
    for step in (approve.approve, approve.reject):
        with pytest.raises(WordsRefused):
            step(store, change.id, user="ben", digest=change.plan_digest, reason=words)
    with pytest.raises(WordsRefused):
        changes.stop(store, change.id, user="aiko", reason=words)
    assert audit.verify(store, user="root").holds


def test_japanese_words_come_back_as_they_were_written(store: Store) -> None:
    reason = "老朽化した syslog サーバーの更新。\n二段階で行う。"
    change = propose.propose(store, PLAN, title="河川庁の syslog を替える", reason=reason, author="aiko")
    view = changes.show(store, change.id, user="viewer")
    assert (view.change.title, view.change.reason) == ("河川庁の syslog を替える", reason)


@pytest.mark.parametrize("name", ["nobody", "nul\0", "half \ud800", ""])
def test_a_user_nobody_added_is_refused_whatever_the_name(store: Store, name: str) -> None:
    with pytest.raises(UnknownUser):
        changes.listing(store, user=name)


def test_an_unknown_change_is_refused_wherever_it_is_named(store: Store) -> None:
    for name in ("C-000009", "nonsense"):
        with pytest.raises(UnknownChange):
            changes.show(store, name, user="viewer")
        with pytest.raises(UnknownChange):
            approve.approve(store, name, user="ben", digest="0" * 64)
        with pytest.raises(UnknownChange):
            steps.begin_push(store, name, user="aiko")


def test_a_tampered_plan_file_is_not_proposed(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    write_plan(PLAN, file)
    words = {"title": "t", "reason": "r", "author": "aiko"}
    assert propose.propose(store, read_plan(file), **words).plan_digest == PLAN.digest
    file.write_text(file.read_text().replace('"x\\n"', '"y\\n"'))
    with pytest.raises(PlanTampered):
        propose.propose(store, read_plan(file), **words)


def test_the_listing_tells_where_all_changes_stand_newest_first(store: Store) -> None:
    first, second = proposed(store), proposed(store, RISKY)
    approve.approve(store, first.id, user="ben", digest=first.plan_digest)
    steps.begin_push(store, first.id, user="aiko")
    listed = changes.listing(store, user="viewer")
    assert [(line.id, line.state, line.members_done, line.members) for line in listed] == [
        (second.id, "proposed", 0, 0),
        (first.id, "pushing", 0, 1),
    ]
    assert [line.id for line in changes.listing(store, user="viewer", states=("pushing",))] == [first.id]
    assert json.dumps([asdict(line) for line in listed])


def test_the_first_user_is_admin_and_later_only_an_admin_adds_people(store: Store) -> None:
    people = {user.name: user.roles for user in users.people(store, actor="viewer")}
    assert people["root"] == {"admin"}
    assert people["ben"] == {"approver"}
    with pytest.raises(NotAllowed):
        users.add(store, "daichi", [Grant("admin")], actor="ben")
    with pytest.raises(NotAllowed):
        users.grant(store, "ben", [Grant("admin")], actor="ben")
    with pytest.raises(UserExists):
        users.add(store, "ben", [], actor="root")
    with pytest.raises(LastAdmin):
        users.revoke(store, "root", [Grant("admin")], actor="root")
    users.grant(store, "chie", [Grant("admin")], actor="root")
    assert users.revoke(store, "root", [Grant("admin")], actor="chie").roles == frozenset()


@pytest.mark.parametrize("name", ["", "Ben", "ben ", "b\u0435n", "-ben", "a" * 33, "ben\n"])
def test_a_name_that_could_be_a_second_spelling_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UserNameInvalid):
        users.add(store, name, [Grant("approver")], actor="root")


def test_a_role_that_does_not_exist_is_refused_and_nobody_is_added(store: Store) -> None:
    with pytest.raises(UserNameInvalid, match="there is no role 'god'"):
        users.add(store, "daichi", [Grant("god")], actor="root")
    assert "daichi" not in [user.name for user in users.people(store, actor="root")]


@pytest.mark.parametrize("organisation", ["rivers, admin", "Rivers", "nul\0", "-", "a" * 64])
def test_a_role_for_what_cannot_be_an_organisation_is_refused(store: Store, organisation: str) -> None:
    with pytest.raises(UserNameInvalid):
        users.grant(store, "ben", [Grant("author", organisation)], actor="root")


def test_a_role_for_one_organisation_is_kept_and_proven_as_such(store: Store) -> None:
    users.grant(store, "ben", [Grant("author", "rivers"), Grant("viewer")], actor="root")
    users.revoke(store, "ben", [Grant("viewer")], actor="root")
    (ben,) = (user for user in users.people(store, actor="root") if user.name == "ben")
    assert {str(grant) for grant in ben.grants} == {"approver", "author@rivers"}
    with pytest.raises(NotAllowed):
        propose.propose(store, PLAN, title="t", reason="r", author="ben")
    assert audit.verify(store, user="root").holds


def test_the_first_to_add_themselves_is_admin_with_what_they_asked_for(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'netctl.db'}", create=True) as store:
        assert users.add(store, "aiko", [Grant("author")], actor="aiko").roles == {"admin", "author"}

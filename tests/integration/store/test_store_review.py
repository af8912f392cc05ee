"""Comments and ticks on both databases: about one plan, by whom, and in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
import zlib
from dataclasses import replace

import pytest
from change_seeds import add_people, large_plan, propose

from netctl.change import steps
from netctl.control.records import audit
from netctl.control.changes import review
from netctl.control.changes.listing import change_list
from netctl.errors import (
    AuditBroken,
    NotAllowed,
    PlanTampered,
    StaleApproval,
    UnknownComment,
    UnknownGroup,
    WordsRefused,
)
from netctl.model.change import Change
from netctl.model.people import Grant
from netctl.settings import Settings
from netctl.store import Store
from sqlalchemy import create_engine, text

PLAN = large_plan(8, groups=2)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url, create=True) as opened:
        add_people(opened)
        yield opened


@pytest.fixture
def change(store: Store) -> Change:
    return propose(store, plan=PLAN)


def page(store: Store, tmp_path, user: str = "ben") -> review.ReviewPage:
    return review.review(store, Settings(home=tmp_path), "C-000001", user=user)


def test_a_thread_is_begun_answered_resolved_and_opened_again(store, change, tmp_path):
    digest = change.plan_digest
    first = review.comment(store, change.id, user="ben", text="why?\r\nnow", digest=digest, group=2, line=3)
    assert (first.quoted, first.text) == ("neighbor 3fff:400::0 timers 1 10", "why?\nnow")
    second = review.reply(store, change.id, user="aiko", text="because", to=first.number)
    third = review.reply(store, change.id, user="ben", text="I see", to=second.number)
    assert (second.answers, third.answers, third.anchor) == (first.number, first.number, first.anchor)
    assert page(store, tmp_path).groups[1].open_threads == 1
    assert change_list(store, user="emi")[0].open_threads == 1
    assert review.settle(store, change.id, user="aiko", number=first.number, resolved=True).resolved_by == "aiko"
    assert page(store, tmp_path).groups[1].open_threads == 0
    review.settle(store, change.id, user="ben", number=first.number, resolved=False)
    assert page(store, tmp_path).groups[1].open_threads == 1
    actions = [entry.action for entry in audit.log(store, user="fumi", subject=change.id)][1:]
    assert actions == ["change.comment"] * 3 + ["change.resolve", "change.reopen"]
    assert audit.verify(store, user="fumi").holds


def test_a_new_plan_clears_ticks_and_keeps_what_was_said_about_the_old_one(store, change, tmp_path):
    review.tick(store, change.id, user="ben", digest=change.plan_digest, group=1, seen=True)
    review.tick(store, change.id, user="ben", digest=change.plan_digest, group=1, seen=True)
    review.tick(store, change.id, user="emi", digest=change.plan_digest, group=1, seen=True)
    review.comment(store, change.id, user="ben", text="?", digest=change.plan_digest, group=1, line=1)
    before = page(store, tmp_path)
    assert (before.groups[0].seen, before.groups[0].seen_by) == (True, ("ben", "emi"))
    steps.revise(store, change.id, replace(PLAN, network_digest="2" * 64), author="aiko")
    after = page(store, tmp_path)
    assert (after.groups[0].seen_by, after.groups[0].open_threads) == ((), 0)
    assert [thread.first.text for thread in after.outdated] == ["?"]
    assert review.reply(store, change.id, user="aiko", text="gone", to=1).anchor.digest == change.plan_digest
    for late in (
        lambda: review.tick(store, change.id, user="ben", digest=change.plan_digest, group=1, seen=True),
        lambda: review.comment(store, change.id, user="ben", text="x", digest=change.plan_digest),
    ):
        with pytest.raises(StaleApproval):
            late()


def test_a_tick_is_taken_back_by_whoever_made_it_alone(store, change, tmp_path):
    for user in ("ben", "chie"):
        review.tick(store, change.id, user=user, digest=change.plan_digest, group=2, seen=True)
    review.tick(store, change.id, user="ben", digest=change.plan_digest, group=2, seen=False)
    assert page(store, tmp_path).groups[1].seen_by == ("chie",)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"group": 3}, UnknownGroup),
        ({"group": 1, "line": 26}, UnknownGroup),
        ({"group": 1, "line": -1}, UnknownGroup),
        ({"text": " \r\n "}, WordsRefused),
        ({"text": "x" * 4001}, WordsRefused),
        ({"text": "\x1b[2J"}, WordsRefused),
        ({"user": "emi"}, NotAllowed),
        ({"user": "fumi"}, NotAllowed),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(store, change, tmp_path, more, refusal):
    with pytest.raises(refusal):
        review.comment(store, change.id, **{"user": "ben", "text": "t", "digest": change.plan_digest} | more)
    assert page(store, tmp_path).threads == ()
    assert len(audit.log(store, user="fumi", subject=change.id)) == 1


def test_a_comment_is_answered_on_its_own_change_only(store, change):
    other = propose(store, plan=PLAN)
    said = review.comment(store, change.id, user="ben", text="t", digest=change.plan_digest)
    with pytest.raises(UnknownComment):
        review.reply(store, other.id, user="ben", text="t", to=said.number)
    answer = review.reply(store, change.id, user="ben", text="t", to=said.number)
    with pytest.raises(UnknownComment):
        review.settle(store, change.id, user="ben", number=answer.number, resolved=True)


def test_whoever_does_not_reach_the_whole_change_sees_and_says_nothing(store, change, tmp_path):
    with store.writing() as books:
        books.users.add("goro", [Grant(role, "rivers") for role in ("approver", "author", "operator")], "fumi")
    for step in (
        lambda: page(store, tmp_path, "goro"),
        lambda: review.comment(store, change.id, user="goro", text="t", digest=change.plan_digest),
        lambda: review.tick(store, change.id, user="goro", digest=change.plan_digest, group=1, seen=True),
        lambda: review.settle(store, change.id, user="goro", number=1, resolved=True),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert change_list(store, user="goro") == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE comments SET text = 'I agree' WHERE number = 1", "comments on C-000001"),
        ("UPDATE comments SET user_name = 'chie' WHERE number = 2", "comments on C-000001"),
        ("UPDATE comments SET line = 1 WHERE number = 1", "comments on C-000001"),
        ("DELETE FROM comments WHERE number = 2", "comments on C-000001"),
        ("UPDATE comments SET resolved_by = 'ben' WHERE number = 1", "threads on C-000001"),
        ("UPDATE starts SET user_name = 'ben' WHERE number = 1", "orders to push C-000001"),
        ("DELETE FROM starts", "orders to push C-000001"),
    ],
)
def test_whoever_changes_what_was_said_behind_the_back_of_netctl_is_found_out(
    store, store_url, change, statement, told
):
    first = review.comment(store, change.id, user="ben", text="I doubt it", digest=change.plan_digest, group=1, line=2)
    review.reply(store, change.id, user="aiko", text="why?", to=first.number)
    with store.writing() as books:
        books.starts.order(change.id, "push", "daichi", "secret")
    assert audit.verify(store, user="fumi").holds
    engine = create_engine(store_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    with pytest.raises(AuditBroken, match=told):
        audit.verify(store, user="fumi")


def test_a_plan_to_read_is_the_plan_without_what_is_sent_and_checked_as_the_whole_one(store, store_url, change):
    with store.reading() as books:
        read, whole = books.plans.without_renderings(change.plan_digest), books.plans.get(change.plan_digest)
    bare = [replace(target, intended=(), drained=(), drain=()) for target in whole.targets]
    assert read == replace(whole, targets=tuple(bare))
    engine = create_engine(store_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE plans SET content = :content"), {"content": zlib.compress(b"{}")})
    engine.dispose()
    with pytest.raises(PlanTampered), store.reading() as books:
        books.plans.without_renderings(change.plan_digest)

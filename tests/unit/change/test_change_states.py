"""The life of a change, event by event: each either follows from where the change is, or is refused with a hint."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from netctl.change import states
from netctl.errors import NotAllowed, OutsideWindow, SelfApproval, StaleApproval, WrongState
from netctl.model.change import Approval, Change, ChangeState, Window

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DIGEST = "a" * 64
OTHER = "b" * 64

PROPOSED = Change(
    id="C-000001",
    title="A new syslog server",
    reason="the old one retires",
    author="aiko",
    plan_digest=DIGEST,
    state="proposed",
    window=Window(),
    approvals=(),
    approvals_needed=1,
    created_at="2026-11-22T05:40:00.000000Z",
)


def vote(user: str, digest: str = DIGEST) -> Approval:
    return Approval(user, "approve", digest, "looked at it", "2026-11-22T06:00:00.000000Z")


APPROVED = states.approve(PROPOSED, vote("ben"))


def in_state(state: ChangeState) -> Change:
    return replace(APPROVED, state=state)


EVENTS = {
    "approve": lambda change: states.approve(change, vote("chie")),
    "reject": lambda change: states.reject(change, vote("chie")),
    "ask": lambda change: states.ask(change, vote("chie")),
    "revise": lambda change: states.revise(change, "aiko", OTHER, 1),
    "begin_push": lambda change: states.begin_push(change, NOON),
    "resume": states.resume,
    "finish": states.finish,
    "stop": states.stop,
    "lose_sight": states.lose_sight,
    "take_back": states.take_back,
}

# What each event leads to from each state it is allowed in; whatever is not here is refused.
LEADS_TO = {
    ("proposed", "approve"): "approved",
    ("approved", "approve"): "approved",
    ("proposed", "reject"): "rejected",
    ("approved", "reject"): "rejected",
    ("proposed", "ask"): "proposed",
    ("approved", "ask"): "proposed",
    ("proposed", "revise"): "proposed",
    ("approved", "revise"): "proposed",
    ("approved", "begin_push"): "pushing",
    ("pushing", "resume"): "pushing",
    ("stopped", "resume"): "pushing",
    ("unknown", "resume"): "pushing",
    ("pushing", "finish"): "done",
    ("pushing", "stop"): "stopped",
    ("pushing", "lose_sight"): "unknown",
    ("done", "take_back"): "rolled_back",
    ("stopped", "take_back"): "rolled_back",
    ("unknown", "take_back"): "rolled_back",
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", get_args(ChangeState))
def test_an_event_follows_the_table_or_is_refused_with_a_hint(state: ChangeState, event: str) -> None:
    expected = LEADS_TO.get((state, event))
    if expected is None:
        with pytest.raises(WrongState) as refusal:
            EVENTS[event](in_state(state))
        assert refusal.value.where == "C-000001"
        assert refusal.value.hint
    else:
        assert EVENTS[event](in_state(state)).state == expected


def test_the_author_cannot_approve_in_any_spelling_of_the_name() -> None:
    for spelling in ("aiko", "AIKO", " aiko "):
        with pytest.raises(SelfApproval):
            states.approve(PROPOSED, vote(spelling))


def test_an_approval_of_another_digest_is_refused_and_says_which() -> None:
    with pytest.raises(StaleApproval, match="bbbbbbbbbbbb"):
        states.approve(PROPOSED, vote("ben", OTHER))


def test_one_person_is_one_voice_however_often_they_approve() -> None:
    risky = replace(PROPOSED, approvals_needed=2)
    twice = states.approve(states.approve(risky, vote("ben")), vote("ben"))
    assert twice.state == "proposed"
    assert states.approve(twice, vote("chie")).state == "approved"


def test_a_new_digest_voids_the_approvals_of_the_old_one() -> None:
    revised = states.revise(APPROVED, "aiko", OTHER, 1)
    assert revised.state == "proposed"
    with pytest.raises(WrongState):
        states.begin_push(replace(revised, state="approved"), NOON)


def test_only_the_author_revises_or_four_eyes_would_be_two() -> None:
    with pytest.raises(NotAllowed):
        states.revise(PROPOSED, "ben", OTHER, 1)


def test_a_state_that_was_written_behind_our_back_does_not_push_without_approvals() -> None:
    with pytest.raises(WrongState):
        states.begin_push(replace(PROPOSED, state="approved"), NOON)
    with pytest.raises(WrongState):
        states.resume(replace(PROPOSED, state="stopped"))


def test_zero_approvals_needed_still_means_one() -> None:
    with pytest.raises(WrongState):
        states.begin_push(replace(PROPOSED, state="approved", approvals_needed=0), NOON)


def test_a_push_starts_only_inside_its_window() -> None:
    later = replace(APPROVED, window=Window(opens="2026-11-22T13:00:00+00:00"))
    with pytest.raises(OutsideWindow) as refusal:
        states.begin_push(later, NOON)
    assert "2026-11-22T13:00:00+00:00" in refusal.value.hint
    assert states.begin_push(later, NOON.replace(hour=13)).state == "pushing"


def test_a_push_under_way_is_resumed_after_its_window_closed() -> None:
    closed = replace(APPROVED, state="stopped", window=Window(closes="2026-11-22T11:00:00+00:00"))
    assert states.resume(closed).state == "pushing"


def test_a_change_somebody_asks_to_be_another_one_waits_whoever_approves_it():
    asked = states.ask(APPROVED, vote("chie"))
    assert states.approve(asked, vote("daichi")).state == "proposed"
    with pytest.raises(WrongState):
        states.begin_push(replace(asked, state="approved"), NOON)


def test_whoever_asked_may_say_yes_later_and_the_others_still_count():
    change = states.ask(replace(APPROVED, approvals_needed=2), vote("chie"))
    assert states.approve(change, vote("chie")).state == "approved"


def test_a_revision_answers_whoever_asked():
    revised = states.revise(states.ask(APPROVED, vote("chie")), "aiko", OTHER, 1)
    assert states.approve(revised, vote("ben", OTHER)).state == "approved"

"""Whatever people do in whatever order, the rules of four eyes hold (safety laws 4 and 5)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from netctl.change import states
from netctl.errors import NetctlError, Refused, SelfApproval
from netctl.model.change import Approval, Change, Window

PEOPLE = st.sampled_from(["aiko", "AIKO", "ben", "chie", "daichi"])
DIGESTS = st.sampled_from(["a" * 64, "b" * 64, "c" * 64])
MOMENTS = st.sampled_from([datetime(2026, 11, 22, hour, tzinfo=UTC) for hour in (10, 13, 23)])
WINDOW = Window("2026-11-22T12:00:00Z", "2026-11-22T22:00:00Z")
FINAL = frozenset({"rejected", "rolled_back"})


class ChangeMachine(RuleBasedStateMachine):
    """A model that knows only facts: who said what about which digest, last. The rules must never contradict it."""

    def __init__(self) -> None:
        super().__init__()
        first = "a" * 64
        self.change = Change("C-000001", "t", "r", "aiko", first, "proposed", WINDOW, (), 1, "2026-11-22T05:40:00Z")
        self.last_word: dict[str, tuple[str, str]] = {}  # person → (verdict, digest)
        self.pushed_with: set[str] = set()

    def attempt(self, event, *arguments) -> bool:
        before = self.change
        try:
            self.change = event(self.change, *arguments)
        except Refused as refusal:
            assert refusal.code != NetctlError.code
            assert self.change is before
            return False
        assert before.state not in FINAL
        return True

    def standing(self) -> set[str]:
        current = ("approve", self.change.plan_digest)
        return {person for person, word in self.last_word.items() if word == current}

    def asking(self) -> set[str]:
        current = ("ask", self.change.plan_digest)
        return {person for person, word in self.last_word.items() if word == current}

    @rule(person=PEOPLE, digest=DIGESTS)
    def approve(self, person: str, digest: str) -> None:
        if self.attempt(states.approve, Approval(person, "approve", digest, "", "2026-11-22T06:00:00Z")):
            assert person.casefold() != "aiko"
            assert digest == self.change.plan_digest
            self.last_word[person] = ("approve", digest)

    @rule(person=PEOPLE, digest=DIGESTS)
    def reject(self, person: str, digest: str) -> None:
        if self.attempt(states.reject, Approval(person, "reject", digest, "", "2026-11-22T06:00:00Z")):
            self.last_word[person] = ("reject", digest)
            assert self.change.state == "rejected"

    @rule(person=PEOPLE, digest=DIGESTS)
    def ask(self, person: str, digest: str) -> None:
        if self.attempt(states.ask, Approval(person, "ask", digest, "", "2026-11-22T06:00:00Z")):
            assert person.casefold() != "aiko"
            assert digest == self.change.plan_digest
            self.last_word[person] = ("ask", digest)
            assert self.change.state == "proposed"

    @rule(person=PEOPLE, digest=DIGESTS, needed=st.integers(1, 2))
    def revise(self, person: str, digest: str, needed: int) -> None:
        before = self.change
        if self.attempt(states.revise, person, digest, needed):
            assert person.casefold() == "aiko"
            assert before.state in ("proposed", "approved")

    @rule(at=MOMENTS)
    def begin_push(self, at: datetime) -> None:
        before = self.change
        if self.attempt(states.begin_push, at):
            assert before.state == "approved"
            assert at.hour == 13
            self.pushed_with = self.standing()

    @rule()
    def resume(self) -> None:
        self.attempt(states.resume)

    @rule(end=st.sampled_from([states.finish, states.stop, states.lose_sight]))
    def end(self, end) -> None:
        if self.attempt(end):
            assert self.pushed_with

    @rule()
    def take_back(self) -> None:
        if self.attempt(states.take_back):
            assert self.pushed_with

    @precondition(lambda self: self.change.state in ("proposed", "approved"))
    @rule()
    def the_author_is_always_refused_as_approver(self) -> None:
        with pytest.raises(SelfApproval):
            states.approve(self.change, Approval("aiko", "approve", self.change.plan_digest, "", ""))

    @invariant()
    def approved_means_enough_people_who_are_not_the_author_stand_by_this_digest(self) -> None:
        if self.change.state in ("approved", "pushing", "done", "stopped", "unknown", "rolled_back"):
            assert len(self.standing() - {"aiko", "AIKO"}) >= self.change.approvals_needed

    @invariant()
    def proposed_means_not_enough_yet_or_somebody_asks_for_another_one(self) -> None:
        if self.change.state == "proposed":
            assert len(self.standing()) < self.change.approvals_needed or self.asking()

    @invariant()
    def nothing_goes_on_while_somebody_asks_for_another_one(self) -> None:
        if self.change.state not in ("proposed", "rejected"):
            assert not self.asking()

    @invariant()
    def nobody_unwrites_a_vote(self) -> None:
        assert {vote.user for vote in self.change.approvals} == set(self.last_word)
        rewound = replace(self.change, approvals=())
        if self.change.state == "approved":
            with pytest.raises(Refused):
                states.begin_push(rewound, datetime(2026, 11, 22, 13, tzinfo=UTC))


ChangeMachine.TestCase.settings = settings(max_examples=300, stateful_step_count=30, deadline=None)
TestChangeMachine = ChangeMachine.TestCase

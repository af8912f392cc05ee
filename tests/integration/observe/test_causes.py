"""Which change made a router hold what it holds: the one that touched it since, whose state it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from timepiece import BEGIN, Timepiece
from networks import ROOT

from netctl.control.changes.plan import rules_for
from netctl.model.artefact import Artefact, Part, RunningState
from netctl.model.change import MemberState, Window
from netctl.model.moments import stamp
from netctl.model.people import Grant
from netctl.model.plan import DiffLine, Plan, TargetPlan
from netctl.observe.drift import Causes, Comparer
from netctl.store import Store
from netctl.store.plans import PlanCopy

BEFORE, AFTER, DRAINED = (
    f"hostname east-r1\ninterface lan0\n description {word}\nexit\n" for word in ("before", "after", "drained")
)
RULES = rules_for(ROOT)


@pytest.fixture
def clock() -> Timepiece:
    return Timepiece()


@pytest.fixture
def store(store_url: str, clock: Timepiece) -> Iterator[Store]:
    with Store.open(store_url, create=True, clock=clock) as opened:
        with opened.writing() as books:
            books.users.add("aiko", [Grant("author")], "aiko")
        yield opened


def parts(text: str) -> tuple[Part, ...]:
    return (Part("frr.conf", text),)


def holding(text: str, router: str = "east-r1") -> RunningState:
    return RunningState(router, "frr", parts(text))


def pushed(store: Store, state: MemberState) -> str:
    """A change of BEFORE into AFTER that came so far at its router; returns its name."""
    lines = (DiffLine("add", "frr.conf", 1, "description after"),)
    target = TargetPlan("east-r1", "frr", "east", "0" * 64, parts(AFTER), parts(DRAINED), (), lines)
    plan = Plan("gov-wan", "1" * 64, stamp(BEGIN), (target,), (), ())
    with store.writing() as books:
        change = books.changes.add(
            PlanCopy.of(plan), title="t", reason="r", author="aiko", window=Window(), approvals_needed=0
        )
        books.rollout.enrol(change.id, [("east-r1", "east")])
        books.rollout.keep(change.id, holding(BEFORE))
        books.rollout.set_member(change.id, "east-r1", state, "", "aiko")
    return change.id


def cause(store: Store, text: str, since: datetime = BEGIN, router: str = "east-r1") -> str:
    return Causes(store, RULES).of(holding(text, router), stamp(since))


def test_what_a_push_wrote_is_its_work(store: Store) -> None:
    change = pushed(store, "done")
    assert cause(store, AFTER) == change
    assert cause(store, "!\n" + AFTER) == change, "written in other words"


def test_what_a_push_passes_through_is_its_work_too(store: Store) -> None:
    change = pushed(store, "in_flight")
    assert cause(store, DRAINED) == change
    assert cause(store, BEFORE + "interface lan1\n description drain\nexit\n") == change


def test_what_a_rollback_brought_back_is_its_work(store: Store) -> None:
    change = pushed(store, "rolled_back")
    assert cause(store, BEFORE) == change


def test_what_nobody_pushed_is_nobodys_work(store: Store) -> None:
    pushed(store, "done")
    assert cause(store, "hostname east-r1\nrouter bgp 64999\nexit\n") == ""
    assert cause(store, BEFORE) == "", "somebody took it back by hand"
    assert cause(store, AFTER, router="east-r2") == ""


def test_an_earlier_change_is_not_to_blame_for_what_happened_since(store: Store, clock: Timepiece) -> None:
    pushed(store, "done")
    assert cause(store, AFTER, since=clock.now + timedelta(minutes=5)) == ""


def test_of_two_changes_with_one_outcome_the_later_one_counts(store: Store, clock: Timepiece) -> None:
    pushed(store, "done")
    clock.now += timedelta(minutes=5)
    later = pushed(store, "done")
    assert cause(store, AFTER) == later


def test_two_texts_with_one_meaning_are_no_drift() -> None:
    comparer = Comparer(lambda name: Artefact(name, "frr", parts(AFTER)), RULES)
    assert comparer.compare(holding("!\n" + AFTER)) == ("none", 0)
    assert comparer.compare(holding(BEFORE)) == ("drifted", 2)
    assert comparer.compare(holding(AFTER)) == ("none", 0)

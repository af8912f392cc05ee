"""A change that goes back to its author, on both databases, and whose turn it is meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from change_seeds import add_people, large_plan, propose, revised

from netctl.change import steps
from netctl.control.changes import approve, decide
from netctl.control.records import audit
from netctl.control.changes.waiting import waiting
from netctl.errors import NotAllowed, ReasonMissing, SelfApproval, StaleApproval, WrongState
from netctl.model.change import Change, Window
from netctl.model.people import Grant
from netctl.store import Store

PLAN = large_plan(4)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url, create=True) as opened:
        add_people(opened)
        yield opened


@pytest.fixture
def change(store: Store) -> Change:
    return propose(store, plan=PLAN)


def say(store: Store, change: Change, verdict: str, user: str) -> Change:
    return decide.decide(store, change.id, verdict, user=user, digest=change.plan_digest, reason="because")


def turns(store: Store) -> dict[str, str]:
    """Whose turn it is, for what, about the one change."""
    found = {user: waiting(store, user=user) for user in ("aiko", "ben", "chie", "daichi", "emi")}
    return {user: step for user, [(_, step)] in ((user, list(each)) for user, each in found.items() if each)}


def test_a_change_waits_for_one_after_the_other(store, change):
    assert turns(store) == {"ben": "approve", "chie": "approve"}
    assert say(store, change, "ask", "chie").state == "proposed"
    assert turns(store) == {"aiko": "revise"}
    assert say(store, change, "approve", "ben").state == "proposed", "chie still asks"
    with pytest.raises(WrongState):
        steps.begin_push(store, change.id, user="daichi")
    after = steps.revise(store, change.id, revised(PLAN), author="aiko")
    assert (after.state, turns(store)) == ("proposed", {"ben": "approve", "chie": "approve"})
    assert say(store, after, "approve", "chie").state == "approved"
    assert turns(store) == {"aiko": "push", "daichi": "push"}
    assert say(store, after, "ask", "ben").state == "proposed", "an approved change goes back as well"
    assert audit.verify(store, user="fumi").holds


def test_what_nobody_can_do_is_nobodys_turn(store):
    closed = propose(store, plan=PLAN, window=Window("", "2020-01-01T00:00:00Z"))
    say(store, closed, "approve", "ben")
    assert turns(store) == {}
    with store.writing() as books:
        books.users.add("goro", [Grant("approver", "rivers")], "fumi")
    propose(store, plan=PLAN)
    assert waiting(store, user="goro") == (), "it reaches further than goro does"


@pytest.mark.parametrize(
    ("user", "refusal"), [("aiko", SelfApproval), ("daichi", NotAllowed), ("emi", NotAllowed), ("fumi", NotAllowed)]
)
def test_who_cannot_decide_cannot_ask_either(store, change, user, refusal):
    if user == "aiko":
        with store.writing() as books:
            books.users.grant("aiko", [Grant("approver")], "fumi")
    with pytest.raises(refusal):
        say(store, change, "ask", user)
    offered = decide.offer(store, change.id, user=user)
    assert isinstance(offered.refusal, refusal)
    assert decide.offer(store, change.id, user="ben").refusal is None


@pytest.mark.parametrize("verdict", ["approve", "ask", "reject"])
def test_a_decision_takes_a_reason_and_the_whole_digest(store, change, verdict):
    for reason in ("", " \n\t"):
        with pytest.raises(ReasonMissing):
            decide.decide(store, change.id, verdict, user="ben", digest=change.plan_digest, reason=reason)
    with pytest.raises(StaleApproval):
        decide.decide(store, change.id, verdict, user="ben", digest=change.plan_digest[:32], reason="because")


def test_the_command_line_takes_sixteen_digits(store, change):
    digits = change.plan_digest[:16]
    assert approve.ask(store, change.id, user="ben", digest=digits, reason="r").approvals[0].verdict == "ask"

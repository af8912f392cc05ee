"""Real processes at the same change at the same moment, on both databases: the rules hold as if they came in a row."""

import multiprocessing
from dataclasses import replace

import pytest

from netctl.change import steps
from netctl.control.records import audit
from netctl.control.people import users
from netctl.errors import Refused
from netctl.model.artefact import Part
from netctl.model.change import Window
from netctl.model.people import Grant
from netctl.model.plan import DiffLine, Finding, Plan, TargetPlan, Wave
from netctl.store import Store

TARGET = TargetPlan(
    "r1", "frr", "g1", "0" * 64, (Part("frr.conf", "x\n"),), (), (), (DiffLine("add", "frr.conf", 0, "x"),)
)
HIGH = (Finding("RISK-X", "high", "r1", "look twice"),)
PLAN = Plan("gov-wan", "1" * 64, "2026-11-22T05:40:00Z", (TARGET,), (Wave(1, (("g1", ("r1",)),)),), ())
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def url(store_url: str) -> str:
    with Store.open(store_url, create=True) as store:
        users.add(store, "aiko", [Grant("author"), Grant("operator")], actor="root")
        for name in ("ben", "chie"):
            users.add(store, name, [Grant("approver"), Grant("author"), Grant("operator")], actor="root")
        users.grant(store, "root", [Grant("auditor")], actor="root")
    return store_url


def worker(url: str, task, name: str, gate, answers) -> None:
    """Do a task the moment everybody is ready, and say how it went."""
    with Store.open(url, patience=60) as store:
        gate.wait(60)
        try:
            answers.put((name, task(store, name)))
        except Refused as refusal:
            answers.put((name, type(refusal).__name__))


def at_once(url: str, *tasks) -> list[tuple[str, object]]:
    """The answers of one process a task, all let go at the same moment."""
    gate, answers = SPAWN.Barrier(len(tasks)), SPAWN.Queue()
    processes = [SPAWN.Process(target=worker, args=(url, task, name, gate, answers)) for task, name in tasks]
    for process in processes:
        process.start()
    found = [answers.get(timeout=90) for _ in processes]
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    return found


def propose_ten(store: Store, name: str) -> list[str]:
    plan = replace(PLAN, network=name)
    return [steps.propose(store, plan, title=name, reason="r", author=name, window=Window()).id for _ in range(10)]


def approve_it(store: Store, name: str) -> str:
    return steps.approve(store, "C-000001", user=name, digest=digest_of(store)).state


def revise_it(store: Store, name: str) -> str:
    return steps.revise(store, "C-000001", replace(PLAN, network="revised"), author=name).state


def push_it(store: Store, name: str) -> str:
    return steps.begin_push(store, "C-000001", user=name)[0].state


def digest_of(store: Store) -> str:
    with store.reading() as books:
        return books.changes.get("C-000001").plan_digest


def propose_first(url: str, plan: Plan) -> None:
    with Store.open(url) as store:
        steps.propose(store, plan, title="t", reason="r", author="aiko", window=Window())


def holds(url: str) -> bool:
    with Store.open(url) as store:
        return audit.verify(store, user="root").holds


def test_proposals_at_once_get_a_number_each_and_one_chain(url: str) -> None:
    answers = at_once(url, (propose_ten, "aiko"), (propose_ten, "ben"))
    numbers = sorted(number for _, ids in answers for number in ids)
    assert numbers == [f"C-{number:06}" for number in range(1, 21)]
    assert holds(url)


def test_two_approvals_at_once_both_count(url: str) -> None:
    propose_first(url, replace(PLAN, findings=HIGH))
    answers = at_once(url, (approve_it, "ben"), (approve_it, "chie"))
    assert sorted(state for _, state in answers) == ["approved", "proposed"]
    with Store.open(url) as store, store.reading() as books:
        change = books.changes.get("C-000001")
        assert change.state == "approved"
        assert {vote.user for vote in change.approvals} == {"ben", "chie"}
    assert holds(url)


def test_an_approval_beside_a_revision_never_approves_what_was_not_looked_at(url: str) -> None:
    propose_first(url, PLAN)
    answers = dict(at_once(url, (approve_it, "ben"), (revise_it, "aiko")))
    with Store.open(url) as store, store.reading() as books:
        change = books.changes.get("C-000001")
    looked_at_the_new_one = any(vote.digest == change.plan_digest for vote in change.approvals)
    assert answers["aiko"] == "proposed"
    assert change.state == ("approved" if looked_at_the_new_one else "proposed")
    assert holds(url)


def test_of_two_who_push_at_once_one_does(url: str) -> None:
    propose_first(url, PLAN)
    with Store.open(url) as store:
        approve_it(store, "ben")
    answers = at_once(url, (push_it, "aiko"), (push_it, "chie"))
    assert sorted(state for _, state in answers) == ["WrongState", "pushing"]
    assert holds(url)

"""What a push remembers: crash-safe, said once, and never two members of a group in flight (safety laws 1 and 6)."""

import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from mixed_plans import zone_plan

from netctl.change import steps
from netctl.errors import DatabaseLocked, GroupBusy, LeaseLost, PlanTampered
from netctl.model.artefact import Part, RunningState
from netctl.model.change import Window
from netctl.model.moments import stamp
from netctl.model.people import Grant
from netctl.model.places import ZoneTargetName
from netctl.model.plan import DiffLine, Plan, TargetPlan, Wave
from netctl.store import Receipts, Store
from netctl.store.verify import verify


def target(name: str, group: str) -> TargetPlan:
    return TargetPlan(
        name, "frr", group, "0" * 64, (Part("frr.conf", "x\n"),), (), (), (DiffLine("add", "frr.conf", 0, "x"),)
    )


PLAN = Plan(
    "gov-wan",
    "1" * 64,
    "2026-11-22T05:40:00Z",
    (target("r1", "g1"), target("r2", "g1"), target("r3", "g2")),
    (Wave(1, (("g1", ("r2", "r1")),)), Wave(2, (("g2", ("r3",)),))),
    (),
)


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(store_url: str, clock: Clock):
    with Store.open(store_url, create=True, clock=clock) as store:
        with store.writing() as books:
            books.users.add("aiko", [Grant("author"), Grant("operator")], "aiko")
            books.users.add("ben", [Grant("approver")], "aiko")
        yield store


def pushing(store: Store, plan: Plan = PLAN) -> str:
    change = steps.propose(store, plan, title="t", reason="r", author="aiko", window=Window())
    steps.approve(store, change.id, user="ben", digest=change.plan_digest)
    return steps.begin_push(store, change.id, user="aiko")[0].id


def test_members_wait_in_the_order_of_the_plan(store: Store) -> None:
    receipts = Receipts(store, "aiko")
    assert receipts.members("C-000001") == ()
    change = pushing(store)
    assert [(member.target, member.state) for member in receipts.members(change)] == [
        ("r2", "waiting"),
        ("r1", "waiting"),
        ("r3", "waiting"),
    ]


def test_a_zone_of_the_longest_name_is_a_member_as_a_router_is(store: Store) -> None:
    longest = ZoneTargetName(".".join([r"\000" * 63] * 3 + [r"\000" * 61]), "v" * 64, leaving=True)
    share = zone_plan(longest, {("@", "TXT"): ("x",)}, {})
    plan = replace(PLAN, targets=(share,), waves=(Wave(1, ((longest.group, (str(longest),)),)),))
    change = pushing(store, plan)
    receipts = Receipts(store, "aiko")
    receipts.set_member(change, str(longest), "in_flight")
    receipts.begin(change, str(longest), "apply", "w")
    receipts.end(change, str(longest), "apply", "w", outcome="ok", detail="")
    assert [(member.target, member.state) for member in receipts.members(change)] == [(str(longest), "in_flight")]


def test_two_members_of_a_group_are_never_in_flight_together_not_even_in_two_changes(store: Store) -> None:
    first, second = pushing(store), pushing(store, replace(PLAN, network_digest="2" * 64))
    receipts = Receipts(store, "aiko")
    receipts.set_member(first, "r2", "in_flight")
    receipts.set_member(first, "r2", "in_flight")  # said again: nothing
    receipts.set_member(first, "r3", "in_flight")  # another group
    for change in (first, second):
        with pytest.raises(GroupBusy, match=r"r2 of group g1 is in flight in C-000001"):
            receipts.set_member(change, "r1", "in_flight")
    with pytest.raises(GroupBusy):
        receipts.set_member(second, "r2", "in_flight")
    receipts.set_member(first, "r2", "done")
    receipts.set_member(first, "r1", "in_flight")


def test_the_database_keeps_the_law_even_if_the_code_forgets_it(store: Store, monkeypatch) -> None:
    from netctl.store.rollout import Rollout

    change = pushing(store)
    receipts = Receipts(store, "aiko")
    receipts.set_member(change, "r2", "in_flight")
    monkeypatch.setattr(Rollout, "_refuse_beside", lambda *_: None)
    with pytest.raises(Exception, match="E0618"):
        receipts.set_member(change, "r1", "in_flight")
    monkeypatch.undo()
    assert [member.state for member in receipts.members(change)] == ["in_flight", "waiting", "waiting"]


def test_a_target_that_is_no_member_is_a_defect(store: Store) -> None:
    with pytest.raises(LookupError):
        Receipts(store, "aiko").set_member(pushing(store), "r9", "done")


def test_receipts_said_again_after_a_crash_stand_once(store: Store) -> None:
    change = pushing(store)
    receipts = Receipts(store, "aiko")
    for _ in range(2):
        receipts.begin(change, "r2", "apply", "w1")
    receipts.begin(change, "r2", "apply", "w2")  # somebody else took over: that is news
    for _ in range(2):
        receipts.end(change, "r2", "apply", "w2", outcome="ok", detail="committed")
    receipts.begin(change, "r2", "apply", "w2")  # done again after it ended: news as well
    assert [(line.worker, line.outcome) for line in receipts.lines(change, "r2")] == [
        ("w1", "begun"),
        ("w2", "begun"),
        ("w2", "ok"),
        ("w2", "begun"),
    ]
    assert all(line.at for line in receipts.lines(change))


def test_whatever_a_router_says_can_be_kept_and_stands_once(store: Store) -> None:
    change = pushing(store)
    receipts = Receipts(store, "aiko")
    said = "\x1b[2J nul\0 half \ud800 " + "x" * 50_000
    for _ in range(2):
        receipts.end(change, "r2", "apply", "w1", outcome="failed", detail=said)
        receipts.set_member(change, "r2", "failed", said)
    (line,) = receipts.lines(change)
    assert line.detail.startswith("\ufffd[2J nul\ufffd half \ufffd xxx")
    assert line.detail.endswith("… (50017 characters)")
    assert receipts.members(change)[0].detail == line.detail
    steps.stop(store, change, actor="aiko", detail=said)
    with store.reading() as books:
        assert verify(books).holds


KILLED = """
import os, signal, sys
from netctl.store import Receipts, Store
from netctl.store.verify import verify
store = Store.open(sys.argv[1])
Receipts(store, "aiko").begin("C-000001", "r2", "apply", "w1")
with store.writing() as books:
    books.rollout.set_member("C-000001", "r2", "in_flight", "", "aiko")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_in_the_middle_what_was_said_is_there_and_what_was_not_is_not(store: Store, store_url: str) -> None:
    change = pushing(store)
    done = subprocess.run([sys.executable, "-c", KILLED, store_url], timeout=60)
    assert done.returncode == -signal.SIGKILL
    receipts = Receipts(store, "aiko")
    assert [line.outcome for line in receipts.lines(change)] == ["begun"]
    assert receipts.members(change)[0].state == "waiting"
    receipts.set_member(change, "r2", "in_flight")  # the dead process holds no lock


def test_many_threads_of_one_process_write_in_turn(store: Store) -> None:
    change = pushing(store)
    receipts = Receipts(store, "aiko")
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(20):
                receipts.begin(change, name, f"step-{number}", "w1")
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(f"t{number}",)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert len(receipts.lines(change)) == 240


def test_what_was_there_before_is_kept_once(store: Store) -> None:
    change = pushing(store)
    receipts = Receipts(store, "aiko")
    before = RunningState("r2", "frr", (Part("frr.conf", "hostname r2\n"), Part("banner", "河川庁\n")))
    receipts.keep(change, before)
    receipts.keep(change, RunningState("r2", "frr", (Part("frr.conf", "half changed\n"),)))
    assert receipts.kept(change, "r2") == before
    assert receipts.kept(change, "r1") is None


def test_a_stop_is_asked_for_heard_and_forgotten_when_resumed(store: Store) -> None:
    change = pushing(store)
    receipts = Receipts(store, "aiko")
    assert not receipts.stop_requested(change)
    steps.request_stop(store, change, user="aiko", reason="an alarm")
    assert receipts.stop_requested(change)
    steps.stop(store, change, actor="aiko")
    steps.resume(store, change, user="aiko")
    assert not receipts.stop_requested(change)


def test_a_plan_altered_in_the_database_is_not_pushed(store: Store, store_url: str) -> None:
    import sqlite3

    import psycopg

    from netctl.store.plans import PlanCopy

    change = steps.propose(store, PLAN, title="t", reason="r", author="aiko", window=Window())
    steps.approve(store, change.id, user="ben", digest=change.plan_digest)
    altered = PlanCopy.of(replace(PLAN, network="somebody's own")).content
    if store_url.startswith("sqlite"):
        with sqlite3.connect(store_url.removeprefix("sqlite:///")) as connection:
            connection.execute("UPDATE plans SET content = ?", (altered,))
        connection.close()
    else:
        with psycopg.connect(store_url) as connection:
            connection.execute("UPDATE plans SET content = %s", (altered,))
    with pytest.raises(PlanTampered):
        steps.begin_push(store, change.id, user="aiko")
    with store.reading() as books:
        assert books.changes.get(change.id).state == "approved"


def test_a_lease_has_one_owner_and_a_fence_that_rises(store: Store, clock: Clock) -> None:
    with store.writing() as books:
        first = books.leases.take("rollout", "w1", 30)
        with pytest.raises(LeaseLost, match="held by w1"):
            books.leases.take("rollout", "w2", 30)
        books.leases.renew("rollout", first, 30)
    clock.moment += timedelta(seconds=31)
    with store.writing() as books:
        second = books.leases.take("rollout", "w2", 30)
        assert second > first
        with pytest.raises(LeaseLost, match="taken over by w2"):
            books.leases.renew("rollout", first, 30)
        books.leases.give_back("rollout", first)  # no longer its to give
        books.leases.check("rollout", second)
        books.leases.give_back("rollout", second)
        with pytest.raises(LeaseLost):
            books.leases.check("rollout", second)
        assert books.leases.take("rollout", "w1", 30) > second


def test_a_worker_that_fell_silent_is_known_by_how_long(store: Store, clock: Clock) -> None:
    with store.writing() as books:
        books.workers.beat("w1", "host a")
        books.workers.beat("w2", "host b")
    clock.moment += timedelta(seconds=40)
    with store.writing() as books:
        books.workers.beat("w2", "host b")
        silent = {worker.name: round(worker.silent_for(clock).total_seconds()) for worker in books.workers.all()}
        assert silent == {"w1": 40, "w2": 0}
        books.workers.leave("w1")
        assert [worker.name for worker in books.workers.all()] == ["w2"]


def test_a_writer_inside_a_writer_is_refused_rather_than_hanging(store_url: str) -> None:
    with Store.open(store_url, create=True, patience=0.05) as store, store.writing():
        with pytest.raises(DatabaseLocked), store.writing():
            pytest.fail("two writers at once")


def test_what_is_in_flight_is_told_with_its_last_step_and_what_ended_well_for_a_while(store, clock):
    change, receipts = pushing(store), Receipts(store, "aiko")
    with store.writing() as books:
        books.rollout.enrol(change, [("r2", "g1"), ("r1", "g1"), ("r3", "g2")])
    assert flights(store, "") == []
    receipts.set_member(change, "r2", "in_flight")
    step = receipts.begin(change, "r2", "drain", "worker")
    with store.reading() as books:
        (flight,) = books.rollout.flights("9")
    assert (flight.change, flight.target, flight.state, flight.moved_at) == (change, "r2", "in_flight", step.at)
    receipts.set_member(change, "r2", "done")
    ended = stamp(clock())
    receipts.set_member(change, "r1", "in_flight")
    receipts.set_member(change, "r3", "in_flight")
    receipts.set_member(change, "r3", "failed")
    assert flights(store, "") == [("r1", "in_flight"), ("r2", "done")]
    assert flights(store, ended) == [("r1", "in_flight")]


def flights(store, since):
    with store.reading() as books:
        return sorted((flight.target, flight.state) for flight in books.rollout.flights(since))

"""The audit log as people look through it, on both databases, and how far it was proven whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import papers
import pytest
from sqlalchemy import create_engine, text

from netctl.control.records import pages as auditpages
from netctl.control.people import users
from netctl.control.records.chainwatch import ChainWatch
from netctl.errors import NotAllowed
from netctl.model.audit import AuditFilter
from netctl.model.people import Grant
from netctl.store import Store

PAIR = ("rivers-hq-r1", "rivers-hq-r2")


@pytest.fixture
def clock() -> papers.Ticking:
    return papers.Ticking()


@pytest.fixture
def store(store_url: str, clock: papers.Ticking):
    with Store.open(store_url, create=True, clock=clock) as store:
        yield papers.peopled(store)


def numbers(store: Store, **wanted: str) -> list[int]:
    return [entry.number for entry in auditpages.every(store, user="emi", wanted=AuditFilter(**wanted))]


def found(store: Store, **wanted: str) -> set[tuple[str, str]]:
    entries = auditpages.every(store, user="emi", wanted=AuditFilter(**wanted))
    return {(entry.action, entry.subject) for entry in entries}


def test_entries_are_found_by_person_change_action_and_device(store: Store) -> None:
    change = papers.pushed(store, *PAIR)
    papers.pushed(store, "harbours-hq-r1")
    assert found(store, actor="ben", subject=change.id) == {("change.approve", change.id)}
    assert found(store, action="change.propose") == {("change.propose", "C-000001"), ("change.propose", "C-000002")}
    assert {action for action, _ in found(store, action="member")} == {"member.in_flight", "member.done"}
    assert found(store, device=PAIR[0]) == {("member.in_flight", change.id), ("member.done", change.id)}
    assert len(numbers(store, device=PAIR[0])) == 2


def test_an_action_that_only_begins_alike_is_another_action(store: Store) -> None:
    papers.proposed(store, *PAIR)
    assert numbers(store, action="chang") == []


def test_entries_are_found_by_moment_the_end_left_out(store: Store) -> None:
    papers.proposed(store, *PAIR)
    entries = list(auditpages.every(store, user="emi", wanted=AuditFilter()))
    third, fifth = entries[2], entries[4]
    assert numbers(store, since=third.at, until=fifth.at) == [3, 4]


def test_pages_follow_each_other_in_both_directions_and_miss_nothing(store: Store) -> None:
    papers.pushed(store, *PAIR)
    whole = numbers(store)
    for newest_first in (False, True):
        seen: list[int] = []
        behind = 0
        while True:
            page = auditpages.page(
                store, user="emi", wanted=AuditFilter(), behind=behind, limit=4, newest_first=newest_first
            )
            assert len(page.entries) <= 4
            seen += [entry.number for entry in page.entries]
            behind = page.behind
            if not behind:
                break
        assert seen == (whole[::-1] if newest_first else whole)


def test_who_reads_the_log_for_one_organisation_reads_of_its_changes_only(store: Store) -> None:
    users.add(store, "gen", [Grant("auditor", "rivers")], actor="root")
    mine = papers.proposed(store, *PAIR)
    papers.proposed(store, "harbours-hq-r1")
    papers.proposed(store, PAIR[0], "harbours-hq-r1")
    entries = list(auditpages.every(store, user="gen", wanted=AuditFilter()))
    assert {entry.subject for entry in entries} == {mine.id}


def test_who_may_not_read_the_log_is_refused_before_the_first_entry(store: Store) -> None:
    with pytest.raises(NotAllowed):
        auditpages.every(store, user="ben", wanted=AuditFilter())


def test_the_actions_to_choose_from_are_those_in_the_log(store: Store) -> None:
    papers.proposed(store, *PAIR)
    assert set(auditpages.actions(store, user="emi")) >= {"change.propose", "user.add"}


# ── the proof ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tamper(store_url: str) -> Callable[[str], None]:
    """Run a statement on the log behind netctl's back, as somebody who owns the database can."""

    def run(statement: str) -> None:
        engine = create_engine(store_url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
                for name in list(names):
                    connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(statement))
        engine.dispose()

    return run


def test_a_log_is_proven_to_its_end_and_a_later_entry_only_from_there(store: Store, clock: papers.Ticking) -> None:
    papers.proposed(store, *PAIR)
    watch = ChainWatch(store, clock)
    first = watch.ask(patience=20)
    assert (first.broken, first.behind, first.head.number) == ("", False, numbers(store)[-1])
    papers.proposed(store, "harbours-hq-r1")
    second = watch.ask(patience=20)
    assert (second.broken, second.behind, second.head.number) == ("", False, first.head.number + 1)


def test_a_page_that_does_not_wait_is_told_that_the_proof_is_behind(store: Store, clock: papers.Ticking) -> None:
    papers.proposed(store, *PAIR)
    watch = ChainWatch(store, clock)
    assert watch.ask(patience=20).behind is False
    papers.proposed(store, "harbours-hq-r1")
    with store.reading() as books:
        head = books.audit.head()
    proof = watch.ask(patience=0)
    assert proof.behind == (proof.head != head)
    assert watch.ask(patience=20).head == head


def test_an_entry_that_was_altered_is_found_within_the_hour(
    store: Store, clock: papers.Ticking, tamper: Callable[[str], None]
) -> None:
    papers.proposed(store, *PAIR)
    watch = ChainWatch(store, clock)
    assert watch.ask(patience=20).broken == ""
    tamper("UPDATE audit SET actor = 'nobody' WHERE number = 3")
    assert watch.ask(patience=20).broken == "", "what was proven is not walked again at once"
    clock.at += timedelta(hours=1, seconds=1)
    proof = watch.ask(patience=20)
    assert (proof.broken_at, proof.broken) == (3, "entry 3 was changed: its content and its hash do not agree")


def test_an_end_that_was_cut_off_is_found_though_the_rest_still_holds(
    store: Store, clock: papers.Ticking, tamper: Callable[[str], None]
) -> None:
    papers.proposed(store, *PAIR)
    watch = ChainWatch(store, clock)
    last = watch.ask(patience=20).head.number
    tamper(f"DELETE FROM audit WHERE number = {last}")
    tamper(
        "UPDATE audit_head SET number = (SELECT max(number) FROM audit), "
        "hash = (SELECT hash FROM audit ORDER BY number DESC LIMIT 1)"
    )
    assert f"entry {last} was recorded" in watch.ask(patience=20).broken


def test_a_store_that_is_closed_ends_the_proof_and_breaks_nothing(store: Store, clock: papers.Ticking) -> None:
    watch = ChainWatch(store, clock)
    store.close()
    assert watch.ask(patience=20).broken == ""

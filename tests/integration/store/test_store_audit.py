"""Safety law 9 on real databases: the log is append-only, and whoever goes behind netctl's back is found out."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from netctl.change import steps
from netctl.control.records import audit
from netctl.errors import AnchorUnreadable, AuditBroken, NotAllowed
from netctl.model.artefact import Part
from netctl.model.change import Window
from netctl.model.people import Grant
from netctl.model.plan import DiffLine, Plan, TargetPlan, Wave
from netctl.store import Receipts, Store
from netctl.store.verify import verify

TARGET = TargetPlan(
    "r1", "frr", "g1", "0" * 64, (Part("frr.conf", "x\n"),), (), (), (DiffLine("add", "frr.conf", 0, "x"),)
)
PLAN = Plan("gov-wan", "1" * 64, "2026-11-22T05:40:00Z", (TARGET,), (Wave(1, (("g1", ("r1",)),)),), ())

Behind = Callable[[str], None]


@pytest.fixture
def store(store_url: str):
    """A store in which one change was pushed."""
    with Store.open(store_url, create=True) as store:
        with store.writing() as books:
            books.users.add("aiko", [Grant("author"), Grant("operator"), Grant("auditor")], "aiko")
            books.users.add("ben", [Grant("approver")], "aiko")
        change = steps.propose(store, PLAN, title="t", reason="r", author="aiko", window=Window())
        steps.approve(store, change.id, user="ben", digest=change.plan_digest)
        steps.begin_push(store, change.id, user="aiko")
        receipts = Receipts(store, "aiko")
        receipts.set_member(change.id, "r1", "in_flight")
        receipts.begin(change.id, "r1", "apply", "w1")
        receipts.end(change.id, "r1", "apply", "w1", outcome="ok")
        receipts.set_member(change.id, "r1", "done")
        steps.finish(store, change.id, actor="aiko")
        yield store


@pytest.fixture
def behind(store_url: str) -> Behind:
    """Run a statement on the database without netctl."""

    def execute(statement: str) -> None:
        if store_url.startswith("sqlite"):
            connection = sqlite3.connect(store_url.removeprefix("sqlite:///"), isolation_level=None)
            try:
                connection.execute(statement)
            finally:
                connection.close()
        else:
            with psycopg.connect(store_url, autocommit=True) as connection:
                connection.execute(statement)

    return execute


@pytest.fixture
def unguarded(store_url: str, store: Store, behind: Behind) -> Behind:
    """The same after the guards were removed, as the database's owner can."""
    if store_url.startswith("sqlite"):
        for table in ("audit", "receipts", "approvals"):
            for verb in ("update", "delete", "replace"):
                behind(f"DROP TRIGGER {table}_no_{verb}")
    else:
        for table in ("audit", "receipts", "approvals"):
            behind(f"DROP TRIGGER {table}_no_change ON {table}")
    return behind


@pytest.mark.parametrize("table", ["audit", "receipts", "approvals"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_is_append_only(
    store: Store, behind: Behind, table: str, statement: str
) -> None:
    with pytest.raises((sqlite3.IntegrityError, psycopg.Error), match=f"{table} is append-only"):
        behind(statement.format(table))
    assert audit.verify(store, user="aiko").holds


def test_a_replacing_insert_and_a_truncation_are_refused_too(store: Store, store_url: str, behind: Behind) -> None:
    statement = (
        "INSERT OR REPLACE INTO audit SELECT number, at, 'ben', action, subject, detail, previous, hash FROM audit"
        if store_url.startswith("sqlite")
        else "TRUNCATE audit"
    )
    with pytest.raises((sqlite3.IntegrityError, psycopg.Error), match="audit is append-only"):
        behind(statement)


def test_every_step_is_in_the_log_with_who_and_what(store: Store) -> None:
    told = [(entry.action, entry.actor, entry.subject) for entry in audit.log(store, user="aiko")]
    assert told == [
        ("user.add", "aiko", "aiko"),
        ("user.add", "aiko", "ben"),
        ("change.propose", "aiko", "C-000001"),
        ("change.approve", "ben", "C-000001"),
        ("change.push", "aiko", "C-000001"),
        ("member.in_flight", "aiko", "C-000001"),
        ("member.done", "aiko", "C-000001"),
        ("change.done", "aiko", "C-000001"),
    ]


def test_what_a_rollback_tells_beside_the_change_contradicts_nothing(store: Store) -> None:
    with store.writing() as books:
        books.audit.append("aiko", "change.begin_rollback", "C-000001", {"digest": "f" * 64})
    assert audit.verify(store, user="aiko").entries == 9


def test_the_log_is_read_by_subject_and_in_pages(store: Store) -> None:
    assert [entry.number for entry in audit.log(store, user="aiko", subject="ben")] == [2]
    assert [entry.number for entry in audit.log(store, user="aiko", after=3, limit=2)] == [4, 5]
    with pytest.raises(NotAllowed):
        audit.log(store, user="ben")


BEHIND_OUR_BACK = {
    "an entry's actor": ("UPDATE audit SET actor = 'aiko' WHERE number = 4", "entry 4 was changed"),
    "an entry's detail": ("UPDATE audit SET detail = 'no JSON at all' WHERE number = 4", "entry 4 was changed"),
    "an entry removed": ("DELETE FROM audit WHERE number = 4", "entry 4 is missing"),
    "the end cut off": ("DELETE FROM audit WHERE number > 6", "the log ends here, but entry 8 was recorded"),
    "a state": ("UPDATE changes SET state = 'approved'", "C-000001 is approved, but the log tells of done"),
    "a vote": ("UPDATE approvals SET user_name = 'aiko'", "the votes on C-000001 are not those"),
    "a vote removed": ("DELETE FROM approvals", "the votes on C-000001 are not those"),
    "a role": ("INSERT INTO grants VALUES ('aiko', 'approver', '')", "the roles of aiko are not those .*: approver"),
    "a role taken": ("DELETE FROM grants WHERE user_name = 'ben'", "the roles of ben are not those .*: approver"),
    "a user": ("INSERT INTO users VALUES ('mallory', 'x')", "the roles of mallory are not those"),
    "a member": ("UPDATE members SET state = 'waiting'", "r1 of C-000001 is waiting, but the log tells of done"),
    "a member removed": ("DELETE FROM members", "the log tells of r1 in C-000001, which is gone"),
    "a plan": ("UPDATE plans SET content = 'x'", "C-000001: the store's copy of the plan is damaged"),
    "whose routers": (
        "INSERT INTO plan_organisations SELECT digest, 'rivers' FROM plans",
        "the routers of C-000001 are those of - rivers, but the log tells of -",
    ),
    "whose routers, nobody's": ("DELETE FROM plan_organisations", "the routers of C-000001 are those of nobody"),
    "a receipt": ("UPDATE receipts SET outcome = 'failed' WHERE outcome = 'ok'", "the receipts of r1 in C-000001"),
    "a receipt removed": ("DELETE FROM receipts WHERE outcome = 'ok'", "the receipts of r1 in C-000001"),
}


@pytest.mark.parametrize("what", BEHIND_OUR_BACK)
def test_what_was_changed_behind_our_back_is_found(store: Store, unguarded: Behind, what: str) -> None:
    statement, found = BEHIND_OUR_BACK[what]
    unguarded(statement)
    with pytest.raises(AuditBroken, match=found) as broken:
        audit.verify(store, user="aiko")
    assert broken.value.where.startswith("entry ")


def test_an_end_cut_off_together_with_the_head_shows_only_against_an_anchor(
    store: Store, unguarded: Behind, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors"
    with store.writing() as books:
        books.users.grant("ben", [Grant("viewer")], "aiko")  # the fact that is going to vanish
    assert audit.anchor(store, anchors, user="aiko").number == 9
    unguarded("DELETE FROM grants WHERE role = 'viewer'")
    unguarded("DELETE FROM audit WHERE number > 8")
    unguarded("UPDATE audit_head SET number = 8, hash = (SELECT hash FROM audit WHERE number = 8)")
    assert audit.verify(store, user="aiko").holds
    with pytest.raises(AuditBroken, match="entry 9 was recorded"):
        audit.verify(store, user="aiko", anchors=anchors)
    with pytest.raises(AuditBroken):
        audit.anchor(store, anchors, user="aiko")


def test_anchors_add_up_and_an_unreadable_one_is_named(store: Store, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    for _ in range(2):
        audit.anchor(store, anchors, user="aiko")
    assert len(anchors.read_text().splitlines()) == 2
    assert audit.verify(store, user="aiko", anchors=anchors).entries == 8
    anchors.write_text("8 not-a-hash today\n")
    with pytest.raises(AnchorUnreadable) as failure:
        audit.verify(store, user="aiko", anchors=anchors)
    assert failure.value.where == f"{anchors}:1"
    with pytest.raises(AnchorUnreadable):
        audit.verify(store, user="aiko", anchors=tmp_path / "missing")
    with pytest.raises(AnchorUnreadable):
        audit.anchor(store, tmp_path, user="aiko")


def test_an_entry_exists_only_with_what_it_tells(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as books:
        books.users.add("chie", [Grant("viewer")], "aiko")
        raise RuntimeError
    with store.reading() as books:
        assert [user.name for user in books.users.all()] == ["aiko", "ben"]
        assert books.audit.head().number == 8
        assert verify(books).holds


def test_acting_as_somebody_else_leaves_the_operating_system_user_in_the_log(store: Store) -> None:
    from netctl.store.database import os_user

    entries = {entry.number: entry for entry in audit.log(store, user="aiko")}
    assert entries[4].detail["os_user"] == os_user()


@pytest.mark.postgresql
def test_a_postgresql_role_that_owns_nothing_can_work_and_cannot_lift_the_guards(
    postgresql, postgresql_url: str
) -> None:
    Store.open(postgresql_url, create=True).close()
    postgresql.execute(
        postgresql_url,
        "CREATE ROLE clerk LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk;"
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clerk",
    )
    url = postgresql_url.replace("netctl@", "clerk@")
    with Store.open(url) as store:
        with store.writing() as books:
            books.users.add("aiko", [Grant("admin")], "aiko")
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in ("DROP TRIGGER audit_no_change ON audit", "TRUNCATE audit", "DELETE FROM audit"):
                with pytest.raises(psycopg.Error):
                    connection.execute(statement)
        assert audit.verify(store, user="aiko").entries == 1
    postgresql.execute(postgresql_url, "DROP OWNED BY clerk; DROP ROLE clerk")

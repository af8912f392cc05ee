"""How far the store has come, in one look: it moves with every round and every act, and tells what fails as any read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from timepiece import BEGIN, Timepiece

from netctl.control.people.accounts import begin, session_of
from netctl.control.people.known import known
from netctl.errors import DatabaseLocked, NotADatabase
from netctl.model.moments import stamp
from netctl.model.people import Grant
from netctl.model.watch import RoundMark
from netctl.settings import Settings
from netctl.store import Store
from netctl.store.pulse import Pulse


def test_it_is_nothing_before_anything_happened(store: Store) -> None:
    assert store.pulse() == Pulse(0, 0, late=False)


def test_it_moves_with_a_round_and_with_an_act_and_when_the_round_is_old(store: Store, clock: Timepiece) -> None:
    at = stamp(BEGIN)
    with store.writing() as books:
        books.watch.keep(RoundMark(0, at, at, 30.0, 0), [], {}, whole=True)
    assert store.pulse() == Pulse(1, 0, late=False)
    with store.writing() as books:
        books.users.add("aiko", [Grant("viewer")], "aiko")
    assert store.pulse() == Pulse(1, 1, late=False)
    clock.now += timedelta(minutes=10)
    assert store.pulse() == Pulse(1, 1, late=True)


def test_a_database_that_became_none_is_told_as_such(tmp_path) -> None:
    file = tmp_path / "netctl.db"
    with Store.open(f"sqlite:///{file}", create=True) as store:
        store.pulse()
    with Store.open(f"sqlite:///{file}") as store:
        file.write_bytes(b"this is no database" * 1000)
        with pytest.raises(NotADatabase):
            store.pulse()


@pytest.mark.parametrize("end", ["signed out", "in the end", "idle", "somebody else acts"])
def test_a_session_is_known_until_it_ends_in_whatever_way(tmp_path, store: Store, clock: Timepiece, end: str) -> None:
    with store.writing() as books:
        books.users.add("aiko", [Grant("viewer")], "aiko")
    settings = Settings(home=tmp_path, session_hours=1, session_idle_minutes=5)
    begun = begin(store, "aiko", "password", address="192.0.2.1", agent="t", settings=settings)
    assert session_of(store, begun.secret) is not None
    assert len(known(store, store.pulse().acts).sessions) == 1
    if end == "signed out":
        with store.writing() as books:
            books.sessions.end_all("aiko", "root")
    elif end == "in the end":
        for _ in range(61):
            assert session_of(store, begun.secret) is not None or clock.now >= BEGIN + timedelta(hours=1)
            clock.now += timedelta(minutes=1)
    elif end == "idle":
        clock.now += timedelta(minutes=6)
    else:
        with store.writing() as books:
            books.users.add("ben", [Grant("viewer")], "ben")
    assert (session_of(store, begun.secret) is None) == (end != "somebody else acts")


def test_whoever_would_rather_not_write_than_wait_is_told_at_once_that_others_write(store_url: str) -> None:
    with Store.open(store_url, create=True) as one, Store.open(store_url) as other:
        with one.writing(), pytest.raises(DatabaseLocked), other.writing(at_once=True):
            pass
        with one.writing(), pytest.raises(DatabaseLocked), one.writing(at_once=True):
            pass
        for store in (one, other):
            with store.writing(at_once=True) as books:
                books.users.add("aiko" if store is one else "ben", [Grant("viewer")], "aiko")
        assert one.pulse().acts == 2


def test_a_page_does_not_wait_to_say_that_somebody_was_seen(tmp_path, store: Store, clock: Timepiece) -> None:
    with store.writing() as books:
        books.users.add("aiko", [Grant("viewer")], "aiko")
    begun = begin(store, "aiko", "password", address="192.0.2.1", agent="t", settings=Settings(home=tmp_path))
    clock.now += timedelta(minutes=2)
    with store.writing():
        found = session_of(store, begun.secret)
    assert found is not None
    assert found.seen_at == stamp(BEGIN)
    session_of(store, begun.secret)
    with store.reading() as books:
        assert books.sessions.of("aiko")[0].seen_at == stamp(clock.now)

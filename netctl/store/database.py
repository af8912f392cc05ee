"""The store: everything netctl remembers, behind one door. No SQLAlchemy object leaves this room."""

from __future__ import annotations

import os
import pwd
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Engine

from netctl.errors import DatabaseLocked
from netctl.model.moments import Clock, now
from netctl.store import engine as engines
from netctl.store import pulse as pulses
from netctl.store.books import Books
from netctl.store.failures import driver_translated, files_translated, translated
from netctl.store.pulse import Pulse
from netctl.store.schema import ensure_schema

PATIENCE = 10.0  # seconds to wait for a lock or a server
_QUEUE = 6  # times as long for our own threads: each of those before us may have to wait as well


def os_user() -> str:
    """Who the operating system says runs this process; variables such as `USER` are anybody's word."""
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid-{uid}"


class Store:
    """An open store; may be shared by threads, not across a fork.

    `reading` and `writing` give the books for the length of one transaction. Writers are one at a time, on any number
    of processes and hosts: what a rule saw in its transaction still holds when its result is written. They must not be
    nested. All failures come out as `StoreError`; after one, nothing of the transaction was written.
    """

    def __init__(self, engine: Engine, url: URL, clock: Clock, patience: float) -> None:
        self._engine = engine
        self._clock = clock
        self._patience = patience
        self._os_user = os_user()
        self._pulse = pulses.statement(engine.dialect)
        self._turn = threading.Lock()  # threads queue here in order; SQLite's own lock is polled, and not fair
        self.where = url.render_as_string(hide_password=True)

    @classmethod
    def open(cls, url: str, *, create: bool = False, clock: Clock = now, patience: float = PATIENCE) -> Self:
        """Open the store, its schema brought up to date; raises `DatabaseMissing` unless there is one, or `create`."""
        parsed = engines.parse(url)
        engine = engines.connect_engine(parsed, patience)
        store = cls(engine, parsed, clock, patience)
        try:
            with translated(store.where), files_translated(store.where):
                file = engines.database_file(parsed)
                ensure_schema(engine, file, create=create, where=store.where, patience=patience)
        except BaseException:
            store.close()
            raise
        return store

    def now(self) -> datetime:
        """The moment it is by the store's clock."""
        return self._clock()

    def pulse(self) -> Pulse:
        """How far the store has come, in one look that is no transaction: asked for every page."""
        with driver_translated(self.where, self._engine.dialect.loaded_dbapi.Error):
            return pulses.look(self._engine, self._pulse, self._clock)

    @contextmanager
    def reading(self) -> Iterator[Books]:
        """The books as they are now, to read."""
        with translated(self.where), self._engine.connect() as connection:
            reader = connection.execution_options(**engines.snapshot_options(self._engine))
            with reader.begin():
                yield Books(reader, self._clock, self._os_user)

    @contextmanager
    def writing(self, *, at_once: bool = False) -> Iterator[Books]:
        """The books for this writer alone; on leaving, all of it is on disk, or after an exception nothing is.

        `at_once` is for what can be written another time: it raises `DatabaseLocked` where others write just now.
        """
        with self._in_turn(at_once=at_once), translated(self.where), self._engine.connect() as connection:
            writer = connection.execution_options(**{engines.WRITING: True, engines.AT_ONCE: at_once})
            with writer.begin():
                books = Books(writer, self._clock, self._os_user)
                books.audit.lock(at_once=at_once)
                yield books

    @contextmanager
    def _in_turn(self, *, at_once: bool) -> Iterator[None]:
        if not self._turn.acquire(timeout=0 if at_once else self._patience * _QUEUE):
            raise DatabaseLocked("another thread of this process has been writing all the while", where=self.where)
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""Connections that behave the same on both databases: writers go one by one, and what is committed is on disk."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from netctl.errors import SettingsInvalid

WRITING = "netctl_writing"  # the execution option of a connection whose transaction writes
AT_ONCE = "netctl_at_once"  # of one that is not to wait for other writers


def parse(text: str) -> URL:
    """The database's URL with the driver netctl ships; raises `SettingsInvalid` for any other database."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        # Not the text: it may hold a password.
        raise SettingsInvalid("`database` is not a URL", hint="write it like postgresql://netctl@db/netctl") from error
    backend = url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise SettingsInvalid(
                "`database` must name a file", hint="write it like sqlite:////var/lib/netctl/netctl.db"
            )
        return url.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise SettingsInvalid(f"netctl keeps its store in SQLite or PostgreSQL, not {backend!r}")


def database_file(url: URL) -> Path | None:
    """The file of a SQLite database."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def connect_engine(url: URL, patience: float) -> Engine:
    """An engine that waits `patience` seconds for a lock or a server, and no longer."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": patience}, pool_size=4, max_overflow=60)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    milliseconds = max(1, int(patience * 1000))
    options = f"-c lock_timeout={milliseconds} -c idle_in_transaction_session_timeout=60000 -c synchronous_commit=on"
    arguments = {"connect_timeout": max(2, int(patience)), "options": options, "application_name": "netctl"}
    return create_engine(url, connect_args=arguments, pool_size=4, max_overflow=16, pool_pre_ping=True)


def snapshot_options(engine: Engine) -> dict[str, Any]:
    """Execution options under which all reads of one transaction see one moment; SQLite does so by itself."""
    if engine.dialect.name == "sqlite":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # netctl says BEGIN itself: Python's module would begin late, and never IMMEDIATE.
    connection.isolation_level = None
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A write takes the lock first: a transaction that read and then wants to write can be refused without a wait.
    options = connection.get_execution_options()
    if not options.get(AT_ONCE, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITING, False) else "BEGIN")
        return
    patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")


def use_write_ahead_log(file: Path, patience: float) -> None:
    """Set a SQLite database to WAL, once and for good; readers then never wait for a writer.

    SQLite does not wait for a lock here, so processes that start at once try again until `patience` is over.
    """
    deadline = time.monotonic() + patience
    with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as connection:
        while not _is_write_ahead(connection, last_try=time.monotonic() > deadline):
            time.sleep(0.02)


def _is_write_ahead(connection: sqlite3.Connection, *, last_try: bool) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if last_try or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True

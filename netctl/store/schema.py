"""The schema is the one this netctl knows, or it is brought there at first use, by one process, in one transaction.

Alembic takes longer to import than a command may take to start; it is imported only when there is something to migrate.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from netctl.errors import DatabaseMissing, SchemaTooNew
from netctl.store.engine import WRITING, use_write_ahead_log

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
)  # oldest first; a test holds them equal to migrations/versions

_ADVISORY_LOCK = 0x6E6574_63746C  # "netctl"


def ensure_schema(engine: Engine, file: Path | None, *, create: bool, where: str, patience: float) -> None:
    """Bring the schema to this netctl's revision; raises `SchemaTooNew`, or `DatabaseMissing` unless `create`."""
    if file is not None and not file.exists() and not create:
        raise DatabaseMissing("there is no database", where=where)
    if file is None or file.exists():
        with engine.connect() as connection:
            found = revision(connection)
        if found == REVISIONS[-1]:
            return
        _refuse(found, create=create, where=where)
    with _alone(engine, file, patience) as connection:
        found = revision(connection)
        if found != REVISIONS[-1]:
            _refuse(found, create=create, where=where)
            _migrate(connection)


def revision(connection: Connection) -> str:
    """The schema's revision; "" for a database without netctl's tables."""
    if not inspect(connection).has_table("netctl_schema"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM netctl_schema")).scalar() or "")


def _refuse(found: str, *, create: bool, where: str) -> None:
    if found and found not in REVISIONS:
        raise SchemaTooNew(f"its schema is {found}, this netctl knows up to {REVISIONS[-1]}", where=where)
    if not found and not create:
        raise DatabaseMissing("the database is empty", where=where)


@contextmanager
def _alone(engine: Engine, file: Path | None, patience: float) -> Iterator[Connection]:
    """One transaction that no other process migrates beside."""
    if file is None:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})
            yield connection
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Only a file that was not there is opened: closing any descriptor of a database drops the locks that SQLite holds
    # on it in this process, and then another process may take the write-ahead log away while it is in use.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_RDWR, 0o600))
    use_write_ahead_log(file, patience)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        yield connection


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  slow to import, rarely needed
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

"""What a database says when it fails, as the one error a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from netctl.errors import (
    DatabaseFailed,
    DatabaseLocked,
    DatabaseLoginRefused,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DiskFull,
    NotADatabase,
    StoreError,
)

# https://www.sqlite.org/rescode.html; the primary code is the lowest byte.
_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_NOTADB: NotADatabase,
    sqlite3.SQLITE_CORRUPT: NotADatabase,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_AUTH: DatabaseReadOnly,
    sqlite3.SQLITE_CANTOPEN: DatabaseUnreachable,
}

# A write that failed below SQLite: a quota, a file size limit, or a disk that is full in a way it cannot name.
_SQLITE_WRITES = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_SHMSIZE})

# PostgreSQL manual, appendix A.
_POSTGRESQL: dict[str, type[StoreError]] = {
    "28P01": DatabaseLoginRefused,
    "28000": DatabaseLoginRefused,
    "42501": DatabaseLoginRefused,
    "3D000": DatabaseMissing,
    "53100": DiskFull,
    "53300": DatabaseUnreachable,
    "55P03": DatabaseLocked,
    "40P01": DatabaseLocked,
    "57014": DatabaseLocked,
    "25006": DatabaseReadOnly,
    "57P01": DatabaseUnreachable,
    "57P02": DatabaseUnreachable,
    "57P03": DatabaseUnreachable,
}

# A refused connection carries no code that psycopg passes on, only the server's words.
_LOGIN_WORDS = (
    ("password authentication failed", DatabaseLoginRefused),
    ("authentication failed", DatabaseLoginRefused),
    ("no password supplied", DatabaseLoginRefused),
    ("no pg_hba.conf entry", DatabaseLoginRefused),
    ('role "', DatabaseLoginRefused),
    ('database "', DatabaseMissing),
)

_OS: dict[int, type[StoreError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EROFS: DatabaseReadOnly,
    errno.EACCES: DatabaseReadOnly,
    errno.EPERM: DatabaseReadOnly,
    errno.ENOENT: DatabaseUnreachable,
    errno.ENOTDIR: DatabaseUnreachable,
    errno.EEXIST: DatabaseUnreachable,
    errno.EISDIR: DatabaseUnreachable,
}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Inside, every failure of the database becomes a `StoreError`; `where` names the database, without password."""
    try:
        yield
    except DBAPIError as failure:
        original: Any = failure.orig
        kind = _kind(original, connected=not failure.connection_invalidated)
        raise kind(_first_line(original), where=where) from failure
    except PoolTimeout as failure:
        raise DatabaseLocked("all of our own connections were busy for too long", where=where) from failure


@contextmanager
def driver_translated(where: str, failures: type[Exception]) -> Iterator[None]:
    """As `translated`, where the database's own driver is asked: `failures` is what it raises."""
    try:
        with translated(where):
            yield
    except failures as failure:
        raise _kind(failure)(_first_line(failure), where=where) from failure


@contextmanager
def files_translated(where: str) -> Iterator[None]:
    """Inside, a failure of the database's own files becomes a `StoreError` too."""
    try:
        yield
    except (OSError, sqlite3.Error) as failure:
        raise _kind(failure)(_first_line(failure), where=where) from failure


def _kind(original: Any, *, connected: bool = True) -> type[StoreError]:
    if isinstance(original, sqlite3.Error):
        return _sqlite_kind(original)
    if isinstance(original, OSError):
        return _OS.get(original.errno or 0, DatabaseFailed)
    state = getattr(original, "sqlstate", None)
    if state:
        return _POSTGRESQL.get(state, DatabaseUnreachable if state.startswith("08") else DatabaseFailed)
    words = str(original)
    for mark, kind in _LOGIN_WORDS:
        if mark in words:
            return kind
    lost = type(original).__name__ == "OperationalError" or not connected
    return DatabaseUnreachable if lost else DatabaseFailed


def _sqlite_kind(original: sqlite3.Error) -> type[StoreError]:
    code = getattr(original, "sqlite_errorcode", 0)
    if code in _SQLITE_WRITES:
        return DiskFull
    return _SQLITE.get(code & 0xFF, DatabaseFailed)


def _first_line(failure: BaseException | None) -> str:
    """PostgreSQL adds context and statements below the first line; statements may hold what is nobody's business."""
    return str(failure).strip().partition("\n")[0] or type(failure).__name__

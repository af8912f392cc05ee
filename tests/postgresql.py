"""A PostgreSQL server of the test run's own: a temporary cluster, stopped and removed whatever happens.

Fixtures: `postgresql` (the server), `postgresql_url` (an empty database on it), `store_url` (a store without content on
SQLite, then one on PostgreSQL: a test that asks for it runs twice), `nothing_url` (the same without any schema).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from stores import fresh

from netctl.store import Store

_PR_SET_PDEATHSIG = 1
_ROOM = 1 << 30


class PostgresqlServer:
    """A running cluster. Inside, everybody comes in by the socket; over TCP on loopback a password is asked for."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        place = _place()
        _remove_abandoned(place)
        self.folder = Path(tempfile.mkdtemp(prefix=f"netctl-pg-{os.getpid()}-", dir=place))
        self._databases = 0
        self._migrated = ""
        self._server: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self) -> None:
        if self._account:
            shutil.chown(self.folder, "postgres", "postgres")
        options = [
            "--no-sync",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--username=netctl",
            "--encoding=UTF8",
        ]
        subprocess.run(
            [self._binaries / "initdb", "--pgdata", self.folder / "data", "--locale=C.UTF-8", *options],
            check=True,
            capture_output=True,
            cwd=self.folder,
            timeout=60,
            **self._account,
        )
        settings = {
            "fsync": "off", "listen_addresses": "127.0.0.1", "port": self.port,
            "unix_socket_directories": self.folder, "max_connections": 200, "logging_collector": "off",
            "wal_level": "minimal", "max_wal_senders": 0, "max_wal_size": "96MB",
        }  # fmt: skip
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [self._binaries / "postgres", "-D", self.folder / "data", *words],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=_die_with_parent,
                **self._account,
            )
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self._dsn("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._server.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return

    def _dsn(self, database: str) -> str:
        return f"host={self.folder} port={self.port} user=netctl dbname={database}"

    def new_database(self, template: str = "template1") -> str:
        """The URL of a new database: empty, or like another one that nobody is connected to."""
        self._databases += 1
        name = f"test_{self._databases}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql://netctl@/{name}?host={self.folder}&port={self.port}"

    def new_store(self) -> str:
        """The URL of a new store without content: migrated once, then copied."""
        if not self._migrated:
            url = self.new_database()
            Store.open(url, create=True).close()
            self._migrated = url.partition("@/")[2].partition("?")[0]
        return self.new_database(self._migrated)

    def drop(self, url: str) -> None:
        """The database is gone, whoever is connected to it. Hundreds of them take minutes to remove in the end."""
        name = url.partition("@/")[2].partition("?")[0]
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, url: str, statement: str) -> None:
        """Run a statement as the cluster's owner, behind netctl's back."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)  # at once: nobody will ever read these files again
            try:
                self._server.wait(15)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait(15)
        shutil.rmtree(self.folder, ignore_errors=True)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _place() -> Path:
    """Memory, where there is enough: a cluster is thousands of small files."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    return memory if roomy else Path(tempfile.gettempdir())


def _remove_abandoned(place: Path) -> None:
    """Nothing is left there of runs that were killed."""
    for folder in place.glob("netctl-pg-*-*"):
        if not Path("/proc", folder.name.split("-")[2]).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    server = PostgresqlServer(binaries)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def postgresql_url(postgresql: PostgresqlServer) -> Iterator[str]:
    url = postgresql.new_database()
    yield url
    postgresql.drop(url)


both = pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])


@both
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        url = server.new_store()
        yield url
        server.drop(url)
    else:
        yield fresh(tmp_path / "netctl.db")


@both
def nothing_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_url")
    return f"sqlite:///{tmp_path / 'netctl.db'}"

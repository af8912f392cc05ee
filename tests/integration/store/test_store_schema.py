"""The schema: made once however many start at once, equal to what queries expect, quick when there is nothing to do."""

import multiprocessing
import subprocess
import sys
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from netctl.store import Store, schema
from netctl.store.engine import connect_engine, parse
from netctl.store.tables import METADATA


def open_at_once(url: str, gate) -> None:
    gate.wait(30)
    with Store.open(url, create=True) as store, store.writing() as books:
        books.workers.beat(multiprocessing.current_process().name)


def test_processes_that_start_at_once_make_one_schema(nothing_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(4)
    processes = [context.Process(target=open_at_once, args=(nothing_url, gate)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    with Store.open(nothing_url) as store, store.reading() as books:
        assert len(books.workers.all()) == 4


def test_migrations_make_exactly_the_tables_that_queries_expect(nothing_url: str) -> None:
    Store.open(nothing_url, create=True).close()
    engine = connect_engine(parse(nothing_url), 5)
    with engine.connect() as connection:
        options = {"compare_type": True, "version_table": "netctl_schema"}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
    engine.dispose()


def test_the_list_of_revisions_is_what_the_migrations_say() -> None:
    config = Config()
    config.set_main_option("script_location", "netctl.store:migrations")
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == schema.REVISIONS


def test_a_migration_that_fails_leaves_no_half_of_it(nothing_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate = schema._migrate

    def fails_at_the_end(connection) -> None:
        migrate(connection)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "_migrate", fails_at_the_end)
    with pytest.raises(Exception, match="E0612"):
        Store.open(nothing_url, create=True)
    monkeypatch.undo()
    with Store.open(nothing_url, create=True) as store, store.reading() as books:
        assert books.users.empty()


def test_opening_a_store_of_today_needs_no_migration_tool(nothing_url: str) -> None:
    Store.open(nothing_url, create=True).close()
    script = (
        "import sys; from netctl.store import Store; Store.open(sys.argv[1]).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, nothing_url], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_sqlite_store_is_durable_by_its_settings(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'netctl.db'}"
    Store.open(url, create=True).close()
    engine = connect_engine(parse(url), 5)
    with engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert (tmp_path / "netctl.db").stat().st_mode & 0o077 == 0

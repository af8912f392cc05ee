"""A database that cannot be used: each way has its own code and hint, and what was written before is still there."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import psycopg
import pytest

from netctl.errors import (
    DatabaseLocked,
    DatabaseLoginRefused,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DiskFull,
    NotADatabase,
    SchemaTooNew,
    StoreError,
)
from netctl.model.people import Grant
from netctl.store import Store
from netctl.store.verify import verify

ROOT = Path(__file__).resolve().parents[3]


def filled(url: str) -> None:
    with Store.open(url, create=True) as store, store.writing() as books:
        books.users.add("aiko", [Grant("author")], "aiko")


def still_whole(url: str) -> None:
    with Store.open(url) as store, store.reading() as books:
        assert "aiko" in [user.name for user in books.users.all()]
        assert verify(books).holds


def in_python(script: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a script that sees netctl, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **options,
    )


def code_of(kind: type[StoreError]) -> str:
    return f"{kind.code} {kind.default_hint}\n"


TRY_TO_WRITE = """
    import sys
    from netctl.errors import StoreError
    from netctl.store import Store
    try:
        with Store.open(sys.argv[1], patience=0.3) as store, store.writing() as books:
            books.workers.beat("w", "x" * 10)
        print("written")
    except StoreError as error:
        print(error.code, error.hint)
"""


def test_a_missing_database_is_named_and_not_made_by_reading(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "netctl.db"
    with pytest.raises(DatabaseMissing) as failure:
        Store.open(f"sqlite:///{file}")
    assert str(file) in failure.value.where
    assert not file.parent.exists()


def test_an_empty_file_is_a_database_yet_to_be_made(tmp_path: Path) -> None:
    file = tmp_path / "netctl.db"
    file.touch()
    with pytest.raises(DatabaseMissing):
        Store.open(f"sqlite:///{file}")
    assert file.stat().st_size == 0


@pytest.mark.parametrize("content", [b"this is not a database\n" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "netctl.db"
    file.write_bytes(content)
    for create in (True, False):
        with pytest.raises(NotADatabase):
            Store.open(f"sqlite:///{file}", create=create)
    assert file.read_bytes() == content


def test_a_damaged_page_is_seen_and_named(tmp_path: Path) -> None:
    file = tmp_path / "netctl.db"
    filled(f"sqlite:///{file}")
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(NotADatabase):
        still_whole(f"sqlite:///{file}")


@pytest.mark.parametrize("place", ["folder", "file/netctl.db"])
def test_a_place_where_no_file_can_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnreachable):
        Store.open(f"sqlite:///{tmp_path / place}", create=True)


def test_a_sqlite_lock_of_another_process_is_waited_for_and_then_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'netctl.db'}"
    filled(url)
    holder = sqlite3.connect(tmp_path / "netctl.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert in_python(TRY_TO_WRITE, url).stdout == code_of(DatabaseLocked)
        still_whole(url)  # readers do not wait for a writer
    finally:
        holder.close()
    assert in_python(TRY_TO_WRITE, url).stdout == "written\n"


@pytest.mark.postgresql
def test_a_postgresql_lock_of_another_process_is_waited_for_and_then_named(postgresql_url: str) -> None:
    filled(postgresql_url)
    with psycopg.connect(postgresql_url) as holder:
        holder.execute("SELECT * FROM audit_head FOR UPDATE")
        assert in_python(TRY_TO_WRITE, postgresql_url).stdout == code_of(DatabaseLocked)
        still_whole(postgresql_url)
    assert in_python(TRY_TO_WRITE, postgresql_url).stdout == "written\n"


FILL_UP = """
    import os, sys
    from netctl.errors import StoreError
    from netctl.model.people import Grant
    from netctl.store import Store
    store = Store.open(sys.argv[1], create=True)
    with store.writing() as books:
        books.users.add("aiko", [Grant("author")], "aiko")
    beats = 0
    try:
        while beats < 10_000:
            with store.writing() as books:
                books.workers.beat(f"w{beats}", os.urandom(4096).hex())
            beats += 1
    except StoreError as error:
        print(error.code, error.hint)
    with store.reading() as books:
        assert len(books.workers.all()) == beats > 0, "what was said to be written is not there, or more is"
    store.close()
"""


def test_a_limit_on_file_size_reads_as_a_full_disk_and_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'netctl.db'}"
    limit = 600_000
    done = in_python(FILL_UP, url, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert (done.stdout, done.stderr) == (code_of(DiskFull), "")
    still_whole(url)


@pytest.mark.skipif(os.getuid() != 0, reason="a file system of one's own needs root")
def test_a_full_file_system_reads_as_a_full_disk_and_loses_nothing(tmp_path: Path) -> None:
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    script = f"""
        set -e
        mount -t tmpfs -o size=700k tmpfs {disk}
        "$0" -c "$1" sqlite:///{disk}/netctl.db
        cp -r {disk} {kept}
    """
    done = subprocess.run(
        ["unshare", "-m", "--propagation", "private", "sh", "-c", script, sys.executable, textwrap.dedent(FILL_UP)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.stderr) == (code_of(DiskFull), "")
    still_whole(f"sqlite:///{kept}/netctl.db")


@pytest.mark.postgresql
def test_a_full_disk_of_a_postgresql_server_is_named(postgresql, postgresql_url: str) -> None:
    filled(postgresql_url)
    postgresql.execute(
        postgresql_url,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$; "
        "CREATE TRIGGER full_disk BEFORE INSERT ON workers FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    assert in_python(TRY_TO_WRITE, postgresql_url).stdout == code_of(DiskFull)
    still_whole(postgresql_url)


AS_NOBODY = """
    import os, pwd
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
"""


def test_a_database_one_may_not_write_is_named_and_left_as_it_was() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'netctl.db'}"
        filled(url)
        folder.chmod(0o555)
        (folder / "netctl.db").chmod(0o444)
        imports, _, rest = textwrap.dedent(TRY_TO_WRITE).partition("try:")
        script = imports + "import sqlite3, sqlalchemy.dialects.sqlite\n" + textwrap.dedent(AS_NOBODY) + "try:" + rest
        try:
            answer = in_python(script, url)
        finally:
            folder.chmod(0o755)
        assert answer.stdout == code_of(DatabaseReadOnly)
        still_whole(url)


def test_a_schema_of_a_newer_netctl_is_refused_and_not_touched(store_url: str, request: pytest.FixtureRequest) -> None:
    filled(store_url)
    statement = "UPDATE netctl_schema SET version_num = '9999'"
    if store_url.startswith("sqlite"):
        with sqlite3.connect(store_url.removeprefix("sqlite:///")) as connection:
            connection.execute(statement)
        connection.close()
    else:
        request.getfixturevalue("postgresql").execute(store_url, statement)
    for create in (True, False):
        with pytest.raises(SchemaTooNew, match="9999"):
            Store.open(store_url, create=create)


@pytest.mark.postgresql
def test_a_missing_postgresql_database_is_named(postgresql_url: str) -> None:
    with pytest.raises(DatabaseMissing):
        Store.open(postgresql_url.replace("@/test", "@/nowhere"), create=True)
    with pytest.raises(DatabaseMissing, match="empty"):
        Store.open(postgresql_url)


@pytest.mark.postgresql
@pytest.mark.parametrize("secret", [":swordfish", ""])
def test_a_refused_password_is_named_and_never_shown(postgresql, postgresql_url: str, secret: str) -> None:
    filled(postgresql_url)
    database = postgresql_url.partition("@/")[2].partition("?")[0]
    with pytest.raises(DatabaseLoginRefused) as failure:
        Store.open(f"postgresql://netctl{secret}@127.0.0.1:{postgresql.port}/{database}")
    assert "swordfish" not in f"{failure.value.as_dict()}"


@pytest.mark.postgresql
def test_an_unknown_role_reads_as_a_refused_login(postgresql_url: str) -> None:
    with pytest.raises(DatabaseLoginRefused):
        Store.open(postgresql_url.replace("netctl@", "nobody_here@"))


def test_a_server_that_is_not_there_is_named_within_its_patience() -> None:
    with pytest.raises(DatabaseUnreachable):
        Store.open("postgresql://netctl@127.0.0.1:1/netctl", patience=2)


@pytest.mark.postgresql
def test_a_server_that_broke_our_connections_is_reached_again(postgresql, postgresql_url: str) -> None:
    filled(postgresql_url)
    with Store.open(postgresql_url) as store:
        with store.reading() as books:
            assert books.users.get("aiko")
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        postgresql.execute(postgresql_url, others)
        with store.reading() as books:
            assert books.users.get("aiko")
        with pytest.raises(DatabaseUnreachable), store.writing() as books:
            books.users.add("ben", [Grant("approver")], "aiko")
            postgresql.execute(postgresql_url, others)
            books.users.all()
        with store.reading() as books:
            assert [user.name for user in books.users.all()] == ["aiko"]


def test_a_store_may_be_moved_with_its_file(tmp_path: Path) -> None:
    filled(f"sqlite:///{tmp_path / 'netctl.db'}")
    shutil.move(tmp_path / "netctl.db", tmp_path / "moved.db")
    still_whole(f"sqlite:///{tmp_path / 'moved.db'}")

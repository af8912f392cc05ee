"""What every command does when the machine, the database or a router is not there: a code, a hint, nothing lost."""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from unit.cli.program import environment, netctl

ROOT = Path(__file__).resolve().parents[3]
STORE_READERS = (
    ("status",),
    ("show", "C-000001"),
    ("users", "list"),
    ("audit", "verify"),
    ("audit", "log"),
    ("approve", "C-000001", "--digest", "0" * 16),
    ("reject", "C-000001", "--digest", "0" * 16, "--reason", "no"),
    ("push", "C-000001", "--digest", "0" * 16),
    ("resume", "C-000001"),
    ("rollback", "C-000001", "--digest", "0" * 16),
    ("stop", "C-000001"),
)


@pytest.mark.parametrize("words", STORE_READERS, ids=" ".join)
def test_a_missing_database_is_named(tmp_path, words):
    done = netctl(*words, home=tmp_path, cwd=ROOT)
    assert done.returncode == 9
    assert done.stderr.startswith("error: NETCTL-E0610: ")
    assert "\nhint: " in done.stderr
    assert list(tmp_path.iterdir()) == [], "reading must not make a database"


@pytest.mark.parametrize("words", [("push",), ("rollback",)], ids=" ".join)
def test_an_unknown_change_is_named(tmp_path, words):
    netctl("users", "add", "alice", "--role", "viewer", home=tmp_path)
    done = netctl(*words, "C-000042", "--digest", "0" * 16, home=tmp_path, cwd=ROOT)
    assert done.returncode == 5
    assert "NETCTL-E0410" in done.stderr


def test_a_database_that_another_process_holds_is_named_and_nothing_is_lost(tmp_path):
    netctl("users", "add", "alice", "--role", "viewer", home=tmp_path)
    holder = sqlite3.connect(tmp_path / "netctl.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    done = netctl("users", "add", "bob", "--role", "viewer", home=tmp_path)
    holder.execute("ROLLBACK")
    holder.close()
    assert done.returncode == 9
    assert "NETCTL-E0611" in done.stderr
    people = json.loads(netctl("users", "list", "--json", home=tmp_path).stdout)
    assert "alice" in {each["name"] for each in people}
    assert "bob" not in {each["name"] for each in people}


@pytest.mark.parametrize("words", [("plan",), ("devices", "facts"), ("devices", "scan-keys")], ids=" ".join)
def test_an_unknown_router_is_named_with_what_was_meant(tmp_path, words):
    done = netctl(*words, "core-mian-1", home=tmp_path, cwd=ROOT)
    assert done.returncode == 2
    assert "NETCTL-E0421" in done.stderr
    assert "core-main-1" in done.stderr


def test_an_unknown_router_of_render_is_named_with_what_was_meant(tmp_path):
    done = netctl("render", "rivers-hq-r3", home=tmp_path, cwd=ROOT)
    assert done.returncode == 2
    assert "did you mean" in done.stderr


def test_an_artefact_is_shown_with_the_template_line_of_every_line(tmp_path):
    done = netctl("render", "rivers-hq-r1", "--origins", home=tmp_path, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.endswith("hostname rivers-hq-r1"))
    assert line.startswith("templates/frr/")


@pytest.fixture
def unreachable(tmp_path) -> Path:
    """A network whose routers have host keys and answer nowhere on this machine."""
    root = tmp_path / "wan"
    shutil.copytree(ROOT / "inventory", root / "inventory")
    for folder in ("devices", "templates"):
        (root / folder).symlink_to(ROOT / folder)
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6gCYcFo8fQpsPGxVvKvUYVfoYHcFDkQFxL3s1Zg8uT"
    (root / "inventory" / "hostkeys.yaml").write_text(f"rivers-hq-r1: [{key}]\nrivers-hq-r2: [{key}]\n")
    return root


def test_routers_that_cannot_be_reached_are_told_each_and_the_exit_status_says_so(tmp_path, unreachable):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text("connect_timeout = 1\n")
    done = netctl("plan", "rivers-hq", "--json", home=tmp_path / "home", cwd=unreachable)
    assert done.returncode == 6, done.stderr
    told = dict(json.loads(done.stdout)["unreachable"])
    assert set(told) == {"rivers-hq-r1", "rivers-hq-r2"}
    assert all(reason.startswith("NETCTL-E030") for reason in told.values())


def test_routers_without_a_known_key_are_refused_before_anything_is_sent(tmp_path):
    done = netctl("plan", "core-main-1", home=tmp_path, cwd=ROOT)
    assert done.returncode == 6
    assert "NETCTL-E0304" in done.stdout


def no_room():
    """A disk that takes no more than half a kilobyte a file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))


def test_a_full_disk_under_init_is_an_error_with_a_code(tmp_path):
    done = netctl("init", "wan", "--example", "reference", home=tmp_path, cwd=tmp_path, preexec_fn=no_room)
    assert done.returncode == 9, done.stderr
    assert done.stderr.startswith("error: NETCTL-E0196: wan: ")
    assert not (tmp_path / "wan").exists()


def test_a_full_disk_under_the_database_is_an_error_with_a_code(tmp_path):
    done = netctl("users", "add", "alice", "--role", "viewer", home=tmp_path, preexec_fn=no_room)
    assert done.returncode == 9, done.stderr
    assert "error: NETCTL-E06" in done.stderr


def test_a_plan_file_that_is_none_is_refused(tmp_path):
    netctl("users", "add", "alice", "--role", "viewer", home=tmp_path)
    (tmp_path / "plan.json").write_text("{}")
    done = netctl("propose", tmp_path / "plan.json", "--title", "x", home=tmp_path)
    assert done.returncode == 5
    assert "NETCTL-E0418" in done.stderr


def test_a_plan_file_that_is_missing_is_named(tmp_path):
    done = netctl("propose", tmp_path / "plan.json", "--title", "x", home=tmp_path)
    assert done.returncode == 9
    assert "NETCTL-E0419" in done.stderr


def test_a_lab_that_is_not_up_is_named_by_every_command_on_it(tmp_path):
    for words in (("status",), ("exec", "noc", "true"), ("fail", "bb1"), ("heal",)):
        done = netctl("--lab", "ghost", "lab", *words, home=tmp_path, cwd=ROOT)
        assert done.returncode == 10, words
        assert "NETCTL-E0702" in done.stderr


def test_a_worker_on_sqlite_is_refused_with_the_reason(tmp_path):
    done = netctl("worker", home=tmp_path, cwd=ROOT)
    assert done.returncode == 5
    assert "NETCTL-E0508" in done.stderr


def test_a_closed_standard_output_is_named(tmp_path):
    command = [sys.executable, "-m", "netctl", "config", "parse", __file__, "--platform", "cisco_ios"]
    words = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(words, env=environment(tmp_path), stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 9
    assert done.stderr.startswith("error: NETCTL-E0802: ")
    assert "\nhint: " in done.stderr

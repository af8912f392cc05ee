"""What the two commands say and do where something is missing."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
POLICY = Path("/usr/sbin/policy-rc.d")

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become someone else or change policy-rc.d")


def as_nobody(*command: str) -> subprocess.CompletedProcess:
    """Run as a user without rights; the words are read from stdin, because nobody may not enter the checkout."""
    script = (ROOT / "scripts" / command[0]).read_text()
    return subprocess.run(
        ["setpriv", f"--reuid={NOBODY}", "--clear-groups", "sh", "-s", *command[1:]],
        input=script, cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip


@as_root
def test_without_root_missing_packages_are_named_in_one_sentence():
    done = as_nobody("debian-packages", "netctl-no-such-package", "base-files")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "not root" in done.stderr
    assert done.stderr.rstrip().endswith(": netctl-no-such-package")


@as_root
def test_without_root_nothing_is_said_where_nothing_is_missing():
    done = as_nobody("debian-packages", "base-files")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@as_root
def test_without_root_there_is_no_lab_and_one_sentence_says_why():
    done = as_nobody("can-raise-a-lab")
    assert done.returncode == 1
    assert done.stdout == "network namespaces and routing daemons need root\n"


def apt_get(folder: Path, body: str) -> dict[str, str]:
    """An environment in which `apt-get` is `body`."""
    program = folder / "apt-get"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "POLICY_SEEN": str(folder / "seen")}


def policy() -> tuple[bytes, int] | None:
    return (POLICY.read_bytes(), POLICY.stat().st_mode) if POLICY.exists() else None


@as_root
@pytest.mark.live
@pytest.mark.parametrize("outcome", ["exit 0", "exit 100", "kill -TERM $PPID; exit 0"])
def test_daemons_are_kept_from_starting_while_packages_are_installed_and_only_then(tmp_path, outcome):
    before = policy()
    environ = apt_get(tmp_path, f'{POLICY}; echo "$?" >>"$POLICY_SEEN"; {outcome}')
    done = subprocess.run(
        ["scripts/debian-packages", "netctl-no-such-package"],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (tmp_path / "seen").read_text().split()[0] == "101"
    assert (done.returncode == 0) == (outcome == "exit 0")
    assert policy() == before

"""`netctl users`: roles by organisation, and passwords that no option and no listing ever holds."""

import subprocess
import sys

import pytest
from unit.cli.program import environment, netctl

PASSWORD = "seven lanterns over water"


def typed(*words, home, text):
    """One run of the program that is given a line on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "netctl", *words], env=environment(home), input=text, capture_output=True, text=True, timeout=60
    )  # fmt: skip


@pytest.fixture
def home(tmp_path):
    done = netctl("users", "add", "ben", "--role", "viewer", "--role", "approver@rivers", home=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_a_role_is_granted_and_revoked_for_one_organisation(home):
    assert "ben   approver@rivers, viewer" in netctl("users", "list", home=home).stdout
    assert netctl("users", "revoke", "ben", "--role", "approver@rivers", home=home).stdout == "ben: viewer\n"


@pytest.mark.parametrize(("role", "status"), [("king", 2), ("approver@", 2), ("admin@rivers", 5), ("viewer@A B", 5)])
def test_a_role_that_cannot_be_is_refused(home, role, status):
    assert netctl("users", "grant", "ben", "--role", role, home=home).returncode == status


def test_a_password_is_read_from_standard_input_and_enters_no_listing(home):
    done = typed("users", "password", "ben", home=home, text=PASSWORD + "\n")
    assert done.returncode == 0, done.stderr
    log = netctl("audit", "log", "--json", home=home).stdout
    assert "account.set_password" in log
    assert PASSWORD not in done.stdout + done.stderr + log
    assert netctl("audit", "verify", home=home).returncode == 0


def test_a_weak_password_is_refused_with_the_reason(home):
    done = typed("users", "password", "ben", home=home, text="short\n")
    assert (done.returncode, done.stderr.splitlines()[0]) == (5, "error: NETCTL-E0903: it has fewer than 12 characters")


def test_no_option_takes_a_password(home):
    assert typed("users", "password", "ben", "--password", PASSWORD, home=home, text="").returncode == 2


def test_a_link_goes_to_standard_output_alone(home):
    done = netctl("users", "link", "ben", home=home)
    assert done.stdout.startswith("http://127.0.0.1:8080/signin/link/")
    assert len(done.stdout.splitlines()) == 1

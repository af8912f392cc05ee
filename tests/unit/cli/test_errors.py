"""Every way a command can end badly is one line with a code, a hint, and a documented exit status."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from unit.cli.program import environment, netctl

ROOT = Path(__file__).resolve().parents[3]


def test_a_mistyped_command_names_the_one_that_was_meant(tmp_path):
    done = netctl("plam", home=tmp_path)
    assert done.returncode == 2
    assert "NETCTL-E0801: No such command 'plam'. Did you mean 'plan'?" in done.stderr


def test_a_mistyped_command_of_a_group_names_the_one_that_was_meant(tmp_path):
    done = netctl("lab", "statsu", home=tmp_path)
    assert done.returncode == 2
    assert "Did you mean 'status'?" in done.stderr


def test_an_unknown_option_is_a_usage_error_with_a_code(tmp_path):
    done = netctl("validate", "--yaml", home=tmp_path)
    assert done.returncode == 2
    assert "error: NETCTL-E0801: " in done.stderr
    assert "hint: `netctl validate --help`" in done.stderr


def test_a_group_without_a_command_shows_its_commands_and_counts_as_usage_error(tmp_path):
    done = netctl("lab", home=tmp_path)
    assert done.returncode == 2
    assert "up" in done.stderr
    assert "down" in done.stderr


def test_a_folder_that_is_no_network_is_an_error_with_a_hint(tmp_path):
    done = netctl("validate", home=tmp_path, cwd=tmp_path)
    assert done.returncode == 4
    assert "error: NETCTL-E01" in done.stderr
    assert "hint: " in done.stderr


def test_a_full_disk_under_the_output_is_an_error_not_a_traceback(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = netctl("schema", home=tmp_path, stdout=full)
    assert done.returncode == 9
    assert done.stderr.startswith(
        "error: NETCTL-E0802: the output could not be written: No space left on device\nhint: "
    )
    assert done.stderr.count("\n") == 2


def test_a_full_disk_under_the_help_is_an_error_not_a_traceback(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = netctl("--help", home=tmp_path, stdout=full)
    assert done.returncode == 9
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_ends_the_program_quietly(tmp_path):
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = netctl("schema", home=tmp_path, stdout=write_end)
    os.close(write_end)
    assert done.returncode == 141
    assert done.stderr == ""


def test_an_error_under_json_is_json_as_well(tmp_path):
    import json

    done = netctl("validate", "--json", home=tmp_path, cwd=tmp_path)
    error = json.loads(done.stdout)["error"]
    assert set(error) == {"code", "message", "where", "hint", "exit_status"}
    assert error["exit_status"] == done.returncode == 4


def test_settings_with_an_unknown_key_name_file_and_key(tmp_path):
    (tmp_path / "settings.toml").write_text("connect_timeuot = 3\n")
    done = netctl("status", home=tmp_path, cwd=ROOT)
    assert done.returncode == 9
    assert f"NETCTL-E0601: {tmp_path / 'settings.toml'}: unknown key 'connect_timeuot'" in done.stderr


def test_a_lab_that_was_never_raised_is_named(tmp_path):
    done = netctl("--lab", "nowhere", "status", home=tmp_path, cwd=ROOT)
    assert done.returncode == 9
    assert "no lab named 'nowhere'" in done.stderr


def test_acting_as_someone_else_is_refused_unless_settings_allow_it(tmp_path):
    done = netctl("--as", "someone", "approve", "C-000001", "--digest", "0" * 16, home=tmp_path, cwd=ROOT)
    assert done.returncode == 5
    assert "NETCTL-E0803" in done.stderr


def test_control_characters_in_a_message_are_shown_not_obeyed(tmp_path):
    done = netctl("--network", "no\x1b[2Jwhere", "validate", home=tmp_path)
    assert "\x1b" not in done.stderr
    assert "\\x1b[2J" in done.stderr


DEFECT = """
import sys
from netctl.cli import entry, root
root.COMMANDS["status"] = ("netctl.cli.nothing_here:status", "")
sys.exit(entry.run(["status"]))
"""


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_defect_is_one_line_and_a_traceback_only_when_asked_for(tmp_path, debug):
    done = subprocess.run(
        [sys.executable, "-c", DEFECT],
        env=environment(tmp_path, {"NETCTL_DEBUG": debug}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "error: NETCTL-E0000: a defect of netctl: ModuleNotFoundError" in done.stderr
    assert ("Traceback" in done.stderr) == bool(debug)


WAITING = """
import os, sys, time
from netctl.cli import entry
import netctl.control.network.validate as use_case
def wait(root):
    print("waiting", file=sys.stderr, flush=True)
    time.sleep(60)
use_case.validate = wait
sys.exit(entry.run(["validate"]))
"""


def test_an_interrupt_is_one_line_that_says_where_things_stand(tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr.readline() == "waiting\n"
    child.send_signal(signal.SIGINT)
    stdout, stderr = child.communicate(timeout=20)
    assert child.returncode == 130
    assert stderr == "interrupted: nothing was changed\n"
    assert stdout == ""


def test_colour_is_for_terminals_only(tmp_path):
    plain = netctl("plam", home=tmp_path).stderr
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "netctl", "plam"],
        env={name: value for name, value in environment(tmp_path).items() if name != "NO_COLOR"} | {"TERM": "xterm"},
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    assert child.wait(timeout=20) == 2
    shown = os.read(leader, 4096).decode()
    os.close(leader)
    assert "\x1b[" not in plain
    assert "\x1b[" in shown


def computing_time(words, home) -> float:
    """Seconds of CPU that one run of the program took; a busy machine adds to what it waits, hardly to this."""
    child = subprocess.Popen([sys.executable, "-m", "netctl", *words], env=environment(home), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return used.ru_utime + used.ru_stime


def test_the_version_comes_fast(tmp_path):
    assert min(computing_time(["--version"], tmp_path) for _ in range(5)) < 0.3


def test_the_version_needs_no_heavy_library(tmp_path):
    code = (
        "import sys; from netctl.cli import entry; entry.run(['--version']);"
        "print([name for name in ('rich', 'sqlalchemy', 'netmiko', 'napalm', 'yaml', 'lxml', 'jinja2', 'dbos')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["netctl 0.1.0", "[]"]

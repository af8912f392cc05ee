"""`netctl devices facts`, on saved output and where no router may be asked."""

import json
import os
import subprocess
import sys

import pytest
from unit.cli.program import environment, netctl

from netctl.inventory import reference_root
from recorded_facts import RECORDED


def read(home, *words, **options):
    return netctl("devices", "facts", *words, home=home, **options)


def test_a_saved_session_is_read_without_any_network(tmp_path):
    done = read(tmp_path, "--platform", "cisco_ios", "--from", RECORDED / "cisco_ios.txt", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        {
            "device": "rx-1",
            "platform": "cisco_ios",
            "facts": {
                "hostname": "rx-1",
                "vendor": "Cisco",
                "model": "ISR4331/K9",
                "serial_number": "FDO0EXAMPLE",
                "os_version": "17.3.4a",
                "uptime": 33019500,
            },
            "error": "",
        }
    ]


def test_people_get_a_table_and_a_blank_for_what_nobody_tells(tmp_path):
    done = read(tmp_path, "--platform", "furukawa_fitelnet", "--from", RECORDED / "furukawa_fitelnet.txt")
    heading, row = done.stdout.splitlines()
    assert heading.split()[:2] == ["router", "platform"]
    assert row.split() == ["rx-1", "furukawa_fitelnet", "Furukawa", "Electric", "F220", "EX", "V01.07(00)"]


def test_a_dash_is_standard_input_and_japanese_routers_are_read_in_their_own_encoding(tmp_path):
    text = (RECORDED / "yamaha.txt").read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "netctl", "devices", "facts", "--platform", "yamaha", "--from", "-", "--json"],
        input=text.encode("cp932"),
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
    )
    (found,) = json.loads(done.stdout)
    assert found["facts"]["model"] == "RTX1300"
    assert found["facts"]["uptime"] == 508337


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\x7fELF\0\0", "this is no text"), (b"\x81", "this is no text"), (None, "No such file or directory")],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, content, said):
    file = tmp_path / "saved.txt"
    if content is not None:
        file.write_bytes(content)
    done = read(tmp_path, "--platform", "nec_ix", "--from", file)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == f"error: NETCTL-E0316: {file}: {said}"


def test_output_that_is_not_understood_is_told_with_what_it_says(tmp_path):
    file = tmp_path / "saved.txt"
    file.write_text("% Unknown command\n")
    done = read(tmp_path, "--platform", "nec_ix", "--from", file)
    assert done.returncode == 6
    assert "NETCTL-E0310" in done.stderr
    assert "`show version` says '% Unknown command'" in done.stderr


def test_a_platform_nobody_knows_is_told_with_those_that_are_known(tmp_path):
    done = read(tmp_path, "--platform", "routeros", "--from", RECORDED / "frr.txt")
    assert done.returncode == 4
    assert "NETCTL-E0311" in done.stderr
    assert "nec_ix" in done.stderr


def test_a_platform_without_a_command_line_has_no_output_to_save(tmp_path):
    done = read(tmp_path, "--platform", "ietf_netconf", "--from", RECORDED / "frr.txt")
    assert done.returncode == 2
    assert "asked through its driver" in done.stderr


@pytest.mark.parametrize(
    "words", [("--platform", "frr"), ("--from", "x"), ("rx-1", "--platform", "frr", "--from", "x")]
)
def test_the_platform_and_the_file_go_together_and_alone(tmp_path, words):
    done = read(tmp_path, *words)
    assert done.returncode == 2
    assert "go together" in done.stderr


def test_routers_that_may_not_be_asked_are_a_line_each_and_the_others_are_still_asked(tmp_path):
    """The reference network knows no host keys: nothing is sent to anybody."""
    done = read(tmp_path, "rivers-hq", environ={"NETCTL_NETWORK": str(reference_root())})
    assert done.returncode == 6, os.linesep + done.stderr
    lines = done.stdout.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["rivers-hq-r1", "rivers-hq-r2"]
    assert all("NETCTL-E0304" in line for line in lines)

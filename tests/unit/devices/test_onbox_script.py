import subprocess

import pytest

from netctl.devices.daemon import BindDriver, KnotDriver, NsdDriver, UnboundDriver
from netctl.devices.daemon.driver import _version
from netctl.devices.frr import FrrDriver

DRIVERS = [FrrDriver, BindDriver, KnotDriver, NsdDriver, UnboundDriver]
NEEDED = ["path_of", "verb_read", "stage_parts", "apply", "keep", "save", "put_back", "put_back_at_boot", "after_boot"]


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_a_software_needs_stands_whole_in_its_script(driver):
    assert "#####" not in driver.script
    for name in NEEDED:
        assert f"\n{name}() {{" in driver.script, name
    assert subprocess.run(["sh", "-n"], input=driver.script, text=True, capture_output=True).stderr == ""


def test_no_two_drivers_share_a_script():
    assert len({driver.script for driver in DRIVERS}) == len(DRIVERS)


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("BIND 9.18.49-1~deb12u3-Debian (Extended Support Version) <id:>\n", "9.18.49-1~deb12u3-Debian"),
        ("knotd (Knot DNS), version 3.2.6\n", "3.2.6"),
        ("NSD version 4.6.1\nWritten by NLnet Labs.\n", "4.6.1"),
        ("Version 1.17.1\n\nConfigure line: --build=x\n", "1.17.1"),
        ("command not found\n", ""),
    ],
)
def test_the_version_is_found_in_what_a_daemon_says_of_itself(said, version):
    assert _version(said) == version

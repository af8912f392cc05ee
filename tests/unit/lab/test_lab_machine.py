"""Where a lab cannot be raised, one sentence says why, and what to install."""

import pytest

from netctl.errors import LabNotPossible
from netctl.lab import machine


def present(*missing):
    return lambda path: not any(path.endswith(name) for name in missing)


def test_without_root_one_sentence_says_so():
    with pytest.raises(LabNotPossible, match="a lab needs root") as refusal:
        machine.require(uid=lambda: 1000)
    assert "everything that needs no lab works without" in refusal.value.hint
    assert refusal.value.exit_status == 10


def test_all_missing_packages_are_named_at_once():
    exists = present("/vtysh", "/vrrpd", "/netconfd", "netconf-subsystem", "/nft")
    with pytest.raises(LabNotPossible, match="these Debian packages are missing: frr netconfd nftables") as refusal:
        machine.require(uid=lambda: 0, exists=exists)
    assert refusal.value.hint == "apt-get install --no-install-recommends frr netconfd nftables"


def test_frr_without_its_reload_program_misses_the_package_of_its_tools():
    assert machine.missing_packages(present("/frr-reload.py")) == ["frr-pythontools"]


def test_nothing_is_missing_where_everything_is_there():
    assert machine.missing_packages(present()) == []

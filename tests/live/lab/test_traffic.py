"""A raised lab routes, and each of its hosts is a machine of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from live.small_lab import FAR_V4, FAR_V6, SITES

from netctl.inventory import load

pytestmark = pytest.mark.live

ROLES = [(f"{site}-r{number}", role) for site in SITES for number, role in ((1, "Master"), (2, "Backup"))]


@pytest.mark.parametrize("site", ["rivers-hq", "rivers-east"])
@pytest.mark.parametrize("destination", [FAR_V6, FAR_V4])
def test_hosts_reach_each_other_across_the_backbone(lab, site, destination):
    assert lab.lost(f"{site}-host", destination) == 0


def test_sites_on_different_platforms_reach_each_other(lab):
    assert lab.lost("rivers-hq-host", "3fff:100:2::10") == 0
    assert lab.lost("rivers-hq-host", "192.0.2.42") == 0


def test_first_router_of_every_pair_is_master_for_both_families(lab):
    for router, wanted in ROLES:
        (virtual,) = json.loads(lab.vtysh(router, "show vrrp json"))
        assert (virtual["v4"]["status"], virtual["v6"]["status"]) == (wanted, wanted)


def test_host_keys_are_in_the_inventory_and_every_box_has_its_own(lab):
    keys = [device.host_keys for device in load(lab.root).devices.values()]
    assert all(len(each) == 1 for each in keys)
    assert len(set(keys)) == len(keys)


def test_the_command_runs_in_the_host_and_nowhere_else(lab):
    assert lab.execute("rivers-east-r2", "hostname").strip() == "rivers-east-r2"
    lab.execute("rivers-east-r2", "touch", "/etc/only-here")
    assert not Path("/etc/only-here").exists()
    assert "3fff:600::1" in lab.execute("noc", "ip", "-6", "address", "show", "dev", "mgmt")

import pytest

from netctl.control.routers.device_facts import Facts, comes_before
from netctl.model.facts import DeviceFacts


def running(version, platform="cisco_ios"):
    return Facts("rx-1", platform, DeviceFacts("rx-1", "Cisco", "ISR4331/K9", "", version, None))


@pytest.mark.parametrize(
    ("version", "limit", "older"),
    [("15.2(4)M3", "15.2(4)M10", True), ("15.2(4)M10", "15.2(4)M10", False), ("17.3.5", "17.03.04a", False)],
)
def test_routers_with_older_software_are_found_in_their_platforms_order(version, limit, older):
    assert comes_before(running(version), limit) is older


def test_a_router_whose_version_nobody_knows_is_never_left_out():
    assert comes_before(running(""), "15.2(4)M10")
    assert comes_before(Facts("rx-1", "cisco_ios", None, "NETCTL-E0302: rx-1: no route"), "15.2(4)M10")

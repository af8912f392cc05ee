"""Routers lose power and lines fall, loudly and silently; the network goes on and mends."""

from __future__ import annotations

import pytest
from live.small_lab import FAR_V4, FAR_V6

from netctl.control import lab as use_case
from netctl.errors import LabUnknown

pytestmark = pytest.mark.live


@pytest.mark.parametrize("router", ["rivers-hq-r1", "rivers-east-r1"])
def test_a_site_outlives_the_power_of_its_first_router(lab, router):
    host = f"{router.removesuffix('-r1')}-host"
    lab.fail(router)
    assert {entry.name: entry.state for entry in use_case.status(lab.settings, lab.name).hosts}[router] == "off"
    lab.until(lambda: lab.lost(host, FAR_V6) == 0, "the mate carries the site's traffic")
    assert lab.lost(host, FAR_V4) == 0
    assert lab.heal() == (router,)
    lab.wait_converged()
    assert lab.lost(host, FAR_V6) == 0


def test_a_router_comes_back_with_what_it_had_saved(lab):
    mark = "saved before the power went"
    lab.execute("rivers-hq-r2", "sed", "-i", f"s/^ description LAN of.*/ description {mark}/", "/etc/frr/frr.conf")
    try:
        lab.fail("rivers-hq-r2")
        lab.heal("rivers-hq-r2")
        assert mark in lab.vtysh("rivers-hq-r2", "show running-config")
    finally:
        lab.execute("rivers-hq-r2", "vtysh", "-c", "conf", "-c", "int lan0", "-c", "description LAN of rivers-hq")
        lab.execute("rivers-hq-r2", "sed", "-i", f"s/{mark}/LAN of rivers-hq/", "/etc/frr/frr.conf")
    lab.wait_converged()


@pytest.mark.parametrize("quietly", [False, True])
def test_a_site_outlives_its_first_line(lab, quietly):
    lab.fail("rivers-hq:1", quietly=quietly)
    assert use_case.status(lab.settings, lab.name).cut == (("rivers-hq:1", "silent" if quietly else "down"),)
    lab.until(lambda: not lab.established("rivers-hq-r1", "3fff:400::4"), "the session over the line falls")
    lab.until(lambda: lab.lost("rivers-hq-host", FAR_V6) == 0, "the second line carries the site's traffic")
    assert lab.heal() == ("rivers-hq:1",)
    lab.wait_converged()
    assert use_case.status(lab.settings, lab.name).cut == ()


def test_no_route_stays_refused_when_both_cores_of_a_centre_come_back(lab):
    """Zebra without `no zebra nexthop kernel enable` keeps such routes about every other time: hence three times."""
    hosts = use_case.status(lab.settings, lab.name).hosts
    routers = [host.name for host in hosts if host.kind in ("frr", "ietf_netconf")]
    for _ in range(3):
        for core in ("core-main-1", "core-main-2"):
            lab.fail(core)
        lab.until(lambda: not lab.established("border-main", "3fff:300::1"), "the border notices")
        lab.heal()
        lab.wait_converged()
        lab.until(lambda: not any(refused(lab, router) for router in routers), "every kernel takes every route")


def refused(lab, router):
    """The routes that the kernel of a router did not take."""
    told = lab.vtysh(router, "show ipv6 route", "show ip route")
    return [line for line in told.splitlines() if line[1:3] == ">r"]


def test_an_unknown_host_or_line_is_named(lab):
    with pytest.raises(LabUnknown, match="no host 'rivers-hq-r9'"):
        lab.fail("rivers-hq-r9")
    with pytest.raises(LabUnknown, match="no host 'nobody'"):
        lab.execute("nobody", "true")

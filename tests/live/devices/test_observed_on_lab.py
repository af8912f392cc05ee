"""One look at lab routers of both platforms: traffic, clocks, deaths."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from live.small_lab import FAR_V6

from netctl import inventory
from netctl.control import lab as use_case
from netctl.control.changes.plan import connector
from netctl.errors import DeviceTimeout, DeviceUnreachable
from netctl.model.artefact import Part
from netctl.services import routing

pytestmark = pytest.mark.live

ROUTERS = ["rivers-hq-r1", "rivers-east-r1"]  # one of each platform
TIME_SERVERS = {"3fff:200:1::123", "3fff:200:2::123"}


def reach(lab, name, *, push=False):
    """A lab router, connected."""
    return connector(lab.root, lab.settings, push=push)(inventory.load(lab.root).devices[name])


@pytest.mark.parametrize("name", ROUTERS)
def test_a_router_of_a_whole_lab_is_seen_to_be_well(lab, name):
    declared = {port.name for port in routing.derive(inventory.load(lab.root))[name].interfaces}
    with reach(lab, name) as target:
        found = target.observe()
    assert found.health.sessions
    assert all(session.up for session in found.health.sessions)
    assert found.health.interfaces_down == ()
    assert {port.name for port in found.interfaces} == declared
    assert all(port.up and port.rx_bytes is not None for port in found.interfaces)
    assert 0 <= found.cpu <= 1
    assert 0 < found.memory < 1
    assert found.version


@pytest.mark.parametrize("name", ROUTERS)
def test_counters_move_by_what_flows(lab, name):
    def counted() -> int:
        with reach(lab, name) as target:
            ports = {port.name: port for port in target.observe().interfaces}
        return ports["lan0"].rx_bytes or 0

    before = counted()
    assert lab.lost(f"{name.removesuffix('-r1')}-host", FAR_V6, count=20) == 0
    assert counted() - before >= 20 * 64  # echo requests of 64 bytes, and their headers


@pytest.mark.parametrize("name", [*ROUTERS, "core-main-1"])
def test_clocks_follow_the_time_hosts_of_the_centres(lab, name):
    with reach(lab, name) as target:
        lab.until(lambda: target.observe().clock.synchronised, "the clock is synchronised")
        clock = target.observe().clock
    assert clock.source in TIME_SERVERS
    assert clock.stratum == 3
    assert abs(clock.offset) < 0.05


def sources(lab, name):
    """The time servers that a router's chronyd asks."""
    return {line.split(",")[2] for line in lab.execute(name, "chronyc", "-c", "-n", "sources").splitlines()}


def without_its_first_time_server(part):
    if part.name == "chrony.sources":
        return Part(part.name, part.text.partition("\n")[2])
    if part.name == "config.xml":
        return Part(part.name, re.sub(r"\s*<server>\s*<name>3fff.*?</server>", "", part.text, count=1, flags=re.DOTALL))
    return part


@pytest.mark.parametrize("name", ROUTERS)
def test_pushed_time_servers_are_followed_and_those_of_before_when_it_is_taken_back(lab, name):
    token = f"netctl-C-1-{name}-1"
    with reach(lab, name, push=True) as target:
        assert sources(lab, name) == TIME_SERVERS
        target.stage(tuple(without_its_first_time_server(part) for part in target.fetch().parts))
        target.commit(token, 120)
        try:
            lab.until(lambda: len(sources(lab, name)) == 1, "chronyd asks the one server that is left")
        finally:
            target.roll_back(token)
        lab.until(lambda: sources(lab, name) == TIME_SERVERS, "chronyd asks both servers again")


@pytest.mark.parametrize("name", ROUTERS)
def test_a_clock_nobody_keeps_any_more_is_told(lab, name):
    with reach(lab, name) as target:
        lab.execute(name, "pkill", "chronyd")
        try:
            lab.until(lambda: not target.observe().clock.synchronised, "the clock is nobody's")
            assert target.observe().clock.offset is None
        finally:
            lab.execute(name, "chronyd", "-x")
        lab.until(lambda: target.observe().clock.synchronised, "the clock is synchronised again")


def test_a_time_host_loses_power_and_serves_again(lab):
    def serves() -> bool:
        said = lab.execute("rivers-hq-host", "chronyd", "-Q", "-t", "3", "server 3fff:200:1::123 iburst maxsamples 1")
        return "System clock wrong by" in said

    assert serves()
    lab.fail("main-host")
    try:
        states = {entry.name: entry.state for entry in use_case.status(lab.settings, lab.name).hosts}
        assert states["main-host"] == "off"
        assert not serves()
    finally:
        assert lab.heal() == ("main-host",)
    lab.until(serves, "it tells the time again")


@pytest.mark.parametrize("name", ["rivers-hq-r2", "rivers-east-r2"])
def test_a_router_that_dies_is_told_within_its_deadline_by_old_sessions_and_new_ones(lab, name):
    hurried = replace(lab, settings=replace(lab.settings, connect_timeout=2, command_timeout=4))
    mate = name.replace("-r2", "-r1")
    with reach(hurried, name) as old, reach(lab, mate) as well:
        old.observe()
        lab.fail(name)
        try:
            for look, most in ((old.observe, 4), (lambda: reach(hurried, name), 2)):
                began = time.monotonic()
                with pytest.raises((DeviceUnreachable, DeviceTimeout)):
                    look()
                assert time.monotonic() - began < most + 1
            lab.until(lambda: any(not one.up for one in well.observe().health.sessions), "its mate misses it")
        finally:
            lab.heal(name)
            lab.wait_converged()
    with reach(lab, name) as target:
        assert target.observe().uptime < 120

"""What Linux tells of a box, and what is not told is None, never zero."""

import json

import pytest

from netctl.devices import linux
from netctl.errors import ReplyMalformed
from netctl.model.health import Interface


def link(name, flags, **counted):
    counters = {side: {"bytes": 0, "errors": 0, "dropped": 0} | counted.get(side, {}) for side in ("rx", "tx")}
    return {"ifindex": 7, "ifname": name, "flags": flags, "mtu": 1500, "operstate": "UP", "stats64": counters}


def interfaces(*links, speeds="", known=None):
    return linux.interfaces("rx-1", json.dumps(links) if links else "", speeds, known or {})


def test_a_port_has_its_counters_and_its_speed():
    wan = link("wan0", ["UP", "LOWER_UP"], rx={"bytes": 11588, "errors": 1}, tx={"bytes": 10334, "dropped": 2})
    assert interfaces(wan, speeds="/sys/class/net/wan0/speed:1000\n") == (
        Interface("wan0", True, 1000, 11588, 10334, 1, 0, 0, 2),
    )


def test_ports_are_told_by_name():
    assert [one.name for one in interfaces(link("wan0", ["UP"]), link("lan0", ["UP"]))] == ["lan0", "wan0"]


@pytest.mark.parametrize("flags", [["UP", "NO-CARRIER"], ["BROADCAST"], []])
def test_a_port_without_carrier_or_switched_off_is_down(flags):
    (port,) = interfaces(link("wan0", flags))
    assert not port.up


@pytest.mark.parametrize("speeds", ["", "/sys/class/net/wan0/speed:-1\n", "/sys/class/net/wan0.7/speed:100\n"])
def test_a_speed_that_the_kernel_does_not_know_is_none(speeds):
    assert interfaces(link("wan0", ["UP"]), speeds=speeds)[0].speed is None


def test_a_port_that_is_configured_and_not_there_is_down_and_counts_nothing():
    found = interfaces(link("lan0", ["UP", "LOWER_UP"]), known={"lan0": True, "wan0": False})
    assert found[1] == Interface("wan0", False, None)
    assert found[1].rx_bytes is None


def test_what_a_virtual_router_lives_on_is_no_port():
    virtual = link("vrrp4-1000-10", ["UP", "NO-CARRIER"]) | {"address": "00:00:5e:00:01:0a", "proto_down": True}
    assert interfaces(virtual, known={"vrrp4-1000-10": True}) == ()


def test_a_box_without_iproute_has_the_ports_that_frr_knows():
    assert interfaces(known={"lan0": True}) == (Interface("lan0", True, None),)


def test_a_port_that_does_not_count_says_so():
    assert interfaces({"ifname": "tun0", "flags": ["UP", "LOWER_UP"]}) == (Interface("tun0", True, None),)


@pytest.mark.parametrize("links", ["[{", "{}", "7", '["wan0"]', "Object unknown"])
def test_links_that_are_no_list_of_ports_name_the_router(links):
    with pytest.raises(ReplyMalformed, match="ip -j -s link") as caught:
        linux.interfaces("rx-1", links, "", {})
    assert caught.value.where == "rx-1"


def test_load_is_told_per_processor_and_never_above_one():
    assert linux.load("1.00 0.90 0.80 1/595 72\n", "4\n") == 0.25
    assert linux.load("9.00 0.90 0.80 1/595 72\n", "4\n") == 1.0


@pytest.mark.parametrize(
    ("text", "processors"), [("", "4"), ("1.0 1.0", ""), ("1.0", "0"), ("busy", "4"), ("1.0", "4 x")]
)
def test_a_load_that_is_not_told_is_none(text, processors):
    assert linux.load(text, processors) is None


def test_memory_is_the_share_that_could_not_be_given_away():
    text = "MemTotal:        1000 kB\nMemFree:          100 kB\nMemAvailable:     250 kB\nSwapTotal: 0 kB\n"
    assert linux.memory(text) == 0.75


@pytest.mark.parametrize(
    "text", ["", "MemTotal: 1000 kB\n", "MemTotal: 0 kB\nMemAvailable: 0 kB\n", "MemAvailable: 9 kB"]
)
def test_memory_that_is_not_told_is_none(text):
    assert linux.memory(text) is None


FIRST = "S 0 1 1 0 -1 4194560 78 0 0 0 1 2 3 4 20 0 1 0 {ticks} 2600 400\n"


def test_a_box_is_as_old_as_its_first_process():
    assert linux.uptime("25291.60 20869.14\n", FIRST.format(ticks=2_510_060)) == pytest.approx(191.0)


@pytest.mark.parametrize(
    ("kernel", "first"), [("", FIRST), ("25291.60 1.0", ""), ("soon", FIRST), ("1.0 1.0", "S 0 1")]
)
def test_an_age_that_is_not_told_is_none(kernel, first):
    assert linux.uptime(kernel, first.format(ticks=1)) is None

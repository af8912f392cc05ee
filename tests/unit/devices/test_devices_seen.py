"""One look read as an observation, from a shell's texts and from the answers of NAPALM's drivers."""

import json

import pytest

from netctl.devices import operational, seen
from netctl.devices.look import VERSION, Look
from netctl.errors import CapabilityMissing, CommandFailed, DeviceTimeout
from netctl.model.health import Clock, Health, Interface, Session

FRR = {
    operational.BGP: json.dumps({"ipv4Unicast": {"peers": {"192.0.2.2": {"state": "Established"}}}}),
    operational.ISIS: "{}",
    operational.ISIS_CONFIGURATION: "",
    operational.BFD: "[]",
    operational.VRRP: "[]",
    operational.INTERFACES: '{"wan0": {"status": "down"}, "lan0": {"status": "up"}}',
    VERSION: "FRRouting 8.4.4 (rx-1) on Linux(6.1.0).\n",
}
LAN = {"ifname": "lan0", "flags": ["UP", "LOWER_UP"], "stats64": {"rx": {"bytes": 7}, "tx": {"bytes": 8}}}


def test_a_look_over_a_shell_is_an_observation():
    box = {"links": json.dumps([LAN]), "load": "0.50 0 0 1/9 9", "processors": "2", "memory": "", "kernel": "Linux 6"}
    found = seen.by_shell("rx-1", Look(FRR, box, "8.4.4"))
    assert found.health.sessions == (Session("bgp", "192.0.2.2", "Established", True, 4),)
    assert found.health.interfaces_down == ("wan0",)
    assert found.interfaces == (Interface("lan0", True, None, 7, 8), Interface("wan0", False, None))
    assert (found.cpu, found.memory, found.clock, found.uptime) == (0.25, None, None, None)
    assert found.version == "8.4.4"


def test_a_port_without_carrier_is_down_whatever_frr_says():
    frr = FRR | {operational.INTERFACES: '{"lan0": {"status": "up"}}'}
    found = seen.by_shell("rx-1", Look(frr, {"links": json.dumps([LAN | {"flags": ["UP", "NO-CARRIER"]}])}))
    assert found.health.interfaces_down == ("lan0",)


PORTS = {
    "Gi0/1": {"is_up": True, "is_enabled": True, "speed": 1000.0},
    "Gi0/2": {"is_up": False, "is_enabled": True, "speed": -1.0},
    "Gi0/3": {"is_up": False, "is_enabled": False, "speed": 0.0},
}
COUNTERS = {"Gi0/1": {"rx_octets": 5, "tx_octets": 6, "rx_errors": 0, "tx_errors": 1, "rx_discards": -1}}
ENVIRONMENT = {"cpu": {0: {"%usage": 20.0}, 1: {"%usage": 40.0}}, "memory": {"available_ram": 400, "used_ram": 100}}
PEERS = [
    {"remote": "192.0.2.9", "synchronized": False, "stratum": 16, "offset": 0.0},
    {"remote": "3fff:200:1::123", "synchronized": True, "stratum": 2, "offset": -1.5},
]
EVERYTHING = ("interfaces", "counters", "environment", "clock")


class Vendor:
    """A driver of NAPALM's that answers, or raises, what it was given."""

    def __init__(self, **answers):
        self._answers = {
            "get_facts": {"os_version": "15.7", "uptime": 86400.0}, "get_interfaces": PORTS,
            "get_interfaces_counters": COUNTERS, "get_environment": ENVIRONMENT, "get_ntp_stats": PEERS,
        } | answers  # fmt: skip

    def __getattr__(self, name):
        answer = self._answers[name]

        def ask():
            if isinstance(answer, Exception):
                raise answer
            return answer

        return ask


def observed(tells=EVERYTHING, **answers):
    return seen.by_napalm(Vendor(**answers), Health("rx-1", (), ()), tells)


def test_what_a_driver_tells_is_an_observation():
    found = observed()
    assert found.interfaces == (
        Interface("Gi0/1", True, 1000, 5, 6, 0, 1, None, None),
        Interface("Gi0/2", False, None),
        Interface("Gi0/3", False, None),
    )
    assert (found.cpu, found.memory) == (pytest.approx(0.3), 0.25)
    assert found.clock == Clock(True, "3fff:200:1::123", 2, -0.0015)
    assert (found.version, found.uptime) == ("15.7", 86400.0)


def test_a_port_that_was_switched_off_is_no_port_that_is_down():
    assert observed().health.interfaces_down == ("Gi0/2",)


def test_nothing_is_asked_that_the_platform_does_not_tell():
    refuses = DeviceTimeout("was asked", where="rx-1")
    asked = ("get_interfaces", "get_interfaces_counters", "get_environment", "get_ntp_stats")
    found = observed(tells=(), **dict.fromkeys(asked, refuses))
    assert (found.interfaces, found.cpu, found.memory, found.clock) == ((), None, None, None)


@pytest.mark.parametrize("error", [CapabilityMissing("not on this release"), CommandFailed("cannot read it")])
def test_what_a_release_does_not_tell_after_all_is_none(error):
    found = observed(get_environment=error, get_ntp_stats=error)
    assert (found.cpu, found.memory, found.clock) == (None, None, None)
    assert found.interfaces[0].rx_bytes == 5


def test_a_router_that_stops_answering_is_told():
    with pytest.raises(DeviceTimeout):
        observed(get_environment=DeviceTimeout("no end", where="rx-1"))


def test_minus_one_is_what_napalm_has_for_not_known():
    unknown = {"cpu": {0: {"%usage": -1.0}}, "memory": {"available_ram": -1, "used_ram": -1}}
    found = observed(get_facts={"os_version": "", "uptime": -1.0}, get_environment=unknown)
    assert (found.cpu, found.memory, found.uptime) == (None, None, None)


def test_a_clock_that_follows_nobody_is_not_synchronised():
    assert observed(get_ntp_stats=PEERS[:1]).clock == Clock(False, "", None, None)

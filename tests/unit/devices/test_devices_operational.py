import json

import pytest

from netctl.devices import operational
from netctl.errors import ReplyMalformed
from netctl.model.health import Session, VrrpStatus

QUIET = {
    operational.BGP: "{\n}\n",
    operational.ISIS: "{\n}\n",
    operational.ISIS_CONFIGURATION: "",
    operational.BFD: "[\n]\n",
    operational.VRRP: "vrrpd is not running\n",
    operational.INTERFACES: "{}\n",
}


def peer(state, **more):
    return {"remoteAs": 64501, "localAs": 64500, "pfxRcd": 2, "pfxSnt": 3, "state": state, **more}


def health(**outputs):
    return operational.health("rx-1", QUIET | {getattr(operational, name): text for name, text in outputs.items()})


def test_a_router_without_anything_has_an_empty_health():
    found = health()
    assert found.sessions == ()
    assert found.vrrp == ()
    assert found.interfaces_down == ()


def test_bgp_sessions_are_told_by_family():
    summary = {
        "ipv4Unicast": {"routerId": "198.51.100.1", "peers": {"192.0.2.2": peer("Established")}},
        "ipv6Unicast": {"routerId": "198.51.100.1", "peers": {"3fff:100::2": peer("Idle (Admin)")}},
    }
    assert health(BGP=json.dumps(summary)).sessions == (
        Session("bgp", "192.0.2.2", "Established", True, 4),
        Session("bgp", "3fff:100::2", "Idle (Admin)", False, 6),
    )


CONFIGURATION = """\
interface bb1
 ip router isis backbone
 isis network point-to-point
exit
!
interface bb3
 ipv6 router isis backbone
exit
!
interface lo
 ip router isis backbone
 isis passive
exit
!
interface dc0
 ip address 198.51.100.130/28
exit
!
router isis backbone
exit
"""


def test_an_isis_circuit_without_a_neighbour_is_a_session_that_is_not_up():
    neighbours = {"areas": [{"area": "backbone", "circuits": [
        {"circuit": 0, "adj": "core-main-2", "interface": "bb1", "level": 2, "state": "Up"}, {"circuit": 0},
    ]}]}  # fmt: skip
    found = health(ISIS=json.dumps(neighbours), ISIS_CONFIGURATION=CONFIGURATION)
    assert found.sessions == (
        Session("isis", "bb3", "no neighbour", False),
        Session("isis", "core-main-2", "Up", True),
    )


def test_bfd_peers_that_are_down_are_listed():
    peers = [{"peer": "192.0.2.2", "status": "up"}, {"peer": "3fff:100::2", "status": "down"}]
    assert [(one.peer, one.up) for one in health(BFD=json.dumps(peers)).sessions] == [
        ("192.0.2.2", True),
        ("3fff:100::2", False),
    ]


def test_a_virtual_router_is_told_for_each_family_it_has_addresses_in():
    routers = [
        {
            "vrid": 10,
            "interface": "lan0",
            "v4": {"status": "Master", "effectivePriority": 110, "addresses": ["192.0.2.1"]},
            "v6": {"status": "Initialize", "effectivePriority": 110, "addresses": ["3fff:100::1"]},
        },
        {"vrid": 11, "interface": "lan0", "v4": {"status": "Backup", "addresses": []}},
    ]
    assert health(VRRP=json.dumps(routers)).vrrp == (
        VrrpStatus("lan0", 10, 4, "master", 110),
        VrrpStatus("lan0", 10, 6, "initialize", 110),
    )


def test_ports_that_are_down_are_named():
    assert health(INTERFACES='{"wan0": {"status": "down"}, "lan0": {"status": "up"}}').interfaces_down == ("wan0",)


@pytest.mark.parametrize("text", ["{", "[]", "% Unknown command", "null", '{"ipv4Unicast": '])
def test_what_is_not_the_expected_json_names_the_command(text):
    with pytest.raises(ReplyMalformed, match="show bgp summary json"):
        health(BGP=text)


def test_napalms_form_of_bgp_sessions_joins_the_families_of_a_peer():
    summary = {
        "ipv4Unicast": {"routerId": "198.51.100.1", "peers": {"192.0.2.2": peer("Established", peerUptimeMsec=61000)}},
        "ipv6Unicast": {"routerId": "198.51.100.1", "peers": {"192.0.2.2": peer("Established")}},
    }
    found = operational.bgp_neighbours({operational.BGP: json.dumps(summary)})["global"]
    assert found["router_id"] == "198.51.100.1"
    assert found["peers"]["192.0.2.2"]["uptime"] == 61
    assert set(found["peers"]["192.0.2.2"]["address_family"]) == {"ipv4", "ipv6"}

"""The agent makes a box do what the datastore says: the same routing that netctl writes for an FRR router."""

import xml.etree.ElementTree as ET

import pytest
from networks import ROOT, reference

from netctl.lab.agent import apply, document, frr
from netctl.render import render, render_drained
from netctl.services.routing import derive

ROUTERS = [name for name, device in reference().devices.items() if device.platform == "ietf_netconf"]
DEFAULTS = {"vrrp 10 priority 100", "vrrp 10 advertisement-interval 1000", "detect-multiplier 3"}  # FRR prints none


def box_of(artefact):
    return document.read(ET.fromstring(artefact.parts[0].text))


def meaning(text):
    """The lines of a configuration, without what is only layout."""
    nothing = {"!", "end", "exit", "", *DEFAULTS}
    return sorted(line.strip() for line in text.splitlines() if line.strip() not in nothing)


@pytest.mark.parametrize("name", ROUTERS)
@pytest.mark.parametrize("write", [render, render_drained])
def test_a_netconf_router_routes_exactly_as_an_frr_router_of_the_same_intent(name, write):
    intent = derive(reference())[name]
    as_frr = {part.name: part.text for part in write(intent._replace(platform="frr"), ROOT).parts}
    box = box_of(write(intent, ROOT))
    assert meaning(frr.configuration(box)) == meaning(as_frr["frr.conf"])


@pytest.mark.parametrize("name", ROUTERS)
def test_a_netconf_routers_files_say_what_an_frr_routers_say(name):
    intent = derive(reference())[name]
    as_frr = {part.name: part.text for part in render(intent._replace(platform="frr"), ROOT).parts}
    box = box_of(render(intent, ROOT))
    assert box.hostname == name
    assert box.banner == as_frr["banner"].rstrip("\n")
    assert [f"server {server} iburst" for server in box.ntp_servers] == [
        line for line in as_frr["chrony.sources"].splitlines() if line.startswith("server")
    ]
    assert all(server in as_frr["rsyslog.conf"] for server in box.syslog_servers)
    assert box.syslog_servers


def test_management_is_open_to_the_allowed_prefixes_and_shut_to_all_else():
    box = box_of(render(derive(reference())[ROUTERS[0]], ROOT))
    text = apply.packet_filter(box._replace(allowed=("3fff:600::/112", "192.0.2.0/24")))
    accepted = [line.strip() for line in text.splitlines() if "dport" in line]
    assert accepted == [
        "tcp dport { 22, 830 } ip6 saddr 3fff:600::/112 accept",
        "udp dport 161 ip6 saddr 3fff:600::/112 accept",
        "tcp dport { 22, 830 } ip saddr 192.0.2.0/24 accept",
        "udp dport 161 ip saddr 192.0.2.0/24 accept",
        "tcp dport { 22, 830 } drop",
        "udp dport 161 drop",
    ]


def test_an_empty_datastore_is_a_box_that_routes_nothing():
    box = document.read(ET.fromstring("<data/>"))
    assert box.ports == ()
    assert "router bgp" not in frr.configuration(box)


def test_a_virtual_router_takes_the_cautious_values_of_its_families():
    box = document.read(ET.fromstring("<data/>"))
    entries = (
        document.VirtualRouter("lan0", "ipv4", "10", "192.0.2.1", "110", 100),
        document.VirtualRouter("lan0", "ipv6", "10", "3fff:100:1::1", "10", 200),
    )
    ports = (document.Port("lan0", "", (), (), 0),)
    lines = frr.configuration(box._replace(ports=ports, virtual_routers=entries)).splitlines()
    assert " vrrp 10 priority 10" in lines
    assert " vrrp 10 advertisement-interval 2000" in lines

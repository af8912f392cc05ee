"""A lab's topology is the declared network, port for port."""

from dataclasses import replace

import pytest
from networks import ROOT, grown, reference

from netctl.errors import LabNotPossible
from netctl.lab.topology import topology
from netctl.services.routing import derive


def whole():
    return topology(reference(), derive(reference()))


def test_every_port_of_every_router_is_cabled_once():
    intents = derive(reference())
    shape = whole()
    ends = [(cable.a, cable.a_port) for cable in shape.cables] + [(cable.b, cable.b_port) for cable in shape.cables]
    ends += [(router, port) for segment in shape.segments for router, port, _ in segment.members]
    wanted = [
        (name, port.name)
        for name, intent in intents.items()
        for port in intent.interfaces
        if port.kind in ("backbone", "access", "lan")
    ]
    assert sorted(ends) == sorted(wanted)
    assert all(router.loose == () for router in shape.routers)


def test_both_ends_of_a_cable_name_each_other_in_the_intents():
    peers = {(name, port.name): port.peer for name, intent in derive(reference()).items() for port in intent.interfaces}
    for cable in whole().cables:
        assert peers[cable.a, cable.a_port] == f"{cable.b}:{cable.b_port}"
        assert peers[cable.b, cable.b_port] == f"{cable.a}:{cable.a_port}"


def test_lines_are_named_as_people_name_them():
    names = {cable.id for cable in whole().cables}
    assert {"bb1", "bb8", "rivers-hq:1", "lighthouses-hq:2"} <= names


def test_a_part_of_the_network_keeps_the_backbone_and_leaves_ports_loose():
    shape = topology(reference(), derive(reference()), ["rivers-hq"])
    assert {router.name for router in shape.routers} == {
        *(f"core-{centre}-{number}" for centre in ("main", "backup") for number in (1, 2)),
        "rivers-hq-r1",
        "rivers-hq-r2",
    }
    core = next(router for router in shape.routers if router.name == "core-main-1")
    assert "bb5" in core.loose
    assert "ac1p1" not in core.loose
    assert {endpoint.name for endpoint in shape.endpoints} == {"main-host", "backup-host", "rivers-hq-host"}


def test_virtual_ports_bear_the_addresses_of_the_standard():
    router = next(router for router in whole().routers if router.name == "rivers-hq-r1")
    v4, v6 = router.virtual_ports
    assert (v4.mac, v6.mac) == ("00:00:5e:00:01:0a", "00:00:5e:00:02:0a")  # RFC 9568 section 7.3
    assert (v4.address, v6.address) == ("192.0.2.17/32", "3fff:100:1::1/128")
    assert len(v4.name) <= 15


def test_endpoints_lead_to_the_virtual_routers_of_their_own_lan():
    endpoint = next(endpoint for endpoint in whole().endpoints if endpoint.name == "rivers-hq-host")
    assert endpoint.addresses == ("3fff:100:1::10/64", "192.0.2.26/28")
    assert set(endpoint.gateways) == {"192.0.2.17", "3fff:100:1::1"}


def test_time_servers_stand_on_the_lans_of_the_centres():
    served = {endpoint.name: endpoint.time for endpoint in whole().endpoints if endpoint.time}
    assert served == {"main-host": ("3fff:200:1::123/64",), "backup-host": ("3fff:200:2::123/64",)}


def test_no_address_of_an_endpoint_is_a_routers():
    taken = {
        address.partition("/")[0]
        for intent in derive(reference()).values()
        for port in intent.interfaces
        for address in (*port.v4, *port.v6)
    }
    ours = [
        address.partition("/")[0] for endpoint in whole().endpoints for address in (*endpoint.addresses, *endpoint.time)
    ]
    assert taken.isdisjoint(ours)
    assert len(set(ours)) == len(ours)


def test_a_network_of_other_sites_makes_a_lab_too():
    network = grown((3, 9, 12))
    shape = topology(network, derive(network))
    assert {segment.id for segment in shape.segments} == {"main", "backup", "site-3", "site-9", "site-12"}


def test_a_platform_without_a_box_is_refused_by_name():
    network = reference()
    devices = {**network.devices, "rivers-hq-r1": replace(network.devices["rivers-hq-r1"], platform="cisco_ios")}
    other = replace(network, devices=devices)
    with pytest.raises(LabNotPossible, match="no box for platform cisco_ios"):
        topology(other, derive(other))


def test_the_reference_network_has_boxes_for_all_its_platforms():
    assert ROOT.joinpath("inventory").is_dir()
    assert {router.platform for router in whole().routers} == {"frr", "ietf_netconf"}

from dataclasses import replace

import pytest

from netctl.services.routing import derive, derive_devices, drain
from networks import grown, reference

INTENTS = derive(reference())


def port(device, name):
    return next(entry for entry in INTENTS[device].interfaces if entry.name == name)


def session(device, description, family):
    return next(
        entry for entry in INTENTS[device].neighbours if entry.description == description and entry.family == family
    )


def test_every_declared_router_has_an_intent_in_the_network_s_order():
    assert list(INTENTS) == list(reference().devices)


def test_a_ce_router_has_its_lan_loopback_management_and_line():
    assert [entry.name for entry in INTENTS["rivers-hq-r1"].interfaces] == ["lan0", "lo", "mgmt0", "wan0"]
    assert port("rivers-hq-r1", "lan0").v6 == ("3fff:100:1::2/64",)
    assert port("rivers-hq-r2", "lan0").v4 == ("192.0.2.19/28",)
    assert port("rivers-hq-r1", "mgmt0").v6 == ("3fff:600::3:2/64",)
    assert port("rivers-hq-r1", "mgmt0").v4 == ()


def test_a_line_s_two_ends_name_each_other():
    assert port("rivers-hq-r1", "wan0").peer == "core-main-1:ac1p1"
    assert port("core-main-1", "ac1p1").peer == "rivers-hq-r1:wan0"


def test_both_routers_of_a_pair_share_the_virtual_addresses_and_position_1_is_preferred():
    first, second = port("rivers-hq-r1", "lan0").vrrp, port("rivers-hq-r2", "lan0").vrrp
    assert [entry.virtual_address for entry in first] == ["192.0.2.17", "3fff:100:1::1"]
    assert [entry.virtual_address for entry in second] == ["192.0.2.17", "3fff:100:1::1"]
    assert {entry.priority for entry in first} == {110}
    assert {entry.priority for entry in second} == {100}


def test_the_first_pair_of_cores_serves_the_centre_s_lan():
    assert port("core-main-1", "dc0").v6 == ("3fff:200:1::2/64",)
    assert port("core-backup-2", "dc0").v4 == ("198.51.100.163/28",)
    assert INTENTS["core-main-2"].originated == ("198.51.100.144/28", "3fff:200:1::/64")


def test_a_further_pair_of_cores_has_no_centre_lan():
    network = reference()
    core = network.devices["core-main-1"]
    groups = dict(network.groups) | {"main": replace(network.groups["main"], members=("core-x", "core-y"))}
    intent = derive_devices(replace(network, groups=groups), ["core-main-1"])["core-main-1"]
    assert core.centre == "main"
    assert all(entry.name != "dc0" for entry in intent.interfaces)
    assert intent.originated == ()


def test_access_sessions_join_private_and_network_as():
    assert session("rivers-hq-r1", "core-main-1", 6).remote_as == 64500
    assert session("core-main-1", "rivers-hq-r1", 6).remote_as == 4200000001


def test_backbone_routers_form_a_full_mesh_from_their_loopbacks():
    mesh = [entry for entry in INTENTS["border-main"].neighbours if entry.kind == "mesh"]
    assert len(mesh) == 2 * 5
    assert {entry.update_source for entry in mesh} == {"lo"}


def test_a_core_hears_from_a_site_only_that_site_s_prefixes():
    lists = {entry.name: entry for entry in INTENTS["core-main-1"].prefix_lists}
    accepted = lists[session("core-main-1", "rivers-hq-r1", 6).import_list]
    assert [(rule.action, rule.prefix, rule.le) for rule in accepted.rules] == [("permit", "3fff:100:1::/48", 64)]


def test_a_ce_router_hears_the_network_without_its_own_site_and_tells_only_its_own():
    lists = {entry.name: entry for entry in INTENTS["rivers-hq-r1"].prefix_lists}
    core = session("rivers-hq-r1", "core-main-1", 4)
    assert lists[core.import_list].rules[0][:4] == (5, "deny", "192.0.2.16/28", 0)
    assert [rule.action for rule in lists[core.import_list].rules] == ["deny", "permit", "permit"]
    assert [rule.prefix for rule in lists[core.export_list].rules] == ["192.0.2.16/28"]


def test_both_ends_of_a_line_prefer_position_1():
    for ce, core, preference in [("rivers-hq-r1", "core-main-1", 200), ("rivers-hq-r2", "core-backup-1", 150)]:
        assert session(ce, core, 4).import_preference == session(core, ce, 4).import_preference == preference


def test_backbone_routers_take_part_in_isis_and_ce_routers_do_not():
    assert {intent.igp is not None for intent in INTENTS.values() if intent.role != "ce"} == {True}
    assert {intent.igp for intent in INTENTS.values() if intent.role == "ce"} == {None}


def test_some_routers_derived_alone_are_as_in_the_whole():
    names = ["rivers-east-r2", "core-backup-1", "border-main"]
    assert derive_devices(reference(), names) == {name: INTENTS[name] for name in names}


def test_both_ends_of_a_session_name_one_secret():
    network = reference()
    devices = {
        name: replace(device, settings=replace(device.settings, session_secret=f"bgp/{name}"))
        for name, device in network.devices.items()
    }
    intents = derive(replace(network, devices=devices))
    secrets = {}
    for intent in intents.values():
        for entry in intent.neighbours:
            secrets.setdefault((frozenset({intent.device, entry.description}), entry.family), set()).add(entry.secret)
    assert {len(found) for found in secrets.values()} == {1}


@pytest.mark.parametrize("name", ["rivers-hq-r1", "core-main-1", "border-main"])
def test_draining_lowers_every_virtual_router_and_changes_nothing_else(name):
    intent = INTENTS[name]
    drained = drain(intent)
    assert drained.drained
    assert {group.priority for entry in drained.interfaces for group in entry.vrrp} <= {10}
    restored = tuple(
        after._replace(vrrp=before.vrrp) for before, after in zip(intent.interfaces, drained.interfaces, strict=True)
    )
    assert drained._replace(drained=False, interfaces=restored) == intent


def test_3000_sites_are_derived_in_a_moment():
    intents = derive(grown(tuple(range(1, 3001))))
    assert len(intents) == 6006
    assert len(intents["core-main-1"].interfaces) == 1500 + 6

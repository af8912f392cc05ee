"""What holds for the intent of any network, whatever its sites are."""

from ipaddress import IPv4Address, IPv6Address, ip_interface, ip_network
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from networks import grown, reference

from netctl.services.routing import derive
from netctl.services.routing.addresses import v4_text, v6_text

site_numbers = st.sets(st.integers(1, 60000), min_size=1, max_size=12).map(lambda found: tuple(sorted(found)))
networks = site_numbers.map(grown)


@given(st.integers(0, 2**128 - 1))
def test_ipv6_addresses_are_written_as_rfc_5952_says(value):
    assert v6_text(value) == str(IPv6Address(value))


@given(st.lists(st.integers(0, 8), min_size=8, max_size=8))
def test_ipv6_addresses_with_many_zeros_are_written_as_rfc_5952_says(words):
    value = int("".join(f"{max(word - 5, 0):04x}" for word in words), 16)
    assert v6_text(value) == str(IPv6Address(value))


@given(st.integers(0, 2**32 - 1))
def test_ipv4_addresses_are_written_as_usual(value):
    assert v4_text(value) == str(IPv4Address(value))


@settings(max_examples=40, deadline=None)
@given(networks)
def test_no_address_is_given_twice(network):
    given_out = [
        address.split("/")[0]
        for intent in derive(network).values()
        for port in intent.interfaces
        for address in (*port.v6, *port.v4)
    ]
    assert len(set(given_out)) == len(given_out)


@settings(max_examples=40, deadline=None)
@given(networks)
def test_both_ends_of_a_link_lie_in_one_127_and_one_31(network):
    intents = derive(network)
    ports = {f"{name}:{port.name}": port for name, intent in intents.items() for port in intent.interfaces}
    linked = [(name, port) for name, port in ports.items() if port.peer]
    assert linked
    for name, port in linked:
        far = ports[port.peer]
        assert far.peer == name
        for own, theirs in ((port.v6, far.v6), (port.v4, far.v4)):
            assert ip_interface(own[0]).network == ip_interface(theirs[0]).network
            assert own != theirs


@settings(max_examples=40, deadline=None)
@given(networks)
def test_every_session_has_a_mirror_and_is_filtered_in_both_directions(network):
    intents = derive(network)
    owners = {
        address.split("/")[0]: name
        for name, intent in intents.items()
        for port in intent.interfaces
        for address in (*port.v6, *port.v4)
    }
    addresses = {name: {a for a, owner in owners.items() if owner == name} for name in intents}
    for name, intent in intents.items():
        lists = {(entry.name, entry.family) for entry in intent.prefix_lists}
        for session in intent.neighbours:
            assert (session.import_list, session.family) in lists
            assert (session.export_list, session.family) in lists
            far = intents[owners[session.address]]
            assert far.device == session.description
            assert session.remote_as == far.asn
            mirrors = [
                entry
                for entry in far.neighbours
                if entry.family == session.family and entry.address in addresses[name] and entry.kind == session.kind
            ]
            assert [entry.remote_as for entry in mirrors] == [intent.asn]


@settings(max_examples=40, deadline=None)
@given(networks)
def test_priorities_of_a_pair_differ_and_its_virtual_addresses_agree(network):
    intents = derive(network)
    for group in network.groups.values():
        if group.kind == "border":
            continue
        first, second = ([entry for port in intents[name].interfaces for entry in port.vrrp] for name in group.members)
        assert len(first) == len(second) == 2
        for own, theirs in zip(first, second, strict=True):
            assert own.priority != theirs.priority
            assert own._replace(priority=0) == theirs._replace(priority=0)


@settings(max_examples=40, deadline=None)
@given(networks)
def test_derived_prefixes_lie_inside_their_pools(network):
    plan = network.addresses
    pools = {
        "loopback": (plan.loopbacks_v6, plan.loopbacks_v4),
        "access": (plan.access_v6, plan.access_v4),
        "backbone": (plan.backbone_v6, plan.backbone_v4),
        "management": (plan.management_v6, plan.management_v6),
    }
    for intent in derive(network).values():
        lan = (plan.sites_v6, plan.sites_v4) if intent.role == "ce" else (plan.centres_v6, plan.centres_v4)
        for port in intent.interfaces:
            v6, v4 = lan if port.kind == "lan" else pools[port.kind]
            for address, pool in [(a, v6) for a in port.v6] + [(a, v4) for a in port.v4]:
                assert ip_interface(address).network.subnet_of(ip_network(pool))


@settings(max_examples=40, deadline=None)
@given(site_numbers, st.integers(60001, 65000))
def test_a_new_site_changes_no_other_site_s_routers(numbers, new):
    before, after = derive(grown(numbers)), derive(grown((*numbers, new)))
    changed = {name for name in before if before[name] != after[name]}
    assert {before[name].role for name in changed} <= {"core"}
    assert len(changed) == 2


def test_names_of_prefix_lists_and_sessions_are_unique_on_a_router():
    for intent in derive(reference()).values():
        for names in ([e.name for e in intent.prefix_lists], [e.address for e in intent.neighbours]):
            assert all(a != b for a, b in pairwise(sorted(names)))

"""What each name server must be follows from what is declared, and what cannot be is refused with its place."""

import pytest

from declared_names import MAIN, SERVERS, VIEWS, declare
from netctl.errors import NotWritable
from netctl.services.dns.load import load
from netctl.services.dns.servers import catalog_name, server_intent, server_intents
from networks import reference
from netctl.zones.names import wire

KEYED = "internal: {order: 2}\noutside: {order: 1, closed: true, keys: [view.gov-wan.example]}\n"
VIEW_KEY = "  view.gov-wan.example: {algorithm: hmac-sha512, secret: dns/view, purpose: view}\n"


def intents(tmp_path, *zones, writer="", **texts):
    return server_intents(load(declare(tmp_path, *(zones or (MAIN,)), **texts)), writer)


def test_the_main_primary_writes_and_everybody_else_copies_it(tmp_path):
    found = intents(tmp_path)
    assert [(name, each.writes) for name, each in found.items()] == [("ns1", True), ("ns2", False)]
    (main,), (copy,) = found["ns1"].views, found["ns2"].views
    assert (main.update_key, main.transfer_key, main.sources) == (
        "update.gov-wan.example",
        "transfer.gov-wan.example",
        (),
    )
    assert [peer.name for peer in main.copies] == ["ns2"]
    assert (copy.update_key, [peer.name for peer in copy.sources], copy.copies) == ("", ["ns1"], ())
    assert copy.sources[0].addresses == ("3fff:200:1::53", "198.51.100.149")


def test_who_copies_a_zone_is_given_no_key_that_changes_it(tmp_path):
    found = intents(tmp_path)
    assert [key.name for key in found["ns1"].keys] == ["transfer.gov-wan.example", "update.gov-wan.example"]
    assert [key.name for key in found["ns2"].keys] == ["transfer.gov-wan.example"]


def test_another_primary_writes_once_it_is_named():
    declared = load(reference())
    before, after = server_intents(declared), server_intents(declared, "ns2")
    assert [name for name, each in before.items() if each.writes] == ["ns1"]
    assert [name for name, each in after.items() if each.writes] == ["ns2"]
    assert [peer.name for peer in after["ns1"].views[0].sources] == ["ns2"]
    assert [peer.name for peer in after["ns3"].views[0].sources] == ["ns2", "ns1"]  # the one that writes is asked first
    assert [peer.name for peer in before["ns3"].views[0].sources] == ["ns1", "ns2"]
    assert after["ns2"].authority.primary == "ns2.gov-wan.example."


def test_a_view_with_a_key_of_its_own_is_read_and_written_with_it(tmp_path):
    servers = (
        SERVERS.replace("addresses: [3fff:200:2::53]", "addresses: [3fff:200:2::53], views: [internal]") + VIEW_KEY
    )
    outside, internal = intents(tmp_path, servers=servers, views=KEYED)["ns1"].views
    assert (outside.name, outside.keys, outside.foreign_keys) == ("outside", ("view.gov-wan.example",), ())
    assert (outside.transfer_key, outside.update_key) == ("view.gov-wan.example",) * 2
    assert (internal.keys, internal.foreign_keys) == ((), ("view.gov-wan.example",))
    assert (internal.transfer_key, internal.update_key) == ("transfer.gov-wan.example", "update.gov-wan.example")


def test_a_catalog_is_where_a_secondary_reads_one(tmp_path):
    found = intents(tmp_path / "knot")
    assert found["ns1"].views[0].catalog == found["ns2"].views[0].catalog == "catalog.gov-wan.example"
    assert catalog_name(wire("gov-wan.example")) == "catalog.gov-wan.example"
    found = intents(tmp_path / "nsd", servers=SERVERS.replace("knot", "nsd"))
    assert found["ns1"].views[0].catalog == found["ns2"].views[0].catalog == ""


def test_no_two_zones_are_kept_in_one_file():
    for intent in server_intents(load(reference())).values():
        for view in intent.views:
            files = [zone.file for zone in view.zones]
            assert len(set(files)) == len(files) == len(view.zones) > 0
            assert not [file for file in files if "/" in file]
            assert "16%2f28.2.0.192.in-addr.arpa" in files or view.name == "lgwan"


def test_a_resolver_is_told_of_every_server_and_holds_no_key():
    intent = server_intent(load(reference()), "resolve1")
    assert intent.keys == ()
    assert [peer.name for peer in intent.views[0].sources] == ["ns1", "ns2", "ns3", "ns4"]


def test_software_without_views_is_refused_two_of_them(tmp_path):
    with pytest.raises(NotWritable, match="knot serves one view, and outside, internal are declared") as told:
        intents(tmp_path, views=VIEWS)
    assert told.value.where == "dns/servers.yaml:3"


@pytest.mark.parametrize("purpose", ["transfer", "update"])
def test_a_key_that_is_needed_and_not_declared_is_told(tmp_path, purpose):
    servers = "".join(line for line in SERVERS.splitlines(keepends=True) if f"purpose: {purpose}" not in line)
    with pytest.raises(NotWritable, match=f"no key of purpose {purpose}, which ns1 needs"):
        intents(tmp_path, servers=servers)

"""What nobody types: names of routers and services, PTR of both families, SOA, NS, delegations and glue."""

from dataclasses import replace

from declared_names import MAIN, POLICY, SERVERS, VIEWS, data, declare, intended, lines
from netctl.services.dns.derive import derive
from netctl.services.dns.load import load
from networks import reference

SITES_V6 = "prefix: 3fff:100::/32\n"
NETWORK = ("default", "gov-wan.example.")


def zones(tmp_path, *texts, **files):
    return intended(declare(tmp_path, *texts, **files))[1]


def test_a_router_has_a_name_for_itself_and_for_each_port(tmp_path):
    zone = zones(tmp_path, MAIN)[NETWORK]
    assert data(zone, "r1.rivers-hq", "AAAA") == {"3fff:300::12"}
    assert data(zone, "r1.rivers-hq", "A") == {"198.51.100.18"}
    assert data(zone, "wan0.r1.rivers-hq", "AAAA") == {"3fff:400::5"}
    assert data(zone, "lan0.r2.rivers-hq", "A") == {"192.0.2.19"}
    assert data(zone, "mgmt0.core-main-1", "AAAA") == {"3fff:600::1:1"}
    assert data(zone, "bb3.core-main-1", "AAAA") == {"3fff:500::6"}
    assert data(zone, "ac1p1.core-main-1", "A") == {"203.0.113.4"}


def test_the_virtual_router_of_a_lan_is_its_gateway(tmp_path):
    zone = zones(tmp_path, MAIN)[NETWORK]
    assert data(zone, "gw.rivers-hq", "AAAA") == {"3fff:100:1::1"}
    assert data(zone, "gw.main", "A") == {"198.51.100.145"}


def test_a_site_without_ipv4_has_no_such_names(tmp_path):
    network = declare(tmp_path, MAIN)
    sites = dict(network.sites) | {"rivers-hq": replace(network.sites["rivers-hq"], ipv4=False)}
    zone = intended(replace(network, sites=sites))[1][NETWORK]
    assert data(zone, "gw.rivers-hq", "AAAA") == {"3fff:100:1::1"}
    assert data(zone, "gw.rivers-hq", "A") == data(zone, "wan0.r1.rivers-hq", "A") == set()
    assert data(zone, "gw.rivers-east", "A") == {"192.0.2.33"}


def test_services_have_a_name_for_all_and_one_for_each_centre(tmp_path):
    zone = zones(tmp_path, MAIN)[NETWORK]
    assert data(zone, "ntp", "AAAA") == {"3fff:200:1::123", "3fff:200:2::123"}
    assert data(zone, "ntp.backup", "AAAA") == {"3fff:200:2::123"}


def test_what_a_person_says_of_a_service_s_name_holds(tmp_path):
    zone = zones(tmp_path, MAIN + "records:\n  ntp: {CNAME: ntp.main}\n")[NETWORK]
    assert data(zone, "ntp", "CNAME") == {"ntp.main.gov-wan.example."}
    assert data(zone, "ntp", "AAAA") == set()


def test_every_address_of_every_router_has_a_name(tmp_path):
    from netctl.control.network.directory import Directory

    found = lines(zones(tmp_path, MAIN)[NETWORK])
    addresses = {text.split()[2] for text in found if text.split()[1] in {"A", "AAAA"}}
    assert set(Directory(reference()).places) - addresses == set()


def test_names_of_the_network_go_into_the_longest_zone_that_matches(tmp_path):
    found = zones(tmp_path, MAIN, "zone: rivers-hq.gov-wan.example\n")
    assert data(found[NETWORK], "r1.rivers-hq", "AAAA") == set()
    assert data(found["default", "rivers-hq.gov-wan.example."], "r1", "AAAA") == {"3fff:300::12"}


def test_the_soa_has_the_policy_s_timers_and_no_serial(tmp_path):
    zone = zones(tmp_path, MAIN)[NETWORK]
    assert data(zone, "@", "SOA") == {"ns1.gov-wan.example. hostmaster.gov-wan.example. 0 3600 600 1209600 300"}
    assert data(zone, "@", "NS") == {"ns1.gov-wan.example.", "ns2.gov-wan.example."}
    assert data(zone, "ns1", "AAAA") == {"3fff:200:1::53"}


def test_a_zone_may_name_servers_of_its_own_and_reverse_zones_others(tmp_path):
    policy = POLICY.replace("forward: [ns1, ns2]", "forward: [ns1, ns2], reverse: [ns1]")
    found = zones(tmp_path, MAIN, "zone: a.gov-wan.example\nservers: [ns2]\n", SITES_V6, policy=policy)
    assert data(found["default", "a.gov-wan.example."], "@", "NS") == {"ns2.gov-wan.example."}
    assert data(found["default", "0.0.1.0.f.f.f.3.ip6.arpa."], "@", "NS") == {"ns1.gov-wan.example."}


def test_the_zone_above_delegates_with_the_child_s_servers_and_its_ds(tmp_path):
    ds = "12345 13 2 " + "ab" * 32
    child = f"zone: rivers.gov-wan.example\norganisation: rivers\nservers: [ns1]\nds: [{ds}]\n"
    zone = zones(tmp_path, MAIN + "delegate: {rivers: rivers}\n", child)[NETWORK]
    assert data(zone, "rivers", "NS") == {"ns1.gov-wan.example."}
    assert data(zone, "rivers", "DS") == {ds}


def test_a_server_below_the_cut_it_serves_has_glue_above(tmp_path):
    found = zones(tmp_path, "zone: example\n", MAIN)
    above = found["default", "example."]
    assert data(above, "gov-wan", "NS") == {"ns1.gov-wan.example.", "ns2.gov-wan.example."}
    assert data(above, "ns1.gov-wan", "A") == {"198.51.100.149"}
    assert data(above, "ntp.gov-wan", "AAAA") == set()


def test_an_address_of_either_family_has_its_ptr(tmp_path):
    found = zones(tmp_path, MAIN, SITES_V6, "prefix: 192.0.2.0/24\n")
    assert data(found["default", "2.0.192.in-addr.arpa."], "17", "PTR") == {"gw.rivers-hq.gov-wan.example."}
    owner = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0"
    assert data(found["default", "0.0.1.0.f.f.f.3.ip6.arpa."], owner, "PTR") == {"gw.rivers-hq.gov-wan.example."}


def test_of_nested_reverse_zones_the_longest_holds_the_ptr(tmp_path):
    found = zones(tmp_path, MAIN, SITES_V6, "prefix: 3fff:100:1::/48\n")
    inner, outer = found["default", "1.0.0.0.0.0.1.0.f.f.f.3.ip6.arpa."], found["default", "0.0.1.0.f.f.f.3.ip6.arpa."]
    assert any("gw.rivers-hq" in line for line in lines(inner))
    assert not any("gw.rivers-hq" in line for line in lines(outer))
    assert any("gw.rivers-east" in line for line in lines(outer))
    assert data(outer, "1.0.0.0", "NS") == {"ns1.gov-wan.example.", "ns2.gov-wan.example."}


def test_a_classless_zone_holds_the_ptr_and_names_above_lead_there(tmp_path):
    found = zones(tmp_path, MAIN, "prefix: 192.0.2.0/24\n", "prefix: 192.0.2.16/28\n")
    above, below = found["default", "2.0.192.in-addr.arpa."], found["default", "16/28.2.0.192.in-addr.arpa."]
    assert data(below, "17", "PTR") == {"gw.rivers-hq.gov-wan.example."}
    assert data(above, "17", "CNAME") == {"17.16/28.2.0.192.in-addr.arpa."}
    assert data(above, "17", "PTR") == set()
    assert {owner for owner in range(256) if data(above, str(owner), "CNAME")} == set(range(16, 32))
    assert data(above, "16/28", "NS") == {"ns1.gov-wan.example.", "ns2.gov-wan.example."}


def test_a_classless_zone_may_have_a_name_of_its_own(tmp_path):
    classless = "zone: 16-31.2.0.192.in-addr.arpa\nprefix: 192.0.2.16/28\n"
    found = zones(tmp_path, MAIN, "prefix: 192.0.2.0/24\n", classless)
    assert data(found["default", "2.0.192.in-addr.arpa."], "17", "CNAME") == {"17.16-31.2.0.192.in-addr.arpa."}


def test_a_ptr_that_a_person_declares_is_the_only_one(tmp_path):
    reverse = "prefix: 192.0.2.0/24\nrecords:\n  17: {PTR: router.gov-wan.example.}\n"
    zone = zones(tmp_path, MAIN, reverse)["default", "2.0.192.in-addr.arpa."]
    assert data(zone, "17", "PTR") == {"router.gov-wan.example."}


def test_an_address_with_many_names_points_to_the_router_then_to_the_shortest(tmp_path):
    records = "records:\n  b.c: {A: 192.0.2.30}\n  z: {A: 192.0.2.30}\n  y: {A: [192.0.2.30, 192.0.2.17]}\n  '*.w': {A: 192.0.2.29}\n"
    zone = zones(tmp_path, MAIN + records, "prefix: 192.0.2.0/24\n")["default", "2.0.192.in-addr.arpa."]
    assert data(zone, "30", "PTR") == {"y.gov-wan.example."}
    assert data(zone, "17", "PTR") == {"gw.rivers-hq.gov-wan.example."}
    assert data(zone, "29", "PTR") == set()


FORESTS = "zone: forests.gov-wan.example\norganisation: forests\nrecords:\n  a: {AAAA: 3fff:100:1::80}\n"
DELEGATING = MAIN + "delegate: {rivers: rivers, forests: forests}\n"


def test_an_organisation_cannot_point_another_s_address_to_itself(tmp_path):
    """Its name is shorter, and would be taken if the address were nobody's."""
    rivers = "zone: rivers.gov-wan.example\norganisation: rivers\nrecords:\n  long.name: {AAAA: 3fff:100:1::80}\n"
    zone = zones(tmp_path, DELEGATING, FORESTS, rivers, SITES_V6)["default", "0.0.1.0.f.f.f.3.ip6.arpa."]
    pointers = {line.split()[2] for line in lines(zone) if line.startswith("0.8.0.0") and " PTR " in line}
    assert pointers == {"long.name.rivers.gov-wan.example."}


def test_an_organisation_s_name_is_not_derived_into_another_s_reverse_zone(tmp_path):
    above, own = SITES_V6 + "delegate:\n  3fff:100:1::/48: rivers\n", "prefix: 3fff:100:1::/48\norganisation: rivers\n"
    zone = zones(tmp_path, DELEGATING, FORESTS, above, own)["default", "1.0.0.0.0.0.1.0.f.f.f.3.ip6.arpa."]
    assert not any("forests" in line for line in lines(zone))
    assert any("gw.rivers-hq" in line for line in lines(zone))


def test_addresses_of_a_bulk_file_have_their_ptr_with_its_line(tmp_path):
    network = declare(
        tmp_path,
        MAIN + "file: bulk/a.zone\n",
        "prefix: 192.0.2.0/24\n",
        bulk={"bulk/a.zone": "; register\nb A 192.0.2.40\n"},
    )
    declared, found = intended(network)
    zone = found["default", "2.0.192.in-addr.arpa."]
    assert data(zone, "40", "PTR") == {"b.gov-wan.example."}
    (record,) = (each for each in zone.records() if each.owner.startswith(b"\x0240"))
    assert declared.places.text(record.origin) == "derived from the address, dns/bulk/a.zone:2"


def test_a_bulk_file_and_what_a_person_writes_are_one_zone(tmp_path):
    zone = zones(
        tmp_path,
        MAIN + "file: bulk/a.zone\nrecords:\n  b: {A: 192.0.2.41}\n",
        bulk={"bulk/a.zone": "@ SOA a b 9 9 9 9 9\nb A 192.0.2.40\nc 300 A 192.0.2.42\n"},
    )[NETWORK]
    assert data(zone, "b", "A") == {"192.0.2.40", "192.0.2.41"}
    assert len(data(zone, "@", "SOA")) == 1
    assert {each.ttl for each in zone.records() if each.owner.startswith(b"\x01c")} == {300}


def test_every_record_says_where_it_comes_from(tmp_path):
    network = declare(tmp_path, MAIN + "records:\n  www: {A: 192.0.2.99}\n", servers=SERVERS)
    declared, found = intended(network)
    zone = found[NETWORK]
    origins = {lines_of(each, zone): declared.places.text(each.origin) for each in zone.records()}
    assert origins["www", 1] == "dns/zones/0.yaml:3"
    assert origins["r1.rivers-hq", 28] == "derived from router rivers-hq-r1, inventory/sites/rivers-hq.yaml:7"
    assert origins["ns1", 28] == "derived from server ns1, dns/servers.yaml:2"
    assert origins["ntp", 28] == "derived from setting ntp_servers, inventory/network.yaml"
    assert "" not in origins.values()


def lines_of(record, zone):
    from netctl.zones import names

    return names.relative(record.owner, zone.zone.origin), record.type


def test_a_ttl_is_the_record_s_the_zone_s_or_the_policy_s(tmp_path):
    records = "records:\n  a: {A: 192.0.2.90}\n  b: {A: {values: 192.0.2.91, ttl: 60}}\n"
    policy = POLICY + "ttl: 7200\n"
    found = zones(
        tmp_path, MAIN + "ttl: 900\n" + records, "zone: x.example\nrecords:\n  a: {A: 192.0.2.92}\n", policy=policy
    )
    ttls = {
        (zone, each.owner[:2]): each.ttl
        for (_, zone), one in found.items()
        for each in one.records()
        if len(each.rdata) == 4
    }
    assert ttls["gov-wan.example.", b"\x01a"] == 900
    assert ttls["gov-wan.example.", b"\x01b"] == 60
    assert ttls["x.example.", b"\x01a"] == 7200


def test_the_same_zone_may_differ_from_view_to_view(tmp_path):
    both = "views: [internal, outside]\nrecords:\n  www:\n    A:\n      - {values: 192.0.2.80, views: [internal]}\n      - {values: 192.0.2.81, views: [outside]}\n"
    found = zones(tmp_path, MAIN + both, views=VIEWS)
    assert data(found["internal", "gov-wan.example."], "www", "A") == {"192.0.2.80"}
    assert data(found["outside", "gov-wan.example."], "www", "A") == {"192.0.2.81"}


def test_two_files_may_declare_one_zone_for_two_views(tmp_path):
    inside = MAIN + "views: [internal]\nrecords:\n  www: {A: 192.0.2.80}\n"
    outside = MAIN + "views: [outside]\nrecords:\n  www: {A: 192.0.2.81}\n"
    found = zones(tmp_path, inside, outside, views=VIEWS)
    assert data(found["internal", "gov-wan.example."], "www", "A") == {"192.0.2.80"}
    assert data(found["outside", "gov-wan.example."], "www", "A") == {"192.0.2.81"}


def test_a_closed_view_shows_what_is_declared_for_it_and_its_servers_only(tmp_path):
    servers = SERVERS.replace("addresses: [3fff:200:2::53]", "addresses: [3fff:200:2::53], views: [internal]")
    text = (
        MAIN
        + "views: [internal, outside]\nrecords:\n  a: {A: 192.0.2.80}\n  b: {A: {values: 192.0.2.81, views: [outside]}}\n"
    )
    found = zones(tmp_path, text, servers=servers, views=VIEWS)
    assert lines(found["outside", "gov-wan.example."]) == {
        "gov-wan.example. SOA ns1.gov-wan.example. hostmaster.gov-wan.example. 0 3600 600 1209600 300",
        "gov-wan.example. NS ns1.gov-wan.example.",
        "ns1.gov-wan.example. AAAA 3fff:200:1::53",
        "ns1.gov-wan.example. A 198.51.100.149",
        "b.gov-wan.example. A 192.0.2.81",
    }


def test_a_reverse_zone_in_a_closed_view_points_back_to_what_the_view_shows(tmp_path):
    text = MAIN + "views: [internal, outside]\nrecords:\n  b: {A: {values: 192.0.2.81, views: [outside]}}\n"
    reverse = "prefix: 192.0.2.0/24\nviews: [internal, outside]\n"
    zone = zones(tmp_path, text, reverse, views=VIEWS)["outside", "2.0.192.in-addr.arpa."]
    assert {line for line in lines(zone) if " PTR " in line} == {"81.2.0.192.in-addr.arpa. PTR b.gov-wan.example."}


def test_the_order_of_files_changes_nothing(tmp_path):
    texts = (MAIN, SITES_V6, "prefix: 192.0.2.0/24\n", "prefix: 192.0.2.16/28\n")
    first, second = tmp_path / "a", tmp_path / "b"
    one = intended(declare(first, *texts))[1]
    other = intended(declare(second, *reversed(texts)))[1]
    assert {key: zone.data for key, zone in one.items()} == {key: zone.data for key, zone in other.items()}


def test_the_reference_network_has_a_ptr_for_every_address():
    network = reference()
    declared = load(network)
    found = [
        line for (view, _), zone in derive(declared, network).items() if view == "internal" for line in lines(zone)
    ]
    pointed = {line.split()[2] for line in found if line.split()[1] == "PTR"}
    named = {line.split()[0] for line in found if line.split()[1] in {"A", "AAAA"}}
    aliases = {name for name in named - pointed if name.split(".")[0] in {"ntp", "syslog"}}
    assert named - pointed == aliases

"""What `dns/` declares is read with file and line, and everything that is wrong is told at once."""

import pytest

from declared_names import MAIN, POLICY, SERVERS, VIEWS, declare, intended, wrong
from netctl.errors import InvalidNetwork
from netctl.services.dns.load import check, load
from networks import reference

ZONE = "dns/zones/0.yaml"
SERVERS_FILE, VIEWS_FILE, POLICY_FILE = "dns/servers.yaml", "dns/views.yaml", "dns/policy.yaml"


def test_a_network_without_names_is_as_good_as_any(tmp_path):
    network = declare(tmp_path, MAIN)
    for path in sorted((tmp_path / "dns").rglob("*.yaml")):
        path.unlink()
    assert check(network) == (None, ())
    assert load(network) is None


def test_the_reference_network_declares_names_without_a_finding():
    declared, found = check(reference())
    assert found == ()
    assert {zone.organisation for zone in declared.zones} == {"", "rivers", "harbours", "forests"}


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("zone: a.example\nzone: b.example\n", ("E0106", 2)),
        ("zone: a.example\nrecord: {}\n", ("E0107", 2)),
        ("records: {}\n", ("E0108", 1)),
        ("zone: 5\n", ("E0109", 1)),
        ("zone: a.example\nrecords:\n  www: {TXT: 5}\n", ("E0109", 3)),
        ("zone: a.example\nttl: -1\n", ("E0110", 2)),
        ("zone: a.example\ndnssec: 5\n", ("E0109", 2)),
        ("zone: a.example\ndnssec: maybe\n", ("E0111", 2)),
        ("zone: a.example\norganisation: meadows\n", ("E0111", 2)),
        ("zone: a.example\nviews: [inside]\n", ("E0111", 2)),
        ("zone: a.example\nservers: [ns9]\n", ("E0111", 2)),
        ("zone: a..example\n", ("E1010", 1)),
        (f"zone: a.example\nrecords:\n  {'x' * 64}: {{A: 192.0.2.1}}\n", ("E1010", 3)),
        ("zone: a.example\nrecords:\n  www.b.example.: {A: 192.0.2.1}\n", ("E1004", 3)),
        ("zone: a.example\nrecords:\n  www: {AAA: 192.0.2.1}\n", ("E1011", 3)),
        ("zone: a.example\nrecords:\n  www:\n    A: 192.0.2.1\n    AAAA: 192.0.2.1\n", ("E1011", 5)),
        ("zone: a.example\nrecords:\n  www:\n    A:\n      - 192.0.2.1\n      - 192.0.2.256\n", ("E1011", 6)),
        ("zone: a.example\nrecords:\n  _443._tcp: {TLSA: 3 1 1 zz}\n", ("E1011", 3)),
        ('zone: a.example\nrecords:\n  "@": {SOA: a b 1 2 3 4 5}\n', ("E1002", 3)),
        ("zone: a.example\nrecords:\n  www: {NSEC: a.example. A}\n", ("E1002", 3)),
        ("zone: a.example\nrecords:\n  www: {A: {values: 192.0.2.1, views: [other]}}\n", ("E0111", 3)),
        ("prefix: 3fff:100::/33\n", ("E1005", 1)),
        ("prefix: 10.0.0.0/12\n", ("E1005", 1)),
        ("prefix: 3fff:100::1/32\n", ("E1005", 1)),
        ("zone: 1.168.192.in-addr.arpa\nprefix: 192.0.2.0/24\n", ("E1005", 1)),
        ("zone: rivers.gov-wan.example\nprefix: 192.0.2.16/28\n", ("E1005", 1)),
        ("zone: a.example\nfile: ../inventory/network.zone\n", ("E0110", 2)),
        ("zone: a.example\nfile: bulk/missing.zone\n", ("E1012", 2)),
        ("zone: a.example\nfile: bulk/a.txt\n", ("E0110", 2)),
        ("zone: a.example\nds: [1 2 3]\n", ("E1011", 2)),
        ("zone: a.example\ndelegate:\n  b: meadows\n", ("E0111", 3)),
        ("zone: a.example\ndelegate:\n  b.c.example.: rivers\n", ("E1004", 3)),
        ("prefix: 3fff:100::/32\ndelegate:\n  3fff:100:1::/46: rivers\n", ("E1005", 3)),
        ("zone: other.example\norganisation: rivers\n", ("E1003", 1)),
        ("zone: [a\n", ("E0104", 2)),
        ("zone: &a b.example\n", ("E0105", 1)),
    ],
)
def test_what_is_wrong_with_a_zone_file_is_told_with_its_line(tmp_path, zone, expected):
    code, line = expected
    assert (code, ZONE, line) in wrong(declare(tmp_path, zone))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("3fff:200:2::53", "3fff:200:2::g", ("E0120", 3)),
        ("centre: backup", "centre: attic", ("E0111", 3)),
        ("role: secondary", "role: secondary, standing: backup", ("E0110", 3)),
        ("software: knot", "software: pigeon", ("E0110", 3)),
        ("role: secondary", "role: primary", ("E1006", 3)),
        ("dns/update", "dns/transfer", ("E1008", 6)),
        ("update.gov-wan.example", "TRANSFER.gov-wan.example", ("E0112", 6)),
        ("update.gov-wan.example", "update..example", ("E1010", 6)),
        ("hmac-sha256, secret: dns/update", "hmac-md5, secret: dns/update", ("E0110", 6)),
    ],
)
def test_what_is_wrong_with_servers_and_keys_is_told_with_its_line(tmp_path, old, new, expected):
    assert old in SERVERS
    code, line = expected
    assert (code, SERVERS_FILE, line) in wrong(declare(tmp_path, MAIN, servers=SERVERS.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("views", "expected"),
    [
        ("a: {order: 1}\nb: {order: 1}\n", ("E0113", 2)),
        ("a: {order: 1, clients: [3fff:100::1/32]}\n", ("E0120", 1)),
        ("a: {order: 1, keys: [nobody.example]}\n", ("E0111", 1)),
        ("a: {order: 1, keys: [update.gov-wan.example]}\n", ("E1008", 1)),
        ("a: {}\n", ("E0108", 1)),
    ],
)
def test_what_is_wrong_with_views_is_told_with_its_line(tmp_path, views, expected):
    code, line = expected
    assert (code, VIEWS_FILE, line) in wrong(declare(tmp_path, MAIN, views=views))


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (POLICY.replace("ns2", "ns7"), ("E0111", 2)),
        (POLICY.replace("hostmaster.", "hostmaster.."), ("E1010", 1)),
        (POLICY + "waivers: [{rule: DNS-SPF, zone: a.example, until: 2027-02-30, reason: none}]\n", ("E0110", 3)),
        (POLICY + "waivers: [{rule: DNS-SPFF, zone: a.example, until: 2027-02-01, reason: none}]\n", ("E0111", 3)),
        (POLICY + "waivers: [{rule: SPF, zone: a.example, until: 2027-02-01, reason: none}]\n", ("E0110", 3)),
        (POLICY + "limits: {deletions: many}\n", ("E0109", 3)),
        ("servers: {forward: [ns1]}\n", ("E0108", 1)),
    ],
)
def test_what_is_wrong_with_the_policy_is_told_with_its_line(tmp_path, policy, expected):
    code, line = expected
    assert (code, POLICY_FILE, line) in wrong(declare(tmp_path, MAIN, policy=policy))


def test_everything_is_told_at_once(tmp_path):
    first = "zone: gov-wan.example\nrecords:\n  a: {A: nowhere}\n  b: {MX: 10}\n"
    network = declare(tmp_path, first, "zone: b.example\ncolour: blue\n", servers=SERVERS.replace("knot", "pigeon"))
    assert wrong(network) >= {
        ("E1011", "dns/zones/0.yaml", 3),
        ("E0109", "dns/zones/0.yaml", 4),
        ("E0107", "dns/zones/1.yaml", 2),
        ("E0110", SERVERS_FILE, 3),
    }
    with pytest.raises(InvalidNetwork, match="and 3 more"):
        load(network)


def test_a_zone_no_server_of_which_serves_its_view_is_refused(tmp_path):
    servers = SERVERS.replace(
        "addresses: [3fff:200:1::53, 198.51.100.149]", "addresses: [3fff:200:1::53], views: [internal]"
    )
    network = declare(tmp_path, MAIN + "views: [outside]\nservers: [ns1]\n", servers=servers, views=VIEWS)
    assert {finding.code for finding in check(network)[1]} == {"NETCTL-E1006"}


def test_a_resolver_serves_no_zone(tmp_path):
    servers = SERVERS.replace("software: knot, role: secondary", "software: unbound, role: resolver")
    assert ("E1006", ZONE, 1) in wrong(declare(tmp_path, MAIN, servers=servers))


def test_a_folder_that_is_none_is_no_network_without_names(tmp_path):
    network = declare(tmp_path)
    (tmp_path / "dns/zones").write_text("")
    assert ("E0102", "dns/zones", 1) in wrong(network)


def test_a_file_that_a_person_may_believe_to_be_read_is_told(tmp_path):
    network = declare(
        tmp_path, MAIN, bulk={"zone.yaml": "", "zones/b.yml": "", "zones/README.md": "", "bulk/x.zone": ""}
    )
    assert wrong(network) == {("E0107", "dns/zone.yaml", 1), ("E0107", "dns/zones/b.yml", 1)}


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("bulk/a.zone", "www A 192.0.2.1\nmail A 192.0.2.300\n\n bad\nb A 192.0.2.2 x\n", {2, 4, 5}),
        ("bulk/a.csv", "name,type,data\nwww,A,192.0.2.1\nwww,AAA,192.0.2.1\n", {3}),
        ("bulk/a.jsonl", '{"name": "www", "type": "A", "data": "192.0.2.1"}\n{"name": 5}\n', {2}),
    ],
)
def test_every_error_of_a_bulk_file_is_told_with_its_own_line(tmp_path, name, text, lines):
    network = declare(tmp_path, MAIN + f"file: {name}\n", bulk={name: text})
    assert wrong(network) == {("E1012", f"dns/{name}", line) for line in lines}


def test_a_bulk_file_outside_the_folder_is_not_read(tmp_path):
    network = declare(tmp_path, MAIN + "file: bulk/a.zone\n", bulk={"bulk/b.zone": ""})
    (tmp_path / "secret.zone").write_text("www A 192.0.2.1\n")
    (tmp_path / "dns/bulk/a.zone").symlink_to(tmp_path / "secret.zone")
    ((_, file, line),) = wrong(network)
    assert (file, line) == (ZONE, 2)


def test_a_bulk_file_that_is_not_utf_8_says_where(tmp_path):
    network = declare(tmp_path, MAIN + "file: bulk/a.zone\n")
    (tmp_path / "dns/bulk").mkdir()
    (tmp_path / "dns/bulk/a.zone").write_bytes(b"www A 192.0.2.1\n\xff\n")
    ((finding,),) = (check(network)[1],)
    assert "dns/bulk/a.zone:2:1" in finding.message


@pytest.mark.parametrize("value", ["v=spf1 mx -all", '"v=spf1 mx -all"', "semicolons; and spaces", "x" * 700])
def test_a_text_is_written_without_quotes_and_cut_at_255_octets(tmp_path, value):
    network = declare(tmp_path, MAIN + f"records:\n  a: {{TXT: '{value}'}}\n")
    _, zones = intended(network)
    ((rdata,),) = (
        rrset.rdatas for (_, kind), rrset in zones["default", "gov-wan.example."].data.rrsets.items() if kind == 16
    )
    joined, at = b"", 0
    while at < len(rdata):
        assert rdata[at] <= 255
        joined += rdata[at + 1 : at + 1 + rdata[at]]
        at += 1 + rdata[at]
    assert joined.decode() == value.strip('"')


def test_names_beyond_ascii_become_a_labels(tmp_path):
    network = declare(tmp_path, MAIN + "records:\n  森: {AAAA: 3fff:200:1::80}\n")
    _, zones = intended(network)
    assert (b"\x07xn--32v\x07gov-wan\x07example\0", 28) in zones["default", "gov-wan.example."].data.rrsets

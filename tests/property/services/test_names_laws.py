"""Laws of names: a closed view leaks nothing, derivation forgets nothing, rules take any zone, ownership is one."""

import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from declared_names import TODAY, VIEWS, declare, intended
from netctl.services.dns.load import check
from netctl.services.dns.ownership import Owners
from netctl.services.dns.reverse import address_of, reverse_of
from netctl.services.dns.rules import RULES, lint
from netctl.zones import names

WORDS = st.sampled_from(
    ["a", "b", "www", "mail", "_dmarc", "*", "森", "ntp", "gw.main", "a.b", "@", "x-", "_443._tcp.a"]
)
VALUES = st.one_of(
    st.tuples(st.just("A"), st.integers(1, 254).map("192.0.2.{}".format)),
    st.tuples(st.just("AAAA"), st.integers(1, 0xFFFF).map("3fff:100:1::{:x}".format)),
    st.tuples(st.just("CNAME"), WORDS.filter(lambda word: word not in "@*")),
    st.tuples(st.just("MX"), WORDS.filter(lambda word: word not in "@*").map("10 {}".format)),
    st.tuples(st.just("TXT"), st.sampled_from(["v=spf1 -all", "v=DMARC1; p=none", "x", "y" * 300])),
    st.tuples(st.just("NS"), WORDS.filter(lambda word: word not in "@*")),
)
PLACES = st.sampled_from([None, ["internal"], ["outside"], ["internal", "outside"]])
RECORDS = st.lists(st.tuples(WORDS, VALUES, PLACES), max_size=8)


def zone_file(records, zone="gov-wan.example", views=("internal", "outside")):
    body: dict = {"zone": zone, "views": list(views), "records": {}}
    for owner, (kind, value), places in records:
        entry = {"values": value} | ({} if places is None else {"views": list(places)})
        body["records"].setdefault(owner, {}).setdefault(kind, []).append(entry)
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=False)


def zones_of(*texts):
    with tempfile.TemporaryDirectory() as folder:
        return intended(declare(Path(folder), *texts, views=VIEWS))


REVERSE = "prefix: 192.0.2.0/24\nviews: [internal, outside]\n"


@settings(max_examples=25)
@given(RECORDS)
def test_a_closed_view_shows_nothing_that_was_not_declared_for_it(records):
    declared, zones = zones_of(zone_file(records), REVERSE)
    servers = {names.wire(server.host) for server in declared.servers.values()}
    for zone in (zones["outside", "gov-wan.example."], zones["outside", "2.0.192.in-addr.arpa."]):
        said = {
            (each.owner, each.type, rdata)
            for each in zone.zone.records
            if each.views is not None and "outside" in each.views
            for rdata in each.rdatas
        }
        for record in zone.records():
            apex = record.owner == zone.zone.origin and record.type in {2, 6}
            server = record.owner in servers and record.type in {1, 28}
            pointer = record.type == 12 and any(
                kind in {1, 28} and owner == record.rdata and reverse_of(data) == record.owner
                for owner, kind, data in shown(zones)
            )
            assert apex or server or pointer or (record.owner, record.type, record.rdata) in said


def shown(zones):
    return [(each.owner, each.type, each.rdata) for each in zones["outside", "gov-wan.example."].records()]


@settings(max_examples=25)
@given(RECORDS)
def test_every_declared_record_is_in_the_views_it_is_for(records):
    _, zones = zones_of(zone_file(records))
    for (view, _), zone in zones.items():
        for each in zone.zone.records:
            if view in (each.views or zone.zone.default_views):
                assert set(each.rdatas) <= set(zone.data.rrsets[each.owner, each.type].rdatas)


@settings(max_examples=25)
@given(RECORDS)
def test_rules_take_any_zone_and_say_the_same_again(records):
    declared, zones = zones_of(zone_file(records), REVERSE)
    found = lint(declared, zones, TODAY)
    assert found == lint(declared, zones, TODAY)
    assert {each.rule for each in found} <= set(RULES)
    assert all(each.file and declared.places for each in found)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_of_a_zone_file_is_a_zone_or_findings(text):
    with tempfile.TemporaryDirectory() as folder:
        try:
            network = declare(Path(folder), text)
        except UnicodeEncodeError:
            return
        declared, found = check(network)
        assert found or declared is not None


PARTS = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3).map(".".join)


@settings(max_examples=25)
@given(st.sets(PARTS, min_size=1, max_size=5), PARTS)
def test_a_name_belongs_to_one_zone_the_longest_that_matches(zones, name):
    declared, _ = zones_of(*(f"zone: {zone}.example\n" for zone in sorted(zones)))
    asked = names.wire(f"{name}.example")
    holder = Owners(declared.zones).zone_of(asked)
    above = [each for each in declared.zones if names.is_under(asked, each.origin)]
    assert holder == max(above, key=lambda each: len(each.origin), default=None)


@given(st.one_of(st.binary(min_size=4, max_size=4), st.binary(min_size=16, max_size=16)))
def test_the_reverse_name_of_an_address_is_the_zone_engine_s(packed):
    from ipaddress import ip_address

    assert reverse_of(packed) == names.reverse(str(ip_address(packed)))
    assert address_of(reverse_of(packed)) == packed


@given(st.lists(st.sampled_from([b"0", b"7", b"07", b"f", b"F", b"255", b"256", b" ", b"0/29", b"a0"]), max_size=34))
def test_only_the_reverse_name_of_an_address_is_about_one(labels):
    for above in ("in-addr.arpa", "ip6.arpa", "example"):
        name = b"".join(bytes((len(label), *label)) for label in labels) + names.wire(above)
        found = address_of(name)
        assert found is None or reverse_of(found) == name
        last = address_of(name, "192.0.2.16/28")
        assert last is None or name.startswith(b"%c%d" % (len(str(last[3])), last[3]))


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 70000), st.sampled_from(["", ".", "@", "a", "ns1", "internal", "rivers", "DNS-SPF"]),
    st.sampled_from(["192.0.2.1", "3fff:100::/32", "192.0.2.0/25", "gov-wan.example", "2027-01-01", "bulk/a.zone", "x" * 70, "10 a"]),
)  # fmt: skip
KEYS = st.sampled_from(
    ["zone", "prefix", "organisation", "views", "ttl", "servers", "dnssec", "ds", "delegate", "file", "records", "values",
     "A", "MX", "TXT", "SOA", "NSEC", "TYPE65400", "@", "www", "a.b.", "soa", "mailbox", "forward", "reverse", "limits",
     "waivers", "rule", "until", "reason", "name", "keys", "algorithm", "secret", "purpose", "software", "role",
     "addresses", "standing", "centre", "order", "closed", "clients"]
)  # fmt: skip
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=15,
)


@settings(max_examples=150)
@given(
    st.sampled_from(["zones/0.yaml", "servers.yaml", "views.yaml", "policy.yaml"]),
    st.dictionaries(KEYS, DATA, max_size=6),
)
def test_any_data_in_any_file_is_read_or_found_wrong(file, body):
    with tempfile.TemporaryDirectory() as folder:
        network = declare(Path(folder), "zone: gov-wan.example\n", views=VIEWS)
        (Path(folder) / "dns" / file).write_text(yaml.dump(body, Dumper=NoAliases), encoding="utf-8")
        declared, found = check(network)
        assert found or declared is not None


class NoAliases(yaml.SafeDumper):
    """A value that stands twice is written twice."""

    def ignore_aliases(self, data):
        return True

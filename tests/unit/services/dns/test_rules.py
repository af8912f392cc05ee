"""Every rule: a zone that breaks it, and one like it that does not."""

from dataclasses import replace
from datetime import date

import pytest

from declared_names import MAIN, POLICY, SERVERS, VIEWS, declare, intended, linted
from netctl.services.dns.declared import Limits
from netctl.services.dns.rules import RULES, lint
from netctl.services.dns.rules.limits import allowance, exceeded
from netctl.services.dns.rules.waivers import RULES as WAIVER_RULES
from netctl.zones import names
from netctl.zones.data import RRset, ZoneData
from netctl.zones.difference import difference
from networks import reference

LAN = "prefix: 3fff:100::/32\n"
HASH = "ab" * 32
DS = "12345 13 2 " + HASH
SIGNED_ABOVE = MAIN + "dnssec: true\n"
LEAVE = MAIN + "delegate: {rivers: rivers}\n"
RIVERS = "zone: rivers.gov-wan.example\norganisation: rivers\n"
CHILD = "zone: a.gov-wan.example\n"
HOST = "  h: {AAAA: 3fff:100:9::1}\n"


def records(text):
    return MAIN + "records:\n" + HOST + text


CASES = [
    # rule, a zone that breaks it, one that does not; a tuple where several files are needed
    ("DNS-CNAME-BESIDE", records("  a: {CNAME: h, TXT: x}\n"), records("  a: {CNAME: h}\n  b: {TXT: x}\n")),
    ("DNS-CNAME-BESIDE", records("  a: {CNAME: [h, gw.main]}\n"), records("  a: {CNAME: h}\n")),
    ("DNS-CNAME-BESIDE", records('  "@": {CNAME: h}\n'), records("  www: {CNAME: h}\n")),
    ("DNS-CNAME-LOOP", records("  a: {CNAME: b}\n  b: {CNAME: a}\n"), records("  a: {CNAME: h}\n  b: {CNAME: h}\n")),
    ("DNS-CNAME-LOOP", records("  a: {CNAME: a}\n"), records("  a: {CNAME: h}\n")),
    ("DNS-CNAME-CHAIN", records("  a: {CNAME: b}\n  b: {CNAME: h}\n"), records("  a: {CNAME: h}\n  b: {CNAME: h}\n")),
    ("DNS-CNAME-NOWHERE", records("  a: {CNAME: g}\n"), records("  a: {CNAME: g.elsewhere.example.}\n")),
    ("DNS-CNAME-NOWHERE", records("  a: {CNAME: x.g}\n  '*.f': {CNAME: h}\n"), records("  a: {CNAME: x.f}\n  '*.f': {CNAME: h}\n")),
    ("DNS-TARGET-ALIAS", records("  a: {CNAME: h}\n  '@': {MX: 10 a}\n"), records("  '@': {MX: 10 h}\n")),
    ("DNS-TARGET-ALIAS", records("  a: {CNAME: h}\n  _x._tcp: {SRV: 0 0 1 a}\n"), records("  _x._tcp: {SRV: 0 0 1 h}\n")),
    ("DNS-TARGET-ALIAS", records("  a: {CNAME: h}\n  b: {NS: a}\n"), records("  b: {NS: h}\n")),
    ("DNS-TARGET-NOWHERE", records("  '@': {MX: 10 g}\n"), records("  '@': {MX: 0 .}\n")),
    ("DNS-TARGET-NOWHERE", records("  a: {TXT: x}\n  '@': {MX: 10 a}\n"), records("  '@': {MX: 10 mx.elsewhere.example.}\n")),
    ("DNS-TARGET-NOWHERE", records("  _x._tcp: {SRV: 0 0 1 g}\n"), records("  _x._tcp: {SRV: 0 0 0 .}\n")),
    ("DNS-GLUE-MISSING", records("  b: {NS: ns.b}\n"), records("  b: {NS: ns.b}\n  ns.b: {AAAA: 3fff:100:9::2}\n")),
    ("DNS-BELOW-CUT", records("  b: {NS: h}\n  www.b: {TXT: x}\n"), records("  b: {NS: h}\n  www.c: {TXT: x}\n")),
    ("DNS-DS-NOWHERE", records(f"  b: {{DS: {DS}}}\n"), records(f"  b: {{DS: {DS}, NS: h}}\n")),
    ("DNS-DS-UNSIGNED", (MAIN, CHILD + f"ds: [{DS}]\n"), (MAIN, CHILD + f"ds: [{DS}]\ndnssec: true\n")),
    ("DNS-DS-MISSING", (SIGNED_ABOVE, CHILD + "dnssec: true\n"), (SIGNED_ABOVE, CHILD + f"dnssec: true\nds: [{DS}]\n")),
    ("DNS-DS-UNSIGNED", MAIN + f"ds: [{DS}]\n", MAIN + f"ds: [{DS}]\ndnssec: true\n"),
    ("DNS-DS-WEAK", records(f"  b: {{NS: h, DS: 1 13 1 {HASH[:40]}}}\n"), records(f"  b: {{NS: h, DS: [1 13 1 {HASH[:40]}, {DS}]}}\n")),
    ("DNS-DS-WEAK", records(f"  b: {{NS: h, DS: 1 5 2 {HASH}}}\n"), records(f"  b: {{NS: h, DS: 1 8 2 {HASH}}}\n")),
    ("DNS-SIGNING-TTL", records("  a: {TXT: {values: x, ttl: 86401}}\n") + "dnssec: true\n", records("  a: {TXT: {values: x, ttl: 86400}}\n") + "dnssec: true\n"),
    ("DNS-SIGNING-EXPIRE", SIGNED_ABOVE, MAIN),
    ("DNS-NS-SINGLE", MAIN + "servers: [ns1]\n", MAIN),
    ("DNS-PTR-MISSING", ("zone: b.example\nrecords:\n  a: {AAAA: 3fff:a00::1}\n", LAN), ("zone: b.example\nrecords:\n  a: {AAAA: 3fff:100::1}\n", LAN)),
    ("DNS-PTR-NOWHERE", (MAIN, "prefix: 192.0.2.0/24\nrecords:\n  9: {PTR: h.gov-wan.example.}\n"), (MAIN, "prefix: 192.0.2.0/24\n")),
    ("DNS-PTR-SEVERAL", (MAIN, "prefix: 192.0.2.0/24\nrecords:\n  9: {PTR: [a.example., b.example.]}\n"), (MAIN, "prefix: 192.0.2.0/24\n")),
    ("DNS-ADDRESS-FOREIGN", (LEAVE, RIVERS + "records:\n  a: {AAAA: 3fff:100:3::80}\n"), (LEAVE, RIVERS + "records:\n  a: {AAAA: 3fff:100:1::80}\n  b: {A: 198.51.100.200}\n")),
    ("DNS-ADDRESS-FOREIGN", (LEAVE, RIVERS + "records:\n  a: {A: 192.0.2.60}\n"), (LEAVE, RIVERS + "records:\n  a: {A: 192.0.2.30}\n")),
    ("DNS-NAME-HOST", records("  a_b: {AAAA: 3fff:100:9::2}\n"), records("  a_b: {TXT: x}\n  '*.c': {AAAA: 3fff:100:9::2}\n")),
    ("DNS-NAME-HOST", records("  a-: {AAAA: 3fff:100:9::2}\n"), records("  a-b: {AAAA: 3fff:100:9::2}\n")),
    ("DNS-NAME-HOST", records("  '@': {MX: 10 a_b.elsewhere.example.}\n"), records("  '@': {MX: 10 ab.elsewhere.example.}\n")),
    ("DNS-NAME-IDNA", records("  xn--a: {TXT: x}\n"), records("  森: {TXT: x}\n")),
    ("DNS-NAME-RESERVED", records("  ab--c: {TXT: x}\n"), records("  abc--d: {TXT: x}\n")),
    ("DNS-TTL-DIFFERS", records("  a: {TXT: [x, {values: y, ttl: 9}]}\n"), records("  a: {TXT: {values: [x, y], ttl: 9}}\n")),
    ("DNS-TXT-SPLIT", records(f"  a: {{TXT: {'x' * 256}}}\n"), records(f"  a: {{TXT: {'x' * 255}}}\n")),
    ("DNS-SPF", records("  '@': {TXT: v=spf1 mx -al}\n"), records("  '@': {TXT: v=spf1 mx a:h/24//64 ip6:3fff::/20 include:_spf.example -all}\n")),
    ("DNS-SPF", records("  '@': {TXT: [v=spf1 -all, v=spf1 mx]}\n"), records("  '@': {TXT: [v=spf1 -all, v=spf10]}\n")),
    ("DNS-SPF-LOOKUPS", records(f"  '@': {{TXT: v=spf1 {'mx ' * 11}-all}}\n"), records(f"  '@': {{TXT: v=spf1 {'mx ' * 10}-all}}\n")),
    ("DNS-SPF-TYPE", records("  '@': {SPF: v=spf1 -all}\n"), records("  '@': {TXT: v=spf1 -all}\n")),
    ("DNS-DMARC", records("  _dmarc: {TXT: v=DMARC1}\n"), records("  _dmarc: {TXT: v=DMARC1; p=none; pct=50; adkim=s}\n")),
    ("DNS-DMARC", records("  _dmarc: {TXT: p=reject; v=DMARC1}\n"), records("  _dmarc: {TXT: v=DMARC1; p=reject; }\n")),
    ("DNS-DMARC", records("  _dmarc: {TXT: v=DMARC1; p=deny}\n"), records("  a: {TXT: v=DMARC1; p=deny}\n")),
    ("DNS-DMARC", records("  _dmarc: {TXT: [v=DMARC1; p=none, v=DMARC1; p=reject]}\n"), records("  _dmarc.a: {TXT: v=DMARC1; p=reject}\n")),
    ("DNS-DMARC", records("  _dmarc: {TXT: v=DMARC1; p=none; p=none}\n"), records("  _dmarc: {TXT: v=DMARC1; p=none; sp=none}\n")),
    ("DNS-DMARC", records("  _dmarc: {TXT: v=DMARC1; p=none; pct=x}\n"), records("  _dmarc: {TXT: v=DMARC1; p=none; pct=100}\n")),
    ("DNS-TLSA", records(f"  _443._tcp.h: {{TLSA: 4 1 1 {HASH}}}\n"), records(f"  _443._tcp.h: {{TLSA: 3 1 1 {HASH}}}\n")),
    ("DNS-TLSA-PLACE", records(f"  h2: {{TLSA: 3 1 1 {HASH}}}\n"), records(f"  '*._tcp.h': {{TLSA: 3 1 1 {HASH}}}\n")),
    ("DNS-SSHFP", records(f"  a: {{SSHFP: 5 2 {HASH}}}\n"), records(f"  a: {{SSHFP: 4 2 {HASH}}}\n")),
    ("DNS-SSHFP", records("  a: {SSHFP: '\\# 4 04030102'}\n"), records(f"  a: {{SSHFP: 6 2 {HASH}}}\n")),
    ("DNS-SSHFP-SHA1", records(f"  a: {{SSHFP: 4 1 {HASH[:40]}}}\n"), records(f"  a: {{SSHFP: [4 1 {HASH[:40]}, 4 2 {HASH}]}}\n")),
]  # fmt: skip


def rules_of(root, zones):
    zones = zones if isinstance(zones, tuple) else (zones, LAN)
    return {finding.rule: finding for finding in linted(declare(root, *zones))}


@pytest.mark.parametrize(("rule", "broken", "sound"), CASES, ids=[f"{case[0]}-{at}" for at, case in enumerate(CASES)])
def test_a_zone_breaks_the_rule_and_one_like_it_does_not(tmp_path, rule, broken, sound):
    found = rules_of(tmp_path / "broken", broken)
    assert rule in found
    assert found[rule].severity == RULES[rule].severity
    assert found[rule].file.startswith("dns/")
    assert rule not in rules_of(tmp_path / "sound", sound)


def test_every_rule_has_a_case():
    elsewhere = {
        "DNS-NS-NONE",
        "DNS-DELEGATION-SERVERS",
        *(name for name in RULES if name.startswith("DNS-LIMIT")),
        *WAIVER_RULES,
    }
    assert {case[0] for case in CASES} | elsewhere == set(RULES)


def test_every_rule_says_what_it_is_about():
    for name, rule in RULES.items():
        assert name.startswith("DNS-")
        assert rule.severity in {"error", "warning", "info"}
        assert rule.fact[0].islower() or rule.fact.startswith(("MX", "CNAME", "SPF"))


def changed(network, view, zone, change):
    """The intended zones with one of them changed as no file can declare it."""
    declared, zones = intended(network)
    held = zones[view, zone]
    rrsets = dict(held.data.rrsets)
    change(rrsets)
    zones[view, zone] = replace(held, data=ZoneData(held.data.origin, rrsets))
    return {finding.rule for finding in lint(declared, zones, date(2026, 11, 22))}


def test_both_sides_of_a_cut_name_the_same_servers(tmp_path):
    network = declare(tmp_path, MAIN, CHILD)
    key = (names.wire("a.gov-wan.example"), 2)
    other = RRset(3600, (names.wire("ns.elsewhere.example"),))
    assert "DNS-DELEGATION-SERVERS" not in changed(network, "default", "gov-wan.example.", lambda _: None)
    assert "DNS-DELEGATION-SERVERS" in changed(
        network, "default", "gov-wan.example.", lambda found: found.update({key: other})
    )


def test_a_zone_has_a_server(tmp_path):
    network = declare(tmp_path, MAIN)
    key = (names.wire("gov-wan.example"), 2)
    assert "DNS-NS-NONE" in changed(network, "default", "gov-wan.example.", lambda found: found.pop(key))


def test_a_chain_of_aliases_without_end_is_followed_no_further_than_a_resolver_does(tmp_path):
    chain = "".join(f"  a{number}: {{CNAME: a{number + 1}}}\n" for number in range(40))
    found = [
        each
        for each in linted(declare(tmp_path, records(chain + "  a40: {CNAME: h}\n"), LAN))
        if each.rule == "DNS-CNAME-CHAIN"
    ]
    assert len(found) == 40
    assert any("16 aliases or more" in each.message for each in found)


def test_a_finding_says_where_and_in_which_view(tmp_path):
    network = declare(tmp_path, records("  a: {CNAME: nowhere}\n"), LAN)
    (found,) = (each for each in linted(network) if each.severity == "error")
    assert (found.view, found.zone, found.name) == ("default", "gov-wan.example.", "a.gov-wan.example.")
    assert (found.place, found.rule) == ("dns/zones/0.yaml:4", "DNS-CNAME-NOWHERE")


def test_what_stands_in_another_view_is_not_there_in_this_one(tmp_path):
    text = (
        MAIN
        + "views: [internal, outside]\nrecords:\n  h: {AAAA: 3fff:100:9::1}\n  a: {CNAME: {values: h, views: [internal, outside]}}\n"
    )
    found = {(each.rule, each.view) for each in linted(declare(tmp_path, text, LAN, views=VIEWS))}
    assert ("DNS-CNAME-NOWHERE", "outside") in found
    assert ("DNS-CNAME-NOWHERE", "internal") not in found


def test_a_closed_view_need_not_answer_for_addresses(tmp_path):
    text = (
        MAIN + "views: [internal, outside]\nrecords:\n  a: {AAAA: {values: 3fff:a00::1, views: [internal, outside]}}\n"
    )
    found = {
        (each.name, each.view)
        for each in linted(declare(tmp_path, text, views=VIEWS))
        if each.rule == "DNS-PTR-MISSING"
    }
    assert ("a.gov-wan.example.", "internal") in found
    assert ("a.gov-wan.example.", "outside") not in found


def test_every_ptr_of_a_classless_zone_leads_back(tmp_path):
    network = declare(tmp_path, MAIN, "prefix: 192.0.2.0/24\n", "prefix: 192.0.2.16/28\n")
    found = {each.rule for each in linted(network) if "192.in-addr" in each.zone or "192.0.2" in each.message}
    assert found == set()


WAIVED = "waivers: [{rule: DNS-NAME-HOST, zone: gov-wan.example, until: 2026-11-30, reason: an old gauge%s}]\n"
GAUGE = records("  a_b: {AAAA: 3fff:100:9::2}\n  c_d: {AAAA: 3fff:100:9::3}\n")


def standing(root, policy, day):
    network = declare(root, GAUGE, LAN, policy=POLICY + policy)
    return {
        (each.name.split(".")[0], each.rule, bool(each.waived))
        for each in linted(network, day)
        if each.rule != "DNS-PTR-MISSING"
    }


def test_a_waiver_holds_up_to_its_day(tmp_path):
    assert standing(tmp_path, WAIVED % "", date(2026, 11, 30)) == {
        ("a_b", "DNS-NAME-HOST", True),
        ("c_d", "DNS-NAME-HOST", True),
    }


def test_a_waiver_may_be_for_one_name(tmp_path):
    assert standing(tmp_path, WAIVED % ", name: a_b", date(2026, 11, 30)) == {
        ("a_b", "DNS-NAME-HOST", True),
        ("c_d", "DNS-NAME-HOST", False),
    }


def test_a_waiver_that_is_over_is_a_finding_itself(tmp_path):
    assert standing(tmp_path, WAIVED % "", date(2026, 12, 1)) == {
        ("a_b", "DNS-NAME-HOST", False),
        ("c_d", "DNS-NAME-HOST", False),
        ("gov-wan", "DNS-WAIVER-EXPIRED", False),
    }


def test_a_waiver_that_nothing_needs_is_told(tmp_path):
    policy = WAIVED.replace("DNS-NAME-HOST", "DNS-SPF") % ""
    assert ("gov-wan", "DNS-WAIVER-UNUSED", False) in standing(tmp_path, policy, date(2026, 11, 30))


def test_the_reference_network_breaks_no_rule():
    assert [each for each in linted(reference()) if not each.waived] == []


ORIGIN = names.wire("a.example")


def zone(hosts, servers=("ns1.a.example", "ns2.a.example")):
    rrsets = {
        (names.wire(f"h{number}", ORIGIN), 1): RRset(60, (bytes((192, 0, 2, number % 256)),)) for number in range(hosts)
    }
    return ZoneData(ORIGIN, rrsets | {(ORIGIN, 2): RRset(60, tuple(names.wire(each) for each in servers))})


@pytest.mark.parametrize(
    ("before", "after", "needed"),
    [
        (zone(100), zone(95), []),
        (zone(100), zone(89), ["deletions: 11"]),
        (zone(20), zone(14), ["deleted_percent: 28"]),
        (zone(100), zone(50), ["deletions: 50", "deleted_percent: 50"]),
        (zone(10), zone(10, ("ns1.a.example",)), ["apex_ns: true"]),
        (zone(10), zone(10, ("ns1.a.example", "ns3.a.example")), ["apex_ns: true"]),
        (ZoneData(ORIGIN, {}), zone(100), []),
        (zone(0), zone(100), []),
        (zone(0, ("invalid",)), zone(100), []),  # as a zone begins on a new primary
        (zone(10, ("invalid",)), zone(5), ["deleted_percent: 46"]),
        (zone(10), zone(10, ("invalid",)), ["apex_ns: true"]),
    ],
)
def test_a_plan_beyond_a_limit_is_told_what_it_has_to_say(before, after, needed):
    running = sum(len(rrset.rdatas) for rrset in before.rrsets.values())
    found = list(exceeded(difference(before, after), running, allowance(Limits(10, 20))))
    assert [each.needed for each in found] == needed
    assert all(each.rule in RULES and each.zone == "a.example." for each in found)


def test_a_plan_that_says_what_it_does_is_let_pass():
    change = difference(zone(100), zone(50, ("ns9.a.example",)))
    allowed = replace(allowance(Limits(10, 20)), deletions=52, deleted_percent=60, apex_ns=True)
    assert list(exceeded(change, 102, allowed)) == []

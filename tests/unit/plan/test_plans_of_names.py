"""What a plan makes of zones and name servers, and what it tells whoever approves it, from texts that are written here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from declared_names import MAIN, declare, intended
from networks import ROOT, reference
from zonewriting import changed as with_lines

from netctl.devices.nameserver.server import NameServer, ZonePlace
from netctl.devices.rules import rules_of
from netctl.model.artefact import Part, RunningState
from netctl.model.plan import Plan, TargetPlan, Wave, ZoneAllowance
from netctl.plan import with_names
from netctl.plan.names import NamesShare
from netctl.plan.servers import ServerShare
from netctl.plan.zonepart import unnumbered
from netctl.plan.zones import ZoneShare
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.catalogs import catalogs
from netctl.services.dns.load import load
from netctl.services.dns.rules.limits import allowance, exceeded
from netctl.services.dns.servers import server_intent
from netctl.zones.data import SOA, ZoneData
from netctl.zones.difference import difference, with_serial

ZONE = MAIN + "records: {www: {AAAA: '3fff:200:1::80'}, mail: {AAAA: '3fff:200:1::25'}}\n"
ROUTER = TargetPlan("rivers-hq-r1", "frr", "rivers-hq", "0" * 64, (), (), (), ())
ROUTERS = Plan(
    "gov-wan", "1" * 64, "2026-11-22T06:00:00Z", (ROUTER,), (Wave(1, (("rivers-hq", ("rivers-hq-r1",)),)),), ()
)
NOTHING = replace(ROUTERS, targets=(), waves=())


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """What is declared, and its one zone."""
    declared, zones = intended(declare(tmp_path_factory.mktemp("network"), ZONE))
    return declared, zones["default", "gov-wan.example."]


def differing(named, *lines: str, **more) -> ZoneShare:
    """The zone as it is declared but for these lines, which say what runs instead."""
    declared, zone = named
    apex = (zone.data.origin, SOA)
    served = {**zone.data.rrsets, apex: with_serial(zone.data.rrsets[apex], 10)}
    running = with_lines(ZoneData(zone.data.origin, served), *lines)
    change = unnumbered(difference(running, zone.data))
    limits = tuple(exceeded(change, zone.count, allowance(declared.policy.limits)))
    place = ZonePlace(NameServer("ns1", ("192.0.2.53",)), zone.data.origin, zone.view)
    return ZoneShare(place, zone, running, change, limits=limits, **more)


def names_of(named, *zones: ZoneShare, allowances=(), servers=()) -> NamesShare:
    roles = {"primary": 1, "secondary": 1}
    return NamesShare("7" * 64, servers, zones, (), allowances, roles, named[0].places)


def made(named, *zones: ZoneShare, routers: Plan = NOTHING, **more) -> Plan:
    return with_names(routers, reference(), names_of(named, *zones, **more), rules_of(ROOT))


def risks(plan: Plan) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in plan.findings]


def test_a_difference_is_one_step_without_routers_and_two_with_them(named):
    share = differing(named, "old 300 AAAA 3fff:200:1::9", "-www AAAA")
    (alone,) = made(named, share).targets
    assert [line.op for line in alone.diff] == ["context", "remove", "context", "add"]
    leaving, router, coming = made(named, share, routers=ROUTERS).targets
    assert leaving.target == "gov-wan.example@default~leaving" and coming.target == "gov-wan.example@default"
    assert [line.text for line in leaving.diff] == ["old", "300 AAAA 3fff:200:1::9"]
    assert router == ROUTER and [line.op for line in coming.diff] == ["context", "add"]


def test_the_same_names_give_the_same_digest_whatever_the_serial(named):
    one = differing(named, "old 300 AAAA 3fff:200:1::9")
    apex = (one.running.origin, SOA)
    later = {**one.running.rrsets, apex: with_serial(one.running.rrsets[apex], 99)}
    other = replace(one, running=ZoneData(one.running.origin, later))
    assert made(named, one).digest == made(named, other).digest


def test_a_reason_against_a_zone_is_told_and_is_high(named):
    plan = made(named, differing(named, "old 300 AAAA 3fff:200:1::9", refused="NETCTL-E1022: it belongs to another"))
    assert ("RISK-DNS-IMPOSSIBLE", "high") in risks(plan)


def test_what_the_server_would_pass_over_is_told_before_it_is_sent(named):
    share = differing(named, "www 300 AAAA 3fff:200:1::80")
    beside = {**share.running.rrsets, **with_lines(ZoneData(share.running.origin, {}), "www 300 CNAME mail").rrsets}
    (finding,) = made(named, replace(share, running=ZoneData(share.running.origin, beside))).findings
    assert finding.code == "RISK-DNS-IMPOSSIBLE" and "CNAME" in finding.message


def test_a_server_of_the_zone_that_would_lose_its_only_address_for_a_while_is_told(named):
    address = next(iter(named[0].servers["ns1"].addresses))
    share = differing(named, f"ns1 3600 AAAA {address}", "-ns1 A", "-ns2 AAAA")
    moved = with_lines(share.intended.data, f"portal 300 AAAA {address}", "ns1 3600 AAAA 3fff:200:1::54")
    change = unnumbered(difference(share.running, moved))
    plan = made(named, replace(share, change=change, limits=()), routers=ROUTERS)
    (finding,) = (finding for finding in plan.findings if finding.code == "RISK-DNS-IMPOSSIBLE")
    assert "ns1.gov-wan.example." in finding.message and "two plans" in finding.message
    assert not made(named, replace(share, change=change, limits=())).findings


def test_a_name_of_a_router_s_management_that_goes_is_told_once_with_the_routers(named):
    share = differing(named, "old 300 AAAA 3fff:600::3:2", "older 300 AAAA 3fff:600::3:3")
    (finding,) = made(named, share).findings
    assert finding.code == "RISK-DNS-MANAGEMENT" and "rivers-hq-r1, rivers-hq-r2" in finding.message


def test_what_is_beyond_limits_says_the_words_for_all_of_it(named):
    gone = [f"h{number} 300 AAAA 3fff:200:1::{number:x}" for number in range(1, 250)]
    share = differing(named, *gone)
    plan = made(named, share)
    assert set(risks(plan)) == {("RISK-DNS-BEYOND-LIMITS", "high")}
    assert all("--allow gov-wan.example:deletions=249,deleted_percent=" in each.message for each in plan.findings)
    allowed = made(named, replace(share, allowed=True), allowances=(ZoneAllowance("gov-wan.example.", 249, 100),))
    assert {code for code, _ in risks(allowed)} == {"RISK-DNS-LIMIT"}
    unused = made(named, differing(named, "-www AAAA"), allowances=(ZoneAllowance("gov-wan.example.", 249, 100),))
    assert risks(unused) == [("RISK-DNS-ALLOWANCE-UNUSED", "low")]


# ── name servers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def server(name: str, *changes: tuple[str, str], empty: bool = False) -> ServerShare:
    """One of the reference network's servers, but for texts replaced by others in what it holds."""
    declared = load(reference())
    intent = server_intent(declared, name)
    artefact = NameServerRenderer(ROOT).render(intent)
    parts = []
    for part in artefact.parts:
        text = "" if empty else part.text
        for old, new in changes:
            text = text.replace(old, new)
        parts.append(Part(part.name, text))
    return ServerShare(
        declared.servers[name], intent.writes, RunningState(name, artefact.platform, tuple(parts)), artefact
    )


def test_a_server_as_it_is_declared_is_no_target(named):
    assert made(named, servers=(server("ns1"), server("ns3"))).empty


def test_a_server_is_told_with_the_templates_line_and_the_zones_that_come_and_go(named):
    held = server("ns1", ("forests.gov-wan.example", "old.example"))
    assert held.new == {("internal", "forests.gov-wan.example")}
    assert held.dropped == {("internal", "old.example")}
    plan = made(named, servers=(held,))
    (target,) = plan.targets
    assert (target.kind, target.platform, target.group) == ("server", "bind", "name-servers-primary")
    assert all(line.origin.startswith("templates/dns/") for line in target.diff if line.op == "add")
    assert ("RISK-DNS-ZONE-DROPPED", "high") in risks(plan) and ("RISK-DNS-ALONE", "medium") in risks(plan)


def test_a_server_that_was_never_configured_begins_every_zone_with_the_first_one(named):
    share = server("ns1", empty=True)
    assert ("lgwan", "gov-wan.example") in share.new and ("internal", "catalog.gov-wan.example") in share.new
    first = share.first(named[1].data.origin)
    assert first.serial == 1 and len(first.rrsets) == 2
    fresh = differing(named)
    change = unnumbered(difference(first, fresh.intended.data))
    assert not tuple(exceeded(change, 2, allowance(named[0].policy.limits)))
    plan = made(named, replace(fresh, running=first, change=change, fresh=True))
    assert risks(plan) == [("RISK-DNS-ZONE-NEW", "info")]


def test_a_view_has_a_catalog_where_a_primary_of_ours_holds_it():
    declared = load(reference())
    ((view, name),) = catalogs(declared)
    found = catalogs(declared)[view, name]
    assert (view, name) == ("internal", "catalog.gov-wan.example.")
    members = sum(key[1] == 12 for key in found.data.rrsets)
    assert members == sum("internal" in zone.views for zone in declared.zones)
    origins = {found.origin_of(key).derived for key in found.data.rrsets}
    assert "zone rivers.gov-wan.example." in origins
    others = {name: replace(each, management_address="") for name, each in declared.servers.items()}
    assert not catalogs(replace(declared, servers=others))

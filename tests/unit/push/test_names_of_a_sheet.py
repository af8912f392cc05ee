"""What a rollout's sheet says of name servers and zones: plain data, whose names are asked again, secrets by reference."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from mixed_plans import zone_plan

from netctl.errors import NameOfAnother, NamesMoved, PlanBeyondLimits, ZonePartDamaged
from netctl.inventory import load, reference_root
from netctl.model.artefact import Part
from netctl.model.network import Network
from netctl.model.places import ZoneTargetName, server_group
from netctl.model.plan import DiffLine, Plan, TargetPlan, Wave, ZoneAllowance
from netctl.push.names_sheet import names_sheet, serving
from netctl.push.sheet import Sheet, make_sheet, part_of_sheet, sheet_back, sheet_written_by
from netctl.push.zoneways import ZoneWays
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.load import load as load_names
from netctl.services.routing import derive
from netctl.settings import Settings
from netctl.store import Store

RIVERS = ZoneTargetName("rivers.gov-wan.example", "internal")
CATALOG = ZoneTargetName("catalog.gov-wan.example", "internal")
HELD = {("www", "AAAA"): ("3fff:100:1::80",)}
NEW = {("new", "AAAA"): ("3fff:100:1::9",)}


@cache
def network() -> Network:
    return load(reference_root())


@cache
def declared() -> DeclaredDns:
    found = load_names(network())
    assert found is not None
    return found


def plan(*targets: TargetPlan, allowances: tuple[ZoneAllowance, ...] = ()) -> Plan:
    groups = tuple((target.group, (target.target,)) for target in targets)
    return Plan("n", "d", "", targets, (Wave(1, groups),), (), names_digest="e", allowances=allowances)


def zone(name: ZoneTargetName = RIVERS, wanted: dict | None = None) -> TargetPlan:
    return zone_plan(name, HELD, {**HELD, **(NEW if wanted is None else wanted)})


def server(name: str, role: str) -> TargetPlan:
    parts = (Part("knot.conf", "x\n"),)
    diff = (DiffLine("add", "knot.conf", 0, "x"),)
    return TargetPlan(name, "knot", server_group(role), "5" * 64, parts, (), (), diff, kind="server")


def sheet(*targets: TargetPlan, writer: str = "", allowances: tuple[ZoneAllowance, ...] = ()) -> Sheet:
    made = plan(*targets, allowances=allowances)
    return json.loads(
        json.dumps(make_sheet(network(), derive(network()), made, "ann", declared=declared(), writer=writer))
    )


def test_a_zone_is_written_by_the_main_primary_and_copied_by_every_other_server_of_its_view() -> None:
    names = sheet(zone())["names"]
    assert serving(names, str(RIVERS)) == ["ns1", "ns2", "ns3", "ns4"]
    assert set(names["servers"]) == {"ns1", "ns2", "ns3", "ns4"}
    assert names["servers"]["ns3"]["zones"] == {}, "what a server serves is only told where servers change"


def test_a_catalog_is_copied_by_the_servers_that_understand_it_and_belongs_to_nobody() -> None:
    names = sheet(zone(CATALOG))["names"]
    assert serving(names, str(CATALOG)) == ["ns1", "ns2", "ns3"]


def test_no_secret_is_in_a_sheet_but_by_its_reference() -> None:
    names = sheet(zone(), server("ns3", "secondary"))["names"]
    assert names["keys"]["internal"]["update"]["secret"] == "dns/update"
    assert names["keys"]["lgwan"]["transfer"]["secret"] == "dns/view-lgwan"
    assert names["servers"]["ns3"]["own"] == ["dns/transfer", "dns/notify"]
    assert set(names["references"]) == {"dns/transfer", "dns/update", "dns/notify", "dns/view-lgwan"}


def test_the_limits_are_those_of_the_policy_unless_the_plan_may_do_more() -> None:
    facts = sheet(zone())["names"]["zones"][str(RIVERS)]
    assert (facts["deletions"], facts["deleted_percent"], facts["apex_ns"]) == (100, 20, False)
    more = ZoneAllowance("rivers.gov-wan.example.", deletions=250, apex_ns=True)
    facts = sheet(zone(), allowances=(more,))["names"]["zones"][str(RIVERS)]
    assert (facts["deletions"], facts["deleted_percent"], facts["apex_ns"]) == (250, 20, True)


def test_a_promoted_primary_is_the_one_that_is_written_to_wherever_it_serves() -> None:
    made = sheet(zone(), server("ns3", "secondary"), writer="ns2")
    assert serving(made["names"], str(RIVERS))[:2] == ["ns2", "ns1"]
    assert made["names"]["servers"]["ns3"]["source"] == "ns2"
    assert serving(sheet_written_by(made, "")["names"], str(RIVERS))[0] == "ns1"


def test_the_share_of_a_group_is_its_zone_and_who_serves_it_or_the_servers_of_its_role() -> None:
    made = sheet(zone(), zone(CATALOG), server("ns4", "secondary"))
    part = part_of_sheet(made, [str(CATALOG)])
    assert (set(part["names"]["zones"]), set(part["names"]["servers"])) == ({str(CATALOG)}, {"ns1", "ns2", "ns3"})
    part = part_of_sheet(made, ["ns4"])
    assert (set(part["names"]["zones"]), set(part["names"]["servers"])) == (set(), {"ns1", "ns3", "ns4"})
    assert "rivers.gov-wan.example" in part["names"]["servers"]["ns4"]["zones"]["internal"]
    assert sheet_back(made, plan(zone()), "ben")["names"] == made["names"]


def test_a_plan_of_routers_alone_has_no_names_in_its_sheet() -> None:
    router = replace(server("rivers-hq-r1", "primary"), kind="router", group="rivers-hq")
    assert "names" not in sheet(router)


def test_lines_that_people_were_not_shown_are_not_pushed() -> None:
    target = zone()
    with pytest.raises(ZonePartDamaged):
        names_sheet(declared(), plan(replace(target, diff=target.diff[:-1])))


def test_how_much_goes_is_asked_of_both_steps_of_a_zone_together() -> None:
    def gone(name: ZoneTargetName, start: int) -> TargetPlan:
        held = {(f"h{each}", "AAAA"): ("3fff:100:1::9",) for each in range(start, start + 60)}
        return zone_plan(name, {**HELD, **held}, HELD)

    steps = gone(RIVERS._replace(leaving=True), 0), gone(RIVERS, 60)
    names_sheet(declared(), plan(steps[1]))
    with pytest.raises(PlanBeyondLimits, match="deletions: 120"):
        names_sheet(declared(), plan(*steps))
    names_sheet(declared(), plan(*steps, allowances=(ZoneAllowance("rivers.gov-wan.example.", deletions=120),)))


def test_whose_a_name_is_is_asked_again_when_the_push_begins() -> None:
    above = ZoneTargetName("gov-wan.example", "internal")
    with pytest.raises(NameOfAnother):
        names_sheet(declared(), plan(zone(above, {("www.rivers", "TXT"): ('"x"',)})))


@pytest.mark.parametrize("name", [ZoneTargetName("nobody.example", "internal"), RIVERS._replace(view="elsewhere")])
def test_a_zone_that_nobody_declares_is_not_pushed(name: ZoneTargetName) -> None:
    with pytest.raises(NamesMoved):
        names_sheet(declared(), plan(zone(name)))


def test_places_lead_where_the_sheet_says_with_the_keys_of_the_view(tmp_path: Path, monkeypatch) -> None:
    for reference in ("TRANSFER", "UPDATE"):
        monkeypatch.setenv(f"NETCTL_SECRET_DNS_{reference}", "c2VjcmV0IG9mIHRoaXMgdGVzdA==")
    made = sheet(zone(), server("resolve1", "resolver"))["names"]
    with Store.open(f"sqlite:///{tmp_path / 'netctl.db'}", create=True) as store:
        ways = ZoneWays(made, Settings(home=tmp_path), store)
        writer = ways.writer(str(RIVERS))
        assert (writer.where, writer.update is not None) == ("ns1 rivers.gov-wan.example (internal)", True)
        assert [place.server.name for place in ways.copies(str(RIVERS))] == ["ns2", "ns3", "ns4"]
        assert all(place.update is None for place in ways.copies(str(RIVERS)))
        assert set(ways.first_names("resolve1")) == {"internal"}

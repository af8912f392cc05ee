"""One plan from nothing to a network that answers: name servers that were never configured, and every zone they serve."""

from __future__ import annotations

import os
import shutil

import pytest
from fleet import Fleet

from integration.daemons.promotion_lan import NAMES, SECRETS, PromotionLan
from integration.daemons.scratch_servers import PROGRAMS
from netctl.change.approvals import refuse_unproposable
from netctl.control.changes import making
from netctl.control.changes.plan import plan
from netctl.control.dns.boxes import server_connector
from netctl.control.dns.names import names_of
from netctl.control.dns.places import Places
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.inventory import load
from netctl.model.places import zone_target
from netctl.model.plan import Plan, TargetPlan
from netctl.plan.zonepart import change_of, changed, content_digest
from netctl.zones.names import wire

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or any(shutil.which(each, path="/usr/sbin:/usr/bin") is None for each in PROGRAMS.values()),
    reason="needs root, BIND, Knot, NSD and Unbound",
)
CATALOG = "catalog.gov-wan.example@internal"
MARSHES = """\
zone: marshes.gov-wan.example
records:
  www: {AAAA: 3fff:200:1::8080}
"""


class EmptyLan(PromotionLan):
    """Boxes as they come: no daemon was ever started on them."""

    def fill(self) -> None:
        """Nothing: that is the plan's to do."""


@pytest.fixture(scope="module")
def lan(tmp_path_factory):
    made = EmptyLan(tmp_path_factory.mktemp("lan"))
    try:
        yield made.up()
    finally:
        made.down()


@pytest.fixture
def planned(lan, monkeypatch):
    """The plan of everything; routers are as declared."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    fleet = Fleet(load(lan.root), lan.root)
    monkeypatch.setattr(making, "connector", lambda *_: lambda device: fleet.connect(device.name))
    return lambda **more: plan(lan.root, lan.settings, **more).plan


def carry_out(lan: PromotionLan, made: Plan) -> None:
    """Every target in its order, as a push does it."""
    targets = {target.target: target for target in made.targets}
    found = names_of(lan.root).declared
    connect = server_connector(lan.root, lan.settings, found, push=True)
    with lan.store() as store:
        for name in (name for wave in made.waves for _, members in wave.groups for name in members):
            target = targets[name]
            if target.kind == "zone":
                _write_zone(Places(found, lan.settings), Notes(store), target)
                continue
            with connect(found.servers[name]) as box:
                assert box.fetch().digest == target.running_digest
                box.stage(target.intended)
                box.commit(f"netctl-{name}", 60)
                box.confirm(f"netctl-{name}")


def _write_zone(places: Places, notes: Notes, target: TargetPlan) -> None:
    name = zone_target(target.target)
    place = places.main(name.view, wire(name.zone))
    zone = ZoneTarget(place, notes, owner="sato", seconds=20)
    held = zone.fetch().data
    assert content_digest(held) == target.running_digest, target.target
    zone.stage(changed(held, change_of(target, place.origin)))
    zone.commit(target.target + target.running_digest, 60)
    zone.confirm(target.target + target.running_digest)


def codes(made: Plan) -> set[str]:
    return {finding.code for finding in made.findings}


def test_one_plan_leads_from_boxes_without_a_configuration_to_zones_that_are_served(lan, planned):
    made = planned()
    assert not made.unreachable
    assert [target.target for target in made.targets[: len(NAMES)]] == ["ns2", "ns1", "ns3", "ns4", "resolve1"]
    assert {target.kind for target in made.targets[len(NAMES) :]} == {"zone"}
    assert made.targets[len(NAMES)].target == CATALOG and made.waves[3].groups == ((CATALOG, (CATALOG,)),)
    assert {"RISK-DNS-ZONE-NEW", "RISK-DNS-ALL", "RISK-DNS-ALONE"} <= codes(made)
    refuse_unproposable(made)
    carry_out(lan, made)
    assert lan.ask("ns1", "www.rivers.gov-wan.example.", "AAAA").answer
    again = planned()
    assert again.empty and not again.unreachable


def test_a_zone_that_is_new_and_one_that_goes_are_a_matter_of_servers_zones_and_the_catalog(lan, planned):
    if planned().targets:
        pytest.skip("the servers were not filled")
    zones = lan.root / "dns" / "zones"
    (zones / "marshes.yaml").write_text(MARSHES)
    (zones / "forests.gov-wan.example.yaml").unlink()
    made = planned()
    names = [target.target for target in made.targets]
    assert {"ns1", "ns2", "ns4"} <= set(names)
    coming = {"marshes.gov-wan.example@internal", "gov-wan.example@internal"}
    assert coming <= set(names[names.index(CATALOG) :])
    assert not any(name.startswith("forests.") for name in names)
    assert {"RISK-DNS-ZONE-NEW", "RISK-DNS-ZONE-DROPPED"} <= codes(made)
    (dropped,) = (finding for finding in made.findings if finding.code == "RISK-DNS-ZONE-DROPPED")
    assert dropped.target == "ns1" and "forests.gov-wan.example (internal)" in dropped.message
    refuse_unproposable(made)
    carry_out(lan, made)
    assert planned().empty
    assert lan.ask("ns1", "www.marshes.gov-wan.example.", "AAAA").answer
    assert not lan.ask("ns1", "www.forests.gov-wan.example.", "AAAA").answer


def test_a_server_that_does_not_answer_is_told_by_its_name_and_stops_no_other(lan, planned):
    lan.unplug("ns4")
    made = planned()
    ((name, error),) = made.unreachable
    assert name == "ns4" and "NETCTL-E030" in error

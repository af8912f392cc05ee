"""`netctl plan` where routers, name servers and zones are one plan: zones are on real BIND, routers are not there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fleet import Fleet
from served_names import ZONES, declare_more

from netctl.change.approvals import refuse_unproposable
from netctl.control.changes import making
from netctl.control.changes.plan import plan, read_plan
from netctl.control.dns.names import Names, names_of
from netctl.control.dns.places import Places
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.errors import AllowanceInvalid, PlanBeyondLimits, PlanUnsafe, SecretMissing, UnknownDevice, ZoneImpossible
from netctl.inventory import load
from netctl.model.plan import Plan, TargetPlan, ZoneAllowance
from netctl.plan.zonepart import change_of, changed, content_digest
from netctl.zones.data import RRset, ZoneData
from netctl.zones.names import wire

RIVERS, FORESTS, OWN = ZONES
SITE = ("rivers-hq-r1", "rivers-hq-r2")


@pytest.fixture
def fleet(served, monkeypatch) -> Fleet:
    """All routers, behind the seam by which real ones are reached."""
    root, _, _ = served
    there = Fleet(load(root), root)
    monkeypatch.setattr(making, "connector", lambda *_: lambda device: there.connect(device.name))
    return there


@pytest.fixture
def planned(served, settings, fleet):
    """A plan of two zones and a site."""

    def make(*names: str, **more) -> Plan:
        return plan(served[0], settings, names=names or (RIVERS, FORESTS, "rivers-hq"), **more).plan

    return make


@pytest.fixture
def zone(served, settings, store):
    """One zone where it is written."""
    origin = wire(RIVERS)
    place = Places(names_of(served[0]).declared, settings).main("internal", origin)
    return ZoneTarget(place, Notes(store), owner="sato")


def carry_out(zone: ZoneTarget, target: TargetPlan) -> None:
    """One target of the zone, as a push does it."""
    held = zone.fetch().data
    assert content_digest(held) == target.running_digest
    zone.stage(changed(held, change_of(target, held.origin)))
    zone.commit(target.target, 60)
    zone.confirm(target.target)


def redeclare(root, *changes: tuple[str, str]) -> None:
    file = root / "dns" / "zones" / f"{RIVERS}.yaml"
    text = file.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


def test_zones_and_routers_that_are_as_declared_are_an_empty_plan(planned):
    made = planned()
    assert made.empty and not made.unreachable and not made.findings
    assert re.fullmatch("[0-9a-f]{64}", made.names_digest)


def test_a_zone_alone_is_one_target_in_one_step_with_the_place_of_each_record(planned, served, settings, tmp_path):
    declare_more(served[0], "new: {AAAA: 3fff:100:1::99}")
    redeclare(served[0], ("levels: {CNAME: www}", "levels: {CNAME: phone}"))
    made = planned(RIVERS, out=tmp_path / "plan.json")
    (target,) = made.targets
    assert (target.target, target.kind, target.organisation) == (f"{RIVERS}@internal", "zone", "rivers")
    assert [(line.op, line.text) for line in target.diff] == [
        ("context", "levels"),
        ("remove", f"3600 CNAME www.{RIVERS}."),
        ("add", f"3600 CNAME phone.{RIVERS}."),
        ("context", "new"),
        ("add", "3600 AAAA 3fff:100:1::99"),
    ]
    assert all(line.origin.startswith(f"dns/zones/{RIVERS}.yaml:") for line in target.diff if line.op == "add")
    assert [wave.groups for wave in made.waves] == [((target.group, (target.target,)),)]
    refuse_unproposable(made)
    assert read_plan(tmp_path / "plan.json") == made


def test_an_address_leaves_its_name_before_the_routers_and_comes_to_another_after_them(planned, served, fleet, zone):
    # gauge-1 hands its address to gauge-9, gauge-2 goes altogether, mail loses one of two addresses, tide is new.
    redeclare(
        served[0],
        (
            "gauge-1: {AAAA: {values: 3fff:100:1::1:1, ttl: 300}}",
            "gauge-9: {AAAA: {values: 3fff:100:1::1:1, ttl: 300}}",
        ),
        ("  mail: {AAAA: 3fff:100:1::25, A: 192.0.2.25}", "  mail: {AAAA: 3fff:100:1::25}"),
        ("gauge-2: {AAAA: {values: 3fff:100:1::1:2, ttl: 300}}", "tide: {AAAA: 3fff:100:1::1:3}"),
    )
    fleet.texts["rivers-hq-r1"] = {"frr.conf": "hostname rivers-hq-r1\n"}
    made = planned()
    leaving, router, coming = made.targets
    assert (leaving.target, router.kind, coming.target) == (
        f"{RIVERS}@internal~leaving",
        "router",
        f"{RIVERS}@internal",
    )
    assert leaving.group == coming.group
    assert [line.text for line in leaving.diff] == [
        "gauge-1",
        "300 AAAA 3fff:100:1::1:1",
        "gauge-2",
        "300 AAAA 3fff:100:1::1:2",
    ]
    assert [(line.op, line.text) for line in coming.diff if line.op != "context"] == [
        ("add", "300 AAAA 3fff:100:1::1:1"),
        ("remove", "3600 A 192.0.2.25"),
        ("add", "3600 AAAA 3fff:100:1::1:3"),
    ]
    order = [members for wave in made.waves for _, members in wave.groups]
    assert order == [(leaving.target,), ("rivers-hq-r1",), (coming.target,)]
    assert "RISK-DNS-LEAVING" in {finding.code for finding in made.findings}
    refuse_unproposable(made)
    carry_out(zone, leaving)
    carry_out(zone, coming)
    fleet.texts.clear()
    assert planned().empty


def test_a_router_alone_is_planned_without_a_look_at_names(planned, served, settings, fleet):
    fleet.texts["rivers-hq-r1"] = {"frr.conf": "hostname rivers-hq-r1\n"}
    made = planned("rivers-hq")
    assert made.names_digest == "" and [target.target for target in made.targets] == ["rivers-hq-r1"]
    assert not {"names_digest", "allowances"} & made.as_dict().keys()


def test_what_is_beyond_the_limits_has_to_be_said_and_is_shown_to_who_approves(planned, zone):
    held = zone.fetch().data
    more = {
        (b"\5x%04d" % number + held.origin, 1): RRset(300, (b"\xc0\0\2%c" % (number % 250),)) for number in range(300)
    }
    zone.stage(ZoneData(held.origin, {**held.rrsets, **more}))
    zone.commit("t-1", 60)
    zone.confirm("t-1")
    made = planned(RIVERS)
    with pytest.raises(PlanBeyondLimits, match=rf"--allow {RIVERS}:deletions=300,deleted_percent=9\d"):
        refuse_unproposable(made)
    with pytest.raises(PlanBeyondLimits):
        refuse_unproposable(planned(RIVERS, allow=[f"{RIVERS}:deletions=300"]))
    allowed = planned(RIVERS, allow=[f"{RIVERS}:deletions=300,deleted_percent=99"])
    refuse_unproposable(allowed)
    assert allowed.allowances == (ZoneAllowance(f"{RIVERS}.", 300, 99),)
    risks = [(finding.code, finding.severity) for finding in allowed.findings]
    assert risks == [("RISK-DNS-LIMIT", "high"), ("RISK-DNS-LIMIT", "high")]
    assert allowed.digest != made.digest


@pytest.mark.parametrize(
    "words",
    [
        RIVERS,
        f"{RIVERS}:",
        f"{RIVERS}:everything",
        f"{RIVERS}:deletions",
        f"{RIVERS}:deletions=-1",
        f"{RIVERS}:deletions=1,deletions=2",
        f"{RIVERS}:deleted_percent=101",
        f"{RIVERS}:apex_ns=1",
        "elsewhere.example:apex_ns",
        f"{FORESTS}:apex_ns",
    ],
)
def test_what_cannot_be_allowed_is_said(planned, words):
    with pytest.raises(AllowanceInvalid):
        planned(RIVERS, allow=[words])


def test_an_allowance_that_nothing_needs_is_told(planned, served):
    declare_more(served[0], "new: {AAAA: 3fff:100:1::99}")
    made = planned(RIVERS, allow=[f"{RIVERS}:apex_ns"])
    assert [finding.code for finding in made.findings] == ["RISK-DNS-ALLOWANCE-UNUSED"]


def test_a_zone_that_cannot_be_read_is_told_and_keeps_the_plan_from_being_proposed(planned, served):
    declare_more(served[0], "new: {AAAA: 3fff:100:1::99}")
    made = planned("harbours.gov-wan.example", RIVERS)
    assert len(made.targets) == 1
    ((target, error),) = made.unreachable
    assert target == "harbours.gov-wan.example@internal" and "NETCTL-E1033" in error
    with pytest.raises(PlanUnsafe, match="harbours"):
        refuse_unproposable(made)


def test_names_mean_zones_prefixes_servers_and_organisations(planned, served):
    redeclare(served[0], ("mail: {AAAA: 3fff:100:1::25, A: 192.0.2.25}", "mail: {AAAA: 3fff:100:1::26, A: 192.0.2.25}"))
    made = planned("rivers")
    assert {target.target for target in made.targets} == {f"{RIVERS}@internal"}
    unread = {target for target, _ in made.unreachable}
    assert unread == {"16/28.2.0.192.in-addr.arpa@internal", "1.0.0.0.0.0.1.0.f.f.f.3.ip6.arpa@internal"}
    assert {target for target, _ in planned("192.0.2.16/28").unreachable} == {"16/28.2.0.192.in-addr.arpa@internal"}
    with pytest.raises(UnknownDevice, match="rivers-hk") as refused:
        planned("rivers-hk")
    assert "rivers-hq" in refused.value.hint
    with pytest.raises(UnknownDevice, match="does not configure"):
        planned("ns1")
    with pytest.raises(UnknownDevice, match="no zone"):
        planned("river.gov-wan.example")


def netctl(root, settings, *words: str) -> tuple[int, str, str]:
    """The program itself: its exit status, what it answers, and what it says beside it."""
    command = [sys.executable, "-m", "netctl", "--network", root, "plan", *words]
    environment = os.environ | {"NETCTL_HOME": str(settings.home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def test_the_program_says_it_to_people_and_to_programs(served, settings, zone):
    root, _, _ = served
    assert netctl(root, settings, RIVERS)[:2] == (0, "nothing differs\n")
    declare_more(root, "new: {AAAA: 3fff:100:1::99}")
    status, said, _ = netctl(root, settings, RIVERS, "--origins")
    assert status == 3
    assert f"{RIVERS} (internal)  (+1 -0 records)\n" in said
    assert f"+   3600 AAAA 3fff:100:1::99    ← dns/zones/{RIVERS}.yaml:" in said
    assert "wave 1 (names): rivers.gov-wan.example (internal)\n" in said
    assert "1 zone differs\n" in said and "next: netctl propose" in said
    status, said, _ = netctl(root, settings, RIVERS, FORESTS, "--json")
    made = json.loads(said)
    assert (status, made["empty"], [target["kind"] for target in made["targets"]]) == (3, False, ["zone"])
    assert read_plan(Path(made["path"])).digest == made["digest"]
    status, said, _ = netctl(root, settings, "harbours.gov-wan.example", RIVERS)
    assert status == 6 and "not read: harbours.gov-wan.example" in said and "not everything could be read" in said


def test_the_program_says_which_words_a_plan_lacks(served, settings, zone):
    root, _, _ = served
    redeclare(root, ("  phone: {AAAA: 3fff:100:1::5060}\n", ""), ("  _sip._tcp: {SRV: 10 50 5060 phone}\n", ""))
    file = root / "dns" / "policy.yaml"
    file.write_text(file.read_text().replace("deletions: 100", "deletions: 1"))
    status, said, _ = netctl(root, settings, RIVERS)
    assert status == 3 and "such a plan cannot be proposed:\n" in said
    (words,) = {line.partition("plan with ")[2] for line in said.splitlines() if "plan with " in line}
    assert words == f"--allow {RIVERS}:deletions=2"
    status, said, _ = netctl(root, settings, RIVERS, *words.split())
    assert status == 3 and "next: netctl propose" in said and "may delete up to 2 records" in said
    status, _, wrong = netctl(root, settings, RIVERS, "--allow", f"{RIVERS}:everything")
    assert status == 2 and "NETCTL-E1043" in wrong and "hint: such as --allow" in wrong


def test_a_secret_that_this_host_lacks_is_named_before_anything_is_read(planned, served, fleet, monkeypatch):
    monkeypatch.delenv("NETCTL_SECRET_DNS_TRANSFER")
    with pytest.raises(SecretMissing, match="dns/transfer"):
        planned()
    assert not fleet.logins
    assert planned("rivers-hq").empty


def test_a_zone_that_would_hold_a_name_of_another_organisation_keeps_the_plan_from_being_proposed(
    planned, served, monkeypatch
):
    found = names_of(served[0])
    at = "internal", f"{OWN}."
    above = found.zones[at]
    reaching = {**above.data.rrsets, (wire(f"www.{RIVERS}"), 5): RRset(300, (above.data.origin,))}
    zones = {**found.zones, at: replace(above, data=ZoneData(above.data.origin, reaching))}
    monkeypatch.setattr(making, "names_of_network", lambda _: Names(found.declared, zones))
    made = planned(OWN)
    assert {target.target for target in made.targets} == {f"{OWN}@internal", f"{OWN}@lgwan"}
    impossible = [finding for finding in made.findings if finding.code == "RISK-DNS-IMPOSSIBLE"]
    assert [finding.target for finding in impossible] == [f"{OWN}@internal"]
    assert "NETCTL-E1022" in impossible[0].message and "of rivers" in impossible[0].message
    with pytest.raises(PlanBeyondLimits):  # the view that BIND does not know here
        refuse_unproposable(made)
    with pytest.raises(ZoneImpossible, match="of rivers"):
        refuse_unproposable(replace(made, findings=tuple(impossible)))

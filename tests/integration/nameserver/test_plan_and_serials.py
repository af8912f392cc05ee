"""`netctl dns plan` and `netctl dns serials` on the reference network's names, served by real servers."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from nameservers import OTHER, TRANSFER, UPDATE
from ports import free_port
from served_names import ZONES, declare_more

from netctl.control.dns.names import Names, names_of
from netctl.control.dns.places import Places
from netctl.control.dns.plan import plan, plan_names
from netctl.control.dns.serials import serials
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.errors import SecretMissing, UsageError
from netctl.model.moments import now
from netctl.settings import Settings
from netctl.zones.data import RRset, ZoneData
from netctl.zones.names import wire


def test_zones_that_are_served_as_declared_do_not_differ(served, settings, store) -> None:
    root, main, _ = served
    for zone in ZONES:
        (line,) = plan(root, settings, store, zone=zone, view="internal").zones
        assert (line.lines, line.read, line.error, line.serial, line.transferred) == ((), True, "", 10, True)
    again = plan(root, settings, store, zone=ZONES[0], view="internal")
    assert again.empty and not again.zones[0].transferred
    assert (main.folder / "log").read_text().count("AXFR started") >= len(ZONES)


def test_what_is_declared_since_is_the_difference_with_its_place(served, settings, store) -> None:
    root, _, _ = served
    declare_more(root, "new: {AAAA: 3fff:100:1::99}")
    (line,) = plan(root, settings, store, zone=ZONES[0], view="internal").zones
    assert (line.added, line.removed, line.messages, line.organisation) == (1, 0, 1, "rivers")
    texts = [(each.op, each.text) for each in line.lines]
    assert texts == [("context", "new"), ("add", "3600 AAAA 3fff:100:1::99")]
    assert line.lines[1].origin.startswith("dns/zones/rivers.gov-wan.example.yaml:")


def test_a_plan_that_would_hold_a_name_of_another_organisation_cannot_be_applied(served, settings, store) -> None:
    root, _, _ = served
    found = names_of(root)
    at, below = ("internal", "gov-wan.example."), ("internal", "rivers.gov-wan.example.")
    www = (b"\x03www" + found.zones[below].data.origin, 5)
    above = found.zones[at]
    reaching = {**above.data.rrsets, www: RRset(300, (above.data.origin,))}
    zones = {**found.zones, at: replace(above, data=ZoneData(above.data.origin, reaching))}
    (line,) = plan_names(Names(found.declared, zones), settings, store, zone="gov-wan.example", view="internal").zones
    assert "NETCTL-E1022" in line.error and "zone rivers.gov-wan.example. of rivers" in line.error
    assert (line.added, line.messages, line.read) == (1, 0, True)


def test_what_another_organisation_owns_now_may_be_given_up(served, settings, store) -> None:
    root, _, _ = served
    found = names_of(root)
    at = "internal", "gov-wan.example."
    places = Places(found.declared, settings)
    zone = ZoneTarget(places.main("internal", found.zones[at].data.origin), Notes(store), owner="sato")
    www = (b"\x03www" + found.zones["internal", "rivers.gov-wan.example."].data.origin, 5)
    zone.stage(ZoneData(found.zones[at].data.origin, {**zone.fetch().data.rrsets, www: RRset(300, (www[0][4:],))}))
    zone.commit("t-1", 60)
    (line,) = plan(root, settings, store, zone="gov-wan.example", view="internal").zones
    assert (line.added, line.removed, line.messages, line.error) == (0, 1, 1, "")


def test_a_plan_beyond_the_limits_says_what_would_have_to_be_said(served, settings, store, place) -> None:
    root, main, _ = served
    places = Places(names_of(root).declared, settings)
    origin = names_of(root).zones["internal", ZONES[0] + "."].data.origin
    zone = ZoneTarget(places.main("internal", origin), Notes(store), owner="sato")
    grown = zone.fetch().data
    more = {(bytes([5]) + f"x{each:04d}".encode() + origin, 1): next(
        rrset for (_, number), rrset in grown.rrsets.items() if number == 1) for each in range(300)}  # fmt: skip
    zone.stage(ZoneData(origin, {**grown.rrsets, **more}))
    zone.commit("t-1", 60)
    (line,) = plan(root, settings, store, zone=ZONES[0], view="internal").zones
    assert line.removed == 300
    assert {each.rule for each in line.limits} == {"DNS-LIMIT-DELETIONS", "DNS-LIMIT-SHARE"}
    assert "deletions: 300" in [each.needed for each in line.limits]


def test_applying_a_plan_makes_the_next_one_empty_and_the_secondary_level(served, settings, store) -> None:
    root, _, second = served
    declare_more(root, "new: {AAAA: 3fff:100:1::99}", "old: {CNAME: new}")
    found = names_of(root)
    wanted = found.zones["internal", ZONES[0] + "."].data
    places = Places(found.declared, settings)
    zone = ZoneTarget(places.main("internal", wanted.origin), Notes(store), owner="sato")
    zone.stage(wanted)
    zone.commit("t-1", 60)
    zone.confirm("t-1")
    assert plan(root, settings, store, zone=ZONES[0], view="internal").empty
    second.until(lambda: second.serial(ZONES[0]) == 11)
    lines = serials(root, settings, store, zone=ZONES[0], view="internal").lines
    assert [(each.server, each.serial, each.lag) for each in lines] == [("ns1", 11, 0), ("ns3", 11, 0)]


def test_serials_say_who_is_behind_and_since_when_each_serves_what_it_serves(served, settings, store) -> None:
    root, main, second = served
    before = serials(root, settings, store, zone=ZONES[0], view="internal")
    assert [each.lag for each in before.lines] == [0, 0] and not before.behind and not before.unread
    later = serials(root, settings, store, zone=ZONES[0], view="internal", clock=lambda: now() + timedelta(seconds=600))
    assert all(599 < each.age < 700 for each in later.lines)
    second.freeze()
    places = Places(names_of(root).declared, settings)
    wanted = names_of(root).zones["internal", ZONES[0] + "."].data
    zone = ZoneTarget(places.main("internal", wanted.origin), Notes(store), owner="sato")
    gone = next(each for each in wanted.rrsets if each[0] != wanted.origin)
    zone.stage(ZoneData(wanted.origin, {key: rrset for key, rrset in wanted.rrsets.items() if key != gone}))
    zone.commit("t-1", 60)
    quick = Settings(home=settings.home, command_timeout=1)
    found = serials(root, quick, store, zone=ZONES[0], view="internal")
    assert [(each.server, each.serial) for each in found.lines] == [("ns1", 11), ("ns3", None)]
    assert "E1031" in found.lines[1].error and found.unread
    assert found.lines[0].age < 100
    second.thaw()


def netctl(root: Path, settings: Settings, *words: str) -> tuple[int, str]:
    """The program itself: its exit status and what it says."""
    command = [sys.executable, "-m", "netctl", "--network", root, "dns", *words]
    environment = os.environ | {"NETCTL_HOME": str(settings.home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout


def test_the_commands_say_it_to_people_and_to_programs(served, settings, store) -> None:
    root, _, _ = served
    words = ZONES[0], "--view", "internal"
    assert netctl(root, settings, "plan", *words) == (0, "nothing differs\n")
    declare_more(root, "new: {AAAA: 3fff:100:1::99}")
    status, said = netctl(root, settings, "plan", *words, "--origins")
    assert status == 3
    assert "rivers.gov-wan.example. (internal): ns1  (+1 -0, serial 10)" in said
    assert "+   3600 AAAA 3fff:100:1::99    ← dns/zones/rivers" in said
    status, said = netctl(root, settings, "plan", *words, "--json")
    assert status == 3 and json.loads(said)["zones"][0]["added"] == 1
    status, said = netctl(root, settings, "serials", *words)
    assert status == 0 and "primary (main)" in said
    status, said = netctl(root, settings, "serials", "--json")
    assert status == 6  # only three zones are served here
    assert {each["server"] for each in json.loads(said)["serials"]} == {"ns1", "ns3"}


def test_a_zone_is_written_with_its_final_dot_by_all_commands_and_taken_with_it_or_without(served, settings) -> None:
    root, _, _ = served
    name = ZONES[0] + "."
    for asked in (ZONES[0], name, name.upper()):
        for words, key in (("plan", "zones"), ("serials", "serials")):
            said = json.loads(netctl(root, settings, words, asked, "--view", "internal", "--json")[1])
            assert {each["zone"] for each in said[key]} == {name}
        said = json.loads(netctl(root, settings, "records", asked, "--view", "internal", "--json")[1])
        assert {each["zone"] for each in said} == {name}
    assert name in {each["zone"] for each in json.loads(netctl(root, settings, "zones", "--json")[1])}
    assert name in netctl(root, settings, "serials", ZONES[0])[1].split()


def test_a_zone_that_no_server_has_is_told_and_stops_no_other(served, settings, store) -> None:
    root, _, _ = served
    report = plan(root, settings, store, view="internal")
    read = {each.zone for each in report.zones if each.read}
    assert read == {f"{each}." for each in ZONES} and report.unread
    lost = next(each for each in report.zones if not each.read)
    assert "NETCTL-E1032" in lost.error and lost.serial is None


def test_a_secret_that_this_host_does_not_have_is_named(network, settings, store, monkeypatch) -> None:
    root = network(free_port(), free_port())
    monkeypatch.delenv("NETCTL_SECRET_DNS_TRANSFER")
    with pytest.raises(SecretMissing, match="dns/transfer"):
        serials(root, settings, store)
    with pytest.raises(UsageError, match="no view"):
        plan(root, settings, store, view="nowhere")


def test_who_only_reads_needs_no_key_for_updates(served, settings, store, monkeypatch) -> None:
    root, _, _ = served
    declare_more(root, "new: {AAAA: 3fff:100:1::99}")
    monkeypatch.delenv("NETCTL_SECRET_DNS_UPDATE")
    (line,) = plan(root, settings, store, zone=ZONES[0], view="internal").zones
    assert (line.added, line.messages, line.read, line.error) == (1, 1, True, "")
    report = serials(root, settings, store, zone=ZONES[0], view="internal")
    assert report.rivals == () and [each.serial for each in report.lines] == [10, 10]
    names, origin = names_of(root), wire(ZONES[0])
    with pytest.raises(SecretMissing, match="dns/update"):
        Places(names.declared, settings, writes=True).main("internal", origin)


def test_each_view_is_reached_with_its_own_key(network, settings) -> None:
    found = names_of(network(5301, 5302))
    places = Places(found.declared, settings)
    view, zone = next((view, each.data.origin) for (view, _), each in found.zones.items() if view == "lgwan")
    lgwan, internal = places.main(view, zone), places.main("internal", zone)
    assert lgwan.transfer.title.rstrip(".") == lgwan.update.title.rstrip(".") == OTHER
    assert internal.transfer.title.rstrip(".") == TRANSFER and internal.update.title.rstrip(".") == UPDATE

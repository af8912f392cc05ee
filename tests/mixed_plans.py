"""A plan of routers, a name server and zones, in the order that a push takes: one zone in two steps, one in two views.

What is planned from files and servers is made here of a few texts, so that it may be shown and pushed without either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from change_seeds import MADE_AT, small_plan

from netctl.model.artefact import Part
from netctl.model.places import LEAVING, ZoneTargetName, server_group
from netctl.model.plan import DiffLine, Finding, Plan, TargetPlan, Wave, ZoneAllowance
from netctl.plan.zonepart import content_digest, zone_part
from netctl.zones import names, records
from netctl.zones.data import Key, RRset, ZoneData
from netctl.zones.difference import diff_lines, difference

Records = Mapping[tuple[str, str], tuple[str, ...]]
"""Records of a zone by owner and type, in presentation form."""

ROUTERS = ("rivers-hq-r1", "rivers-hq-r2")
SERVER = "ns3"
RIVERS = ZoneTargetName("rivers.gov-wan.example", "internal")
OWN = (ZoneTargetName("gov-wan.example", "internal"), ZoneTargetName("gov-wan.example", "lgwan"))

_RIVERS_HELD: Records = {
    ("@", "MX"): ("10 mail",),
    ("gauge-1", "AAAA"): ("3fff:100:1::1:1",),
    ("gauge-2", "AAAA"): ("3fff:100:1::1:2",),
    ("levels", "CNAME"): ("www",),
    ("www", "AAAA"): ("3fff:100:1::80",),
}
_RIVERS_WITHOUT: Records = {key: value for key, value in _RIVERS_HELD.items() if key[0] != "gauge-2"}
_RIVERS_WANTED: Records = {
    **_RIVERS_WITHOUT,
    ("@", "MX"): ("10 mail", "20 mail.backup"),
    ("www", "AAAA"): ("3fff:100:1::443",),
    ("tide", "AAAA"): ("3fff:100:1::1:2",),
    ("tide", "TXT"): ('"gauge at the east weir; <b>not</b> markup"',),
}
_OWN_HELD: Records = {("noc", "AAAA"): ("3fff:200:1::80",), ("exchange", "AAAA"): ("3fff:200:1::700",)}
_OWN_WANTED: Records = {("noc", "AAAA"): ("3fff:200:1::80",), ("exchange", "AAAA"): ("3fff:200:1::701",)}


def zone_of(origin: str, content: Records, ttl: int = 3600) -> ZoneData:
    """A zone without an SOA that holds these records."""
    apex = names.wire(origin)
    rrsets: dict[Key, RRset] = {}
    for (owner, type_name), texts in content.items():
        number = records.type_number(type_name)
        data = sorted(records.rdata(number, text, apex) for text in texts)
        rrsets[names.wire(owner, apex), number] = RRset(ttl, tuple(data))
    return ZoneData(apex, rrsets)


def zone_plan(name: ZoneTargetName, held: Records, wanted: Records, *, organisation: str = "") -> TargetPlan:
    """One zone's share of a plan; what comes is said to stand in a file of its name, line by line."""
    running = zone_of(name.zone, held)
    found = difference(running, zone_of(name.zone, wanted))
    lines = diff_lines(found)
    origins = (f"dns/zones/{name.zone}.yaml:{number}" for number in range(10, 10 + len(lines)))
    diff = tuple(replace(line, origin=next(origins)) if line.op == "add" else line for line in lines)
    return TargetPlan(
        target=str(name),
        platform="zone",
        group=name.group,
        running_digest=content_digest(running),
        intended=(zone_part(found),),
        drained=(),
        drain=(),
        diff=diff,
        organisation=organisation,
        kind="zone",
    )


def server_plan(name: str, software: str, role: str) -> TargetPlan:
    """A name server that gets one more address to answer on."""
    diff = (
        DiffLine("context", "knot.conf", 0, "server:"),
        DiffLine("remove", "knot.conf", 1, "listen: 3fff:200:1::54@53"),
        DiffLine("add", "knot.conf", 1, "listen: [3fff:200:1::54@53, 198.51.100.150@53]", "templates/dns/knot.j2:4"),
    )
    text = "server:\n  listen: [3fff:200:1::54@53, 198.51.100.150@53]\n"
    parts = (Part("knot.conf", text),)
    return TargetPlan(name, software, server_group(role), "5" * 64, parts, (), (), diff, kind="server")


@cache
def mixed_plan() -> Plan:
    """Two routers of one site, a secondary, and three zones: rivers' in two steps, the network's own in two views."""
    whole = small_plan()
    routers = tuple(target for target in whole.targets if target.target in ROUTERS)
    leaving = RIVERS._replace(leaving=True)
    first = zone_plan(leaving, _RIVERS_HELD, _RIVERS_WITHOUT, organisation="rivers")
    then = zone_plan(RIVERS, _RIVERS_WITHOUT, _RIVERS_WANTED, organisation="rivers")
    own = tuple(zone_plan(name, _OWN_HELD, _OWN_WANTED) for name in OWN)
    server = server_plan(SERVER, "knot", "secondary")
    site = routers[0].group
    return replace(
        whole,
        created_at=MADE_AT,
        targets=(server, first, *routers, then, *own),
        waves=(
            Wave(1, ((server.group, (SERVER,)),)),
            Wave(2, ((RIVERS.group, (f"{RIVERS}{LEAVING}",)),)),
            Wave(3, ((site, tuple(sorted(ROUTERS, reverse=True))),)),
            Wave(4, ((RIVERS.group, (str(RIVERS),)), *((each.group, (each.target,)) for each in own))),
        ),
        findings=(Finding("RISK-PAIR", "info", "", "both members of 1 pair(s) change, one after the other"),),
        names_digest="7" * 64,
        allowances=(ZoneAllowance("rivers.gov-wan.example.", deletions=250, deleted_percent=40, apex_ns=True),),
    )


def long_zone_plan(count: int = 5000) -> Plan:
    """One zone in which so many addresses change, and as many names come."""
    name = ZoneTargetName("gov-wan.example", "internal")
    held: Records = {(f"host-{number:05}", "AAAA"): (f"3fff:100:2::{number:x}",) for number in range(count)}
    wanted: Records = {(f"host-{number:05}", "AAAA"): (f"3fff:100:3::{number:x}",) for number in range(2 * count)}
    target = zone_plan(name, held, wanted)
    waves = (Wave(1, ((target.group, (target.target,)),)),)
    return Plan("gov-wan", small_plan().network_digest, MADE_AT, (target,), waves, (), names_digest="7" * 64)


def many_zones_plan(count: int = 130) -> Plan:
    """As many zones, each with a difference of its own."""
    zones = [ZoneTargetName(f"z{number:04}.example", "internal") for number in range(count)]
    targets = tuple(
        zone_plan(zone, {}, {("www", "AAAA"): (f"2001:db8::{number + 1:x}",)}) for number, zone in enumerate(zones)
    )
    waves = tuple(
        Wave(at // 64 + 1, tuple((each.group, (each.target,)) for each in targets[at : at + 64]))
        for at in range(0, count, 64)
    )
    return Plan("gov-wan", small_plan().network_digest, MADE_AT, targets, waves, (), names_digest="7" * 64)

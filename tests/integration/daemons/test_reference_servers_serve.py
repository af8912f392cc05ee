"""The reference network's name servers as they are rendered, on boxes of one LAN: written to, copied from, asked, and one of them lost."""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import subprocess

import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.tsig
import dns.update
import pytest
from networks import ROOT, reference

from integration.daemons.scratch_servers import PROGRAMS, ScratchServer
from integration.devices.scratch_boxes import poll
from netctl.credentials.placeholders import references
from netctl.credentials.sources import EnvironmentSource
from netctl.devices.nameserver.catalog import catalog_zone
from netctl.devices.nameserver.convergence import converge
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import NameServer, ZonePlace, server_key
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.reach import dial
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.derive import derive
from netctl.services.dns.load import load
from netctl.services.dns.servers import catalog_name, server_intent
from netctl.store import Store
from netctl.zones.names import wire

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or any(shutil.which(each, path="/usr/sbin:/usr/bin") is None for each in PROGRAMS.values()),
    reason="needs root, BIND, Knot, NSD and Unbound",
)
DECLARED = load(reference())
INTENDED = derive(DECLARED, reference())
RENDERER = NameServerRenderer(ROOT)
PURPOSES = ("transfer", "update", "notify", "view-lgwan")
VALUES = {each: base64.b64encode(each.ljust(32, ".").encode()).decode() for each in PURPOSES}
SECRETS = EnvironmentSource({f"NETCTL_SECRET_DNS_{each.upper().replace('-', '_')}": VALUES[each] for each in PURPOSES})
KEYS = {each: server_key(f"{each}.gov-wan.example", "hmac-sha256", VALUES[each]) for each in PURPOSES}
RING = {
    dns.name.from_text(f"{each}.gov-wan.example"): dns.tsig.Key(f"{each}.gov-wan.example", VALUES[each], "hmac-sha256")
    for each in PURPOSES
}
NAMES = ("ns1", "ns2", "ns3", "ns4", "resolve1")
ZONES = ("gov-wan.example.", "rivers.gov-wan.example.", "0.0.1.0.f.f.f.3.ip6.arpa.", "2.0.192.in-addr.arpa.")
CATALOG = catalog_name(DECLARED.domain)
NOC = ("3fff:200:1::80", "198.51.100.190")


class Lan:
    """Boxes by name, what is asked from the operations room, and the zones' places."""

    def __init__(self, folder):
        self.folder = folder
        self.noc = f"nt{os.getpid()}-noc"
        self.boxes = {}
        self.store = None

    def up(self):
        subprocess.run(["ip", "netns", "add", self.noc], check=True)
        self.ip("link set lo up")
        self.ip("link add lan type bridge")
        for address in NOC:
            self.ip(f"addr add {address}/{32 if ':' in address else 24} dev lan {'nodad' if ':' in address else ''}")
        self.ip("link set lan up")
        for number, name in enumerate(NAMES):
            server = DECLARED.servers[name]
            box = self.boxes[name] = ScratchServer(name, self.folder / name, server.software, secrets=SECRETS)
            box.up()
            self.ip(f"link add p{number} type veth peer name eth0 netns {box.netns}")
            self.ip(f"link set p{number} master lan up")
            for address in server.addresses:
                box.run(
                    f"ip addr add {address}/{32 if ':' in address else 24} dev eth0 {'nodad' if ':' in address else ''}"
                )
            box.run("ip link set eth0 up")
        self.store = Store.open(f"sqlite:///{self.folder / 'netctl.db'}", create=True)
        for name in NAMES:
            self.push(name)
        for zone in ZONES:
            self.write("ns1", zone, INTENDED["internal", zone].data)
        self.write("ns1", CATALOG, catalog_zone(wire(CATALOG), [wire(each) for each in ZONES]))
        self.write("ns1", ZONES[0], INTENDED["lgwan", ZONES[0]].data, view="lgwan")
        return self

    def ip(self, words):
        subprocess.run(["ip", "-n", self.noc, *words.split()], check=True)

    def push(self, name, writer=""):
        """Render, stage, commit, confirm, and read back."""
        parts = RENDERER.render(server_intent(DECLARED, name, writer)).parts
        box = self.boxes[name]
        box.own = tuple(sorted({each for part in parts for each in references(part.text)}))
        with box.target() as target:
            target.stage(parts)
            target.commit(f"netctl-{name}-{writer}", 60)
            assert target.fetch().parts == parts
            target.confirm(f"netctl-{name}-{writer}")
            assert target.stage(parts) == ""

    def place(self, name, zone, view="internal"):
        server = DECLARED.servers[name]
        keys = (KEYS["view-lgwan"],) * 2 if view == "lgwan" else (KEYS["transfer"], KEYS["update"])
        return ZonePlace(NameServer(name, server.addresses, 53, self.noc), wire(zone), view, *keys)

    def write(self, name, zone, data, view="internal"):
        target = ZoneTarget(self.place(name, zone, view), Notes(self.store), owner="sato", seconds=20)
        token = f"{name}-{view}-{zone}-{len(data.rrsets)}"
        poll(lambda: self.ask(name, zone, "SOA", key="view-lgwan" if view == "lgwan" else "transfer").answer)
        target.stage(data)
        target.commit(token, 60)
        target.confirm(token)
        return target.fetch().data

    def ask(self, name, owner, kind, key=""):
        query = dns.message.make_query(owner, kind)
        if key:
            query.use_tsig(RING, dns.name.from_text(f"{key}.gov-wan.example"))
        return self.send(name, query)

    def send(self, name, query):
        address = DECLARED.servers[name].addresses[0]
        with dial(address, 53, 5, netns=self.noc) as connection:
            connection.setblocking(False)
            return dns.query.tcp(query, address, timeout=10, sock=connection)

    def down(self):
        if self.store is not None:
            self.store.close()
        for box in self.boxes.values():
            with contextlib.suppress(ProcessLookupError):
                box.down()
        subprocess.run(["ip", "netns", "del", self.noc], check=False)


@pytest.fixture(scope="module")
def lan(tmp_path_factory):
    made = Lan(tmp_path_factory.mktemp("lan"))
    try:
        yield made.up()
    finally:
        made.down()


@pytest.mark.parametrize("name", ["ns2", "ns3", "ns4"])
def test_every_copy_comes_level_with_the_main_primary(lan, name):
    for zone in ZONES:
        serial = lan.ask("ns1", zone, "SOA").answer[0][0].serial
        assert serial > 1
        converge([lan.place(name, zone)], serial, 60)
        assert lan.ask(name, zone, "SOA").answer[0].to_text() == lan.ask("ns1", zone, "SOA").answer[0].to_text()


def test_a_host_resolves_a_router_s_name_and_its_address_through_the_resolver(lan):
    found = lan.ask("resolve1", "r1.rivers-hq.gov-wan.example", "AAAA")
    assert found.rcode() == dns.rcode.NOERROR
    address = found.answer[0][0].address
    back = lan.ask("resolve1", "www.rivers.gov-wan.example", "AAAA")
    assert back.answer[0][0].address == "3fff:100:1::80"
    declared = INTENDED["internal", "gov-wan.example."].data.rrsets
    assert address in {str(each[0].address) for each in found.answer}
    assert (wire("r1.rivers-hq.gov-wan.example"), 28) in declared


def test_nobody_else_s_name_is_looked_for(lan):
    assert lan.ask("resolve1", "www.somewhere.example", "AAAA").rcode() == dns.rcode.NXDOMAIN


def test_the_border_s_view_shows_only_what_is_declared_for_it(lan):
    assert lan.ask("ns1", "form.gov-wan.example", "CNAME", key="view-lgwan").answer
    assert not lan.ask("ns1", "form.gov-wan.example", "CNAME").answer
    assert lan.ask("ns1", "r1.rivers-hq.gov-wan.example", "AAAA").answer
    assert not lan.ask("ns1", "r1.rivers-hq.gov-wan.example", "AAAA", key="view-lgwan").answer


@pytest.mark.parametrize("key", ["transfer", "notify", ""])
def test_only_the_key_for_updates_changes_a_zone(lan, key):
    update = dns.update.UpdateMessage("gov-wan.example")
    update.add("intruder", 300, "A", "192.0.2.66")
    if key:
        update.use_tsig(RING, dns.name.from_text(f"{key}.gov-wan.example"))
    assert lan.send("ns1", update).rcode() == dns.rcode.REFUSED
    assert not lan.ask("ns1", "intruder.gov-wan.example", "A").answer


@pytest.mark.parametrize("name", ["ns1", "ns3", "ns4"])
def test_nobody_copies_a_zone_without_the_key(lan, name):
    assert lan.ask(name, "gov-wan.example", "AXFR").rcode() != dns.rcode.NOERROR
    assert lan.ask("ns1", CATALOG, "SOA").rcode() == dns.rcode.REFUSED


def test_the_backup_takes_over_when_the_main_primary_is_gone(lan):
    """Last of all: ns1 does not come back."""
    zone = "rivers.gov-wan.example."
    for each, copies in ((CATALOG, ("ns2", "ns3")), (zone, ("ns2", "ns3", "ns4"))):  # what it leaves behind
        serial = lan.ask("ns1", each, "SOA", key="transfer").answer[0][0].serial
        converge([lan.place(name, each) for name in copies], serial, 60)
    before = lan.ask("ns2", zone, "SOA").answer[0][0].serial
    lan.boxes["ns1"].down()
    lan.push("ns2", writer="ns2")
    data = INTENDED["internal", zone].data
    kept = {key: rrset for key, rrset in data.rrsets.items() if key != (wire("www", wire(zone)), 1)}
    assert len(kept) < len(data.rrsets)
    written = lan.write("ns2", zone, type(data)(data.origin, kept))
    assert written.serial > before
    converge([lan.place(name, zone) for name in ("ns3", "ns4")], written.serial, 60)
    assert not lan.ask("ns3", f"www.{zone}", "A").answer
    assert lan.ask("ns4", f"www.{zone}", "AAAA").answer

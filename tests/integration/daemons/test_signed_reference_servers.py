"""The reference network's zones signed: rendered, served in both views, copied by Knot, vouched for, and validated by Unbound."""

from __future__ import annotations

import shutil

import dns.flags
import dns.message
import dns.rcode
import pytest
from networks import ROOT

from integration.daemons import test_reference_servers_serve as reference_servers
from integration.devices.scratch_boxes import poll
from netctl import inventory
from netctl.control.dns.dnssec import examine_names
from netctl.control.dns.names import names_of_network
from netctl.devices.nameserver.convergence import converge
from netctl.render.nameservers import NameServerRenderer
from netctl.settings import Settings

pytestmark = reference_servers.pytestmark
SIGNED = ("gov-wan.example", "rivers.gov-wan.example")
POLICY = "signing:\n  split: {keys: ksk+zsk, denial: nsec3}\n"


class SignedLan(reference_servers.Lan):
    """The same LAN, of a copy of the network in which two zones are signed."""

    def __init__(self, folder, patch):
        super().__init__(folder)
        self.root, self._patch, self.ds = folder / "network", patch, {}
        for name in ("inventory", "devices", "templates", "dns"):
            shutil.copytree(ROOT / name, self.root / name)
        policy = self.root / "dns/policy.yaml"
        policy.write_text(policy.read_text().replace("[ns1, ns2, ns3, ns4]", "[ns1, ns3]") + POLICY)
        servers = self.root / "dns/servers.yaml"
        lines = servers.read_text().splitlines(keepends=True)
        servers.write_text("".join(line for line in lines if not line.startswith(("  ns2:", "  ns4:", "  resolve2:"))))
        self._texts = {zone: (self.root / f"dns/zones/{zone}.yaml").read_text() for zone in SIGNED}
        patch.setattr(reference_servers, "NAMES", ("ns1", "ns3", "resolve1"))
        patch.setattr(reference_servers, "RENDERER", NameServerRenderer(self.root))
        self.declare()

    def declare(self):
        """Read what is declared anew, with the DS that is known."""
        for zone, text in self._texts.items():
            ds = f'ds: ["{self.ds[zone]}"]\n' if zone in self.ds else ""
            (self.root / f"dns/zones/{zone}.yaml").write_text(
                f"dnssec: {'split' if zone in SIGNED[:1] else 'true'}\n{ds}{text}"
            )
        self.names = names_of_network(inventory.load(self.root))
        self._patch.setattr(reference_servers, "DECLARED", self.names.declared)
        self._patch.setattr(reference_servers, "INTENDED", self.names.zones)

    def seen(self):
        """How the signed zones stand, by zone and view."""
        settings = Settings(home=self.folder, management_netns=self.noc, command_timeout=5)
        return {(each.zone, each.view): each for each in examine_names(self.names, settings, self.store)}

    def validated(self, owner, kind):
        """The resolver's answer, and whether it says that it is proven."""
        query = dns.message.make_query(owner, kind, want_dnssec=True)
        query.flags |= dns.flags.AD
        found = self.send("resolve1", query)
        return found.rcode(), bool(found.flags & dns.flags.AD)


@pytest.fixture(scope="module")
def lan(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name, secret in reference_servers.VALUES.items():
            patch.setenv(f"NETCTL_SECRET_DNS_{name.upper().replace('-', '_')}", secret)
        made = SignedLan(tmp_path_factory.mktemp("signed"), patch)
        try:
            yield made.up()
        finally:
            made.down()


def test_signed_zones_are_vouched_for_and_validated(lan):
    poll(lambda: all(each.signed and each.denial for each in lan.seen().values()))
    before = lan.seen()
    assert {(zone, view) for zone, view in before} == {
        ("gov-wan.example.", "lgwan"), ("gov-wan.example.", "internal"), ("rivers.gov-wan.example.", "internal"),
    }  # fmt: skip
    assert (before["gov-wan.example.", "internal"].denial, before["gov-wan.example.", "internal"].chain) == (
        "NSEC3",
        "unknown",
    )
    assert (
        before["rivers.gov-wan.example.", "internal"].denial,
        before["rivers.gov-wan.example.", "internal"].chain,
    ) == ("NSEC", "island")
    for zone in SIGNED:
        (entry,) = [key for key in before[f"{zone}.", "internal"].keys if key.role in {"ksk", "csk"}]
        lan.ds[zone] = entry.ds_text
    lan.declare()
    lan.write("ns1", "gov-wan.example.", lan.names.zones["internal", "gov-wan.example."].data)
    lan.push("resolve1")
    for zone in SIGNED:
        converge([lan.place("ns3", zone)], lan.ask("ns1", zone, "SOA").answer[0][0].serial, 60)
    after = {zone: each for (zone, view), each in lan.seen().items() if view == "internal"}
    assert {zone: (each.chain, each.anchor, each.problems) for zone, each in after.items()} == {
        "gov-wan.example.": ("secure", "gov-wan.example.", ()),
        "rivers.gov-wan.example.": ("secure", "gov-wan.example.", ()),
    }
    said = {
        server.server: (server.problems, bool(server.expires)) for each in after.values() for server in each.servers
    }
    assert said["ns1"] == said["ns3"] == ((), True)
    assert lan.validated("www.rivers.gov-wan.example", "AAAA") == (dns.rcode.NOERROR, True)
    assert lan.validated("nobody.gov-wan.example", "AAAA") == (dns.rcode.NXDOMAIN, True)

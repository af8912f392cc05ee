"""Real rollovers by BIND, a few seconds long: each step is told while it lasts, and what a person does leads on."""

import re
import subprocess
import threading
import time
from pathlib import Path

import pytest
from declared_names import declare
from nameservers import LOOPBACK, RIVERS, SECRETS, TRANSFER, UPDATE, NameServer, bind, free_port
from networks import ROOT
from zonewriting import changed

from netctl.control.dns.dnssec import examine_zone
from netctl.control.dns.names import Names, names_of_network
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.control.dns.places import Places
from netctl.model.signing import ZoneSigning
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.servers import server_intent
from netctl.settings import Settings
from netctl.store import Store

ABOVE = "gov-wan.example"
FAST = (
    "validity: 60s, refresh: 50s, alarm: 10s, key_ttl: 1s, max_ttl: 1s, delay: 0s, ds_ttl: 1s, ds_delay: 0s, "
    "safety: 0s, zsk_lifetime: unlimited"
)
POLICY = f"""\
soa: {{mailbox: hostmaster.gov-wan.example, minimum: 1}}
servers: {{forward: [ns1]}}
ttl: 1
signing:
  fast: {{keys: ksk+zsk, {FAST}}}
  other: {{keys: ksk+zsk, algorithm: ecdsap384sha384, {FAST}}}
"""


class World:
    """A zone and the one above it, both signed by one BIND, and what netctl says of the lower one."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.ds = folder, port, {ABOVE: "", RIVERS: ""}
        self.policy = "fast"
        self._declared: list[str] = []
        self.settings = Settings(home=folder / "home", command_timeout=5)
        self.settings.home.mkdir()
        self.store = Store.open(f"sqlite:///{folder / 'home' / 'netctl.db'}", create=True)
        self.server: NameServer

    @property
    def names(self) -> Names:
        server = f"ns1: {{software: bind, role: primary, centre: main, port: {self.port}, addresses: [{LOOPBACK}]}}"
        keys = "".join(
            f"  {name}: {{algorithm: hmac-sha256, secret: dns/{purpose}, purpose: {purpose}}}\n"
            for name, purpose in ((TRANSFER, "transfer"), (UPDATE, "update"))
        )
        zones = [
            f"zone: {ABOVE}\ndnssec: fast\nds: [{self.ds[ABOVE]}]\n",
            f"zone: {RIVERS}\ndnssec: {self.policy}\nds: [{self.ds[RIVERS]}]\nrecords:\n  www: {{A: 192.0.2.80}}\n",
        ]
        if self._declared != zones:
            servers = f"servers:\n  {server}\nkeys:\n{keys}"
            network = declare(self.folder / "network", *zones, servers=servers, policy=POLICY)
            self._declared, self._names = zones, names_of_network(network)
        return self._names

    def seen(self) -> ZoneSigning:
        return examine_zone(self.names, self.settings, self.store, RIVERS, "default")

    def target(self, zone: str) -> ZoneTarget:
        origin = self.names.zones["default", f"{zone}."].data.origin
        place = Places(self.names.declared, self.settings).main("default", origin)
        assert place is not None
        return ZoneTarget(place, Notes(self.store), owner="sato")

    def push(self, zone: str) -> None:
        """What is declared becomes what is served."""
        target = self.target(zone)
        if target.stage(self.names.zones["default", f"{zone}."].data):
            token = f"t-{time.monotonic_ns()}"
            target.commit(token, 60)
            target.confirm(token)

    def follow(self, found: ZoneSigning) -> None:
        """Do as the lines say: the DS goes into the file, and with the next change to the zone above."""
        declare_, *_ = found.rollovers[0].to_do
        self.ds[RIVERS] = ", ".join(re.findall(r'"([0-9]+ 1[34] 2 [0-9a-f]+)"', declare_))
        self.push(ABOVE)
        self.rndc("loadkeys", RIVERS)

    def rndc(self, *words: str) -> None:
        command = ["rndc", "-c", self.server.folder / "rndc.conf", *words]
        subprocess.run(command, check=True, capture_output=True, timeout=20)

    def until(self, holds, seconds: float = 20) -> list[ZoneSigning]:
        """Looks until one is as wanted, each story once."""
        deadline, looks = time.monotonic() + seconds, []
        while not looks or not holds(looks[-1]):
            assert time.monotonic() < deadline, looks[-1]
            looks.append(self.seen())
            threading.Event().wait(0.1)
        return looks


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NETCTL_SECRET_DNS_TRANSFER", SECRETS[TRANSFER])
    monkeypatch.setenv("NETCTL_SECRET_DNS_UPDATE", SECRETS[UPDATE])
    port = free_port()
    made = World(tmp_path, port)
    text = NameServerRenderer(ROOT).render(server_intent(made.names.declared, "ns1")).parts[0].text
    policies = "".join(re.findall(r'^dnssec-policy "netctl-\w+" \{.*?^\};\n', text, re.MULTILINE | re.DOTALL))
    other = policies.replace("netctl-fast", "netctl-other").replace("ecdsap256sha256", "ecdsap384sha384")
    agents = f'parental-agents {{ {LOOPBACK} port {port} key "{TRANSFER}"; }};'
    zones = {
        zone: "@ 1 SOA ns1.gov-wan.example. hostmaster 10 3600 600 1209600 1\n@ 1 NS ns1.gov-wan.example.\n"
        for zone in (RIVERS, ABOVE)
    }
    zones[ABOVE] += f"ns1 1 A {LOOPBACK}\nrivers 1 NS ns1\n"
    options = f'dnssec-policy "netctl-fast"; inline-signing no; {agents}'
    with (
        bind(tmp_path / "bind", zones, zone_options=options, statements=policies + other, port=port) as server,
        made.store,
    ):
        made.server = server
        for zone in (ABOVE, RIVERS):
            made.until(lambda found: found.signed and found.denial == "NSEC")
            made.push(zone)
        yield made


def steps(looks: list[ZoneSigning], kind: str) -> list[int]:
    """The steps that were seen, each once, in their order."""
    found = [each.step for look in looks for each in look.rollovers if each.kind == kind]
    return list(dict.fromkeys(found))


def key(found: ZoneSigning, role: str, *, state: str = "active"):
    (only,) = [each for each in found.keys if each.role == role and each.state == state]
    return only


def vouched_for(world: World) -> ZoneSigning:
    """The zone once an anchor leads to it."""
    above = examine_zone(world.names, world.settings, world.store, ABOVE, "default")
    world.ds[ABOVE] = key(above, "ksk").ds_text
    first = world.until(lambda found: any(each.to_do for each in found.rollovers))[-1]
    assert (first.chain, first.rollovers[0].kind, first.rollovers[0].step) == ("island", "first", 2)
    world.follow(first)
    (last,) = world.until(lambda found: found.chain == "secure")[-1:]
    assert (last.anchor, last.rollovers, last.problems, last.healthy) == (f"{ABOVE}.", (), (), True)
    return last


def test_it_is_signed_vouched_for_and_its_zsk_is_rolled(world: World) -> None:
    old = key(vouched_for(world), "zsk").tag
    world.rndc("dnssec", "-rollover", "-key", str(old), RIVERS)
    looks = world.until(lambda found: any(each.state == "removed" for each in found.keys))
    assert steps(looks, "zsk") in ([0, 1, 2, 3], [0, 2, 3])
    assert all(look.chain == "secure" and not look.problems for look in looks)
    waiting = next(each for look in looks for each in look.rollovers if each.step == 0)
    assert waiting.earliest and not waiting.to_do
    assert [(each.tag, each.role) for each in looks[-1].keys if each.state == "removed"] == [(old, "zsk")]
    states = [each.state for look in looks for each in look.keys if each.tag == old]
    assert [each for each in dict.fromkeys(states) if each != "retiring"] == ["active", "retired", "removed"]
    states = [each.state for look in looks for each in look.keys if each.role == "zsk" and each.tag != old]
    assert list(dict.fromkeys(states)) == ["published", "active"]


def test_a_ksk_is_rolled_by_a_ds_that_a_person_replaces(world: World) -> None:
    old = key(vouched_for(world), "ksk")
    world.rndc("dnssec", "-rollover", "-key", str(old.tag), RIVERS)
    looks = world.until(lambda found: any(each.to_do for each in found.rollovers))
    assert steps(looks, "ksk") == [0, 1]
    (rollover,) = looks[-1].rollovers
    new = key(looks[-1], "ksk", state="published")
    assert new.ds_text in rollover.to_do[0] and old.ds_text not in rollover.to_do[0]
    assert rollover.to_do[0].startswith("dns/zones/1.yaml: ds: [") and "netctl plan" in rollover.to_do[1]
    world.follow(looks[-1])
    looks = world.until(lambda found: any(each.state == "removed" for each in found.keys))
    assert steps(looks, "ksk") in ([2, 3], [2])
    assert [each.tag for each in looks[-1].keys if each.state == "removed"] == [old.tag]
    assert all(look.chain == "secure" and not look.problems for look in looks)
    assert [(each.tag, each.matches) for each in looks[-1].ds] == [(new.tag, new.tag)]


def test_an_algorithm_is_rolled_with_signatures_first_and_the_ds_then(world: World) -> None:
    vouched_for(world)
    world.policy = "other"
    file = world.server.folder / "named.conf"
    before, after = (f'zone "{RIVERS}"', f"netctl-{world.policy}")
    text = file.read_text()
    at = text.index("netctl-fast", text.index(before))
    file.write_text(text[:at] + after + text[at + len("netctl-fast") :])
    world.rndc("reconfig")
    looks = world.until(lambda found: any(each.to_do for each in found.rollovers))
    assert steps(looks, "algorithm") in ([0, 1, 2], [1, 2])
    assert {each.algorithm for each in looks[-1].keys} == {"ECDSAP256SHA256", "ECDSAP384SHA384"}
    world.follow(looks[-1])
    looks = world.until(lambda found: len([each for each in found.keys if each.state != "removed"]) == 2)
    assert steps(looks, "algorithm")[:1] == [3] and steps(looks, "algorithm")[-1] == 4
    assert {each.algorithm for each in looks[-1].keys if each.state != "removed"} == {"ECDSAP384SHA384"}
    assert all(look.chain == "secure" and not look.problems for look in looks)

"""Two zones that BIND signs, one above the other, and what netctl says of the lower one: with TTLs of a second."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from declared_names import declare
from nameservers import RIVERS, TRANSFER, UPDATE, NameServer, bind
from ports import LOOPBACK, free_port
from networks import ROOT

from netctl.control.dns.dnssec import examine_zone
from netctl.control.dns.names import Names, names_of_network
from netctl.control.dns.places import Places
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.errors import ZoneMoved
from netctl.model.moments import now
from netctl.model.signing import KeySight, ZoneSigning
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
        self.policy, self.second = "fast", 0
        self._declared: list[str] = []
        self.settings = Settings(home=folder / "home", command_timeout=5)
        self.settings.home.mkdir()
        for name in ("inventory", "devices", "templates"):  # commands want a whole network
            shutil.copytree(ROOT / name, folder / "network" / name)
        self.store = Store.open(f"sqlite:///{folder / 'home' / 'netctl.db'}", create=True)
        self.server: NameServer

    @property
    def names(self) -> Names:
        """The network as it is declared now."""
        server = f"  ns1: {{software: bind, role: primary, centre: main, port: {self.port}, addresses: [{LOOPBACK}]}}\n"
        if self.second:
            server += f"  ns3: {{software: knot, role: secondary, port: {self.second}, addresses: [{LOOPBACK}]}}\n"
        keys = "".join(
            f"  {name}: {{algorithm: hmac-sha256, secret: dns/{purpose}, purpose: {purpose}}}\n"
            for name, purpose in ((TRANSFER, "transfer"), (UPDATE, "update"))
        )
        zones = [
            f"zone: {ABOVE}\ndnssec: fast\nds: [{self.ds[ABOVE]}]\n",
            f"zone: {RIVERS}\ndnssec: {self.policy}\nds: [{self.ds[RIVERS]}]\nrecords:\n  www: {{A: 192.0.2.80}}\n",
        ]
        if self._declared != [server, *zones]:
            servers = f"servers:\n{server}keys:\n{keys}"
            network = declare(self.folder / "network", *zones, servers=servers, policy=POLICY)
            self._declared, self._names = [server, *zones], names_of_network(network)
        return self._names

    def seen(self, later: float = 0) -> ZoneSigning:
        """The lower zone now, or as it would be so many seconds from now."""
        clock = partial(now_in, later)
        return examine_zone(self.names, self.settings, self.store, RIVERS, "default", clock=clock)

    def target(self, zone: str) -> ZoneTarget:
        """The way to write a zone."""
        origin = self.names.zones["default", f"{zone}."].data.origin
        place = Places(self.names.declared, self.settings).main("default", origin)
        assert place is not None
        return ZoneTarget(place, Notes(self.store), owner="sato")

    def push(self, zone: str) -> None:
        """What is declared becomes what is served; again where the server signed anew just then."""
        target = self.target(zone)
        for last in (False, False, True):
            if not target.stage(self.names.zones["default", f"{zone}."].data):
                return
            token = f"t-{time.monotonic_ns()}"
            try:
                target.commit(token, 60)
            except ZoneMoved:
                if last:
                    raise
                continue
            target.confirm(token)
            return

    def follow(self, found: ZoneSigning) -> None:
        """Do as the lines say: the DS goes into the file, and with the next change to the zone above."""
        declare_, *_ = found.rollovers[0].to_do
        self.ds[RIVERS] = ", ".join(re.findall(r'"([0-9]+ 1[34] 2 [0-9a-f]+)"', declare_))
        self.push(ABOVE)
        self.rndc("loadkeys", RIVERS)

    def rndc(self, *words: str) -> None:
        """What an operator tells the server."""
        command = ["rndc", "-c", self.server.folder / "rndc.conf", *words]
        subprocess.run(command, check=True, capture_output=True, timeout=20)

    def until(self, holds: Callable[[ZoneSigning], object], seconds: float = 20) -> list[ZoneSigning]:
        """Looks until one is as wanted."""
        deadline = time.monotonic() + seconds
        looks: list[ZoneSigning] = []
        while not looks or not holds(looks[-1]):
            assert time.monotonic() < deadline, looks[-1]
            looks.append(self.seen())
            threading.Event().wait(0.1)
        return looks


@contextmanager
def signed_world(folder: Path) -> Iterator[World]:
    """Both zones served, signed, and as they are declared; nobody vouches for them yet."""
    port = free_port()
    made = World(folder, port)
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
        bind(folder / "bind", zones, zone_options=options, statements=policies + other, port=port) as server,
        made.store,
    ):
        made.server = server
        for zone in (ABOVE, RIVERS):
            made.until(lambda found: found.signed and found.denial == "NSEC")
            made.push(zone)
        yield made


def now_in(seconds: float) -> datetime:
    """A moment to come."""
    return now() + timedelta(seconds=seconds)


def key(found: ZoneSigning, role: str, *, state: str = "active") -> KeySight:
    """The one key of a role."""
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

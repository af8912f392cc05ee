"""The reference network's name servers on one LAN, each with a management address, so that netctl itself turns them.

What fails is a cable and a daemon: a server that is lost is unplugged and its daemon killed; its disk is what it comes back with.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import dns.exception
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.tsig
import dns.update
from networks import ROOT

from integration.daemons.scratch_servers import PROGRAMS, ScratchServer
from integration.devices.scratch_boxes import poll
from netctl.control.dns.names import names_of
from netctl.control.dns.survey import Surveyor
from netctl.devices.nameserver.catalog import catalog_zone
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.reach import dial
from netctl.errors import NetctlError
from netctl.model.people import Grant
from netctl.services.dns.servers import catalog_name
from netctl.settings import Settings, load
from netctl.store import Store
from netctl.zones.names import wire

PURPOSES = ("transfer", "update", "notify", "view-lgwan")
VALUES = {each: base64.b64encode(each.ljust(32, ".").encode()).decode() for each in PURPOSES}
SECRETS = {f"NETCTL_SECRET_DNS_{each.upper().replace('-', '_')}": value for each, value in VALUES.items()}
RING = {
    dns.name.from_text(f"{each}.gov-wan.example"): dns.tsig.Key(f"{each}.gov-wan.example", VALUES[each], "hmac-sha256")
    for each in PURPOSES
}
NAMES = ("ns1", "ns2", "ns3", "ns4", "resolve1")
NOC = ("3fff:200:1::80/32", "198.51.100.190/24", "3fff:600::1/64")
RIVERS = "rivers.gov-wan.example."


@dataclass
class PromotionLan:
    """Boxes by name, and netctl in the operations room."""

    folder: Path
    boxes: dict[str, ScratchServer] = field(default_factory=dict)

    @property
    def noc(self) -> str:
        return f"nt{os.getpid()}-ops"

    @property
    def root(self) -> Path:
        return self.folder / "network"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def environ(self) -> dict[str, str]:
        return SECRETS | {"NETCTL_HOME": str(self.home), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}

    @property
    def settings(self) -> Settings:
        return load({"NETCTL_HOME": str(self.home)})

    def up(self) -> PromotionLan:
        self.home.mkdir(parents=True)
        key = self.folder / "id_ed25519"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        subprocess.run(["ip", "netns", "add", self.noc], check=True)
        self.ip("link set lo up")
        self.ip("link add lan type bridge")
        for address in NOC:
            self.ip(f"addr add {address} dev lan {'nodad' if ':' in address else ''}")
        self.ip("link set lan up")
        for name in ("inventory", "devices", "templates", "dns"):
            shutil.copytree(ROOT / name, self.root / name)
        file = self.root / "dns" / "servers.yaml"
        file.write_text("".join(line for line in file.read_text().splitlines(True) if "resolve2:" not in line))
        declared = names_of(self.root).declared
        for number, name in enumerate(NAMES):
            self._box(number, declared.servers[name], key.with_suffix(".pub").read_text())
        keys = {name: [box.host_key] for name, box in self.boxes.items()}
        (self.root / "dns" / "hostkeys.yaml").write_text(json.dumps(keys))
        (self.home / "settings.toml").write_text(
            f'key_file = "{key}"\nmanagement_netns = "{self.noc}"\nconnect_timeout = 4\ncommand_timeout = 30\n'
            "settle_deadline = 45\n"
        )
        with self.store() as store, store.writing() as books:
            books.users.add("ai", [Grant("operator", "")], "root")
            books.users.add("rei", [Grant("operator", "rivers")], "root")
        self.fill()
        return self

    def _box(self, number, server, public) -> None:
        name = server.name
        box = self.boxes[name] = ScratchServer(name, self.folder / name, server.software, listen="::")
        box.up()
        with (box.work / "authorized_keys").open("a") as file:
            file.write(public)
        self.ip(f"link add p{number} type veth peer name eth0 netns {box.netns}")
        self.ip(f"link set p{number} master lan up")
        for address in (*server.addresses, f"{server.management_address}/64"):
            length = "" if "/" in address else "/32" if ":" in address else "/24"
            box.run(f"ip addr add {address}{length} dev eth0 {'nodad' if ':' in address else ''}")
        box.run("ip link set eth0 up")

    def fill(self) -> None:
        """Every server configured as declared, and every zone as declared on the main primary."""
        with self.store() as store:
            surveyor = Surveyor(self.root, self.settings, store)
            for name in NAMES:
                with surveyor.connector("", push=True)(surveyor.declared.servers[name]) as target:
                    target.stage(surveyor.configurations.parts(name, "ns1"))
                    target.commit(f"netctl-fill-{name}", 60)
                    target.confirm(f"netctl-fill-{name}")
            found = names_of(self.root)
            for (view, zone), intended in found.zones.items():
                self.write(store, surveyor, view, zone, intended.data)
            catalog = catalog_name(found.declared.domain)
            members = [wire(zone) for view, zone in found.zones if view == "internal"]
            self.write(store, surveyor, "internal", catalog, catalog_zone(wire(catalog), members))
        self.until_level("ns1")

    def write(self, store, surveyor, view, zone, data, writer="", *, confirm=True) -> str:
        """A zone as it must be, written where it is written."""
        target = ZoneTarget(surveyor.places(writer).main(view, wire(zone)), Notes(store), owner="sato", seconds=20)
        token = f"t-{writer}-{view}-{zone}-{os.urandom(3).hex()}"
        poll(lambda: self._stages(target, data), 20)
        target.commit(token, 600)
        if confirm:
            target.confirm(token)
        return token

    @staticmethod
    def _stages(target, data) -> bool:
        try:
            target.stage(data)
        except NetctlError:  # not loaded yet
            return False
        return True

    def store(self) -> Store:
        return Store.open(f"sqlite:///{self.home / 'netctl.db'}", create=True)

    def serials(self, server: str) -> dict[tuple[str, str], dict[str, int | None]]:
        """(view, zone) → server → serial, of the zones of one server."""
        with self.store() as store:
            survey = Surveyor(self.root, self.settings, store).survey(server)
        return {
            zone: {
                each.server.name: found if isinstance(found := survey.serials[each], int) else None for each in places
            }
            for zone, places in survey.zones.items()
        }

    def until_level(self, writer: str, *without: str) -> None:
        """Every server that is not away serves what the writer serves."""

        def level() -> bool:
            return all(
                len({serial for name, serial in by_server.items() if name not in without}) == 1
                and None not in {serial for name, serial in by_server.items() if name not in without}
                for by_server in self.serials(writer).values()
            )

        poll(level, 60, 0.5)

    def patience(self, seconds: int) -> None:
        """How long netctl waits for servers to settle."""
        file = self.home / "settings.toml"
        file.write_text(re.sub(r"settle_deadline = \d+", f"settle_deadline = {seconds}", file.read_text()))

    # ── netctl as a person says it ───────────────────────────────────────────────────────────────────────────────────

    def netctl(self, *words, user="ai", crash="", status=0):
        """What the program prints as JSON, from a process of its own."""
        environ = self.environ | ({"NETCTL_CRASH_AT": crash} if crash else {})
        (self.home / "settings.toml").write_text(
            (self.home / "settings.toml").read_text().replace("allow_as = true\n", "") + "allow_as = true\n"
        )
        done = subprocess.run(
            [sys.executable, "-m", "netctl", "--as", user, "--network", str(self.root), "dns", *words, "--json"],
            env=environ, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert done.returncode == status, f"{done.returncode}: {done.stderr}\n{done.stdout[-3000:]}"
        return json.loads(done.stdout) if done.stdout else {}

    def promote(self, server, shown=None, *, lose=False, crash="", status=0, reason="the main centre is dark"):
        """Done with the digest of what was shown, or is shown now."""
        shown = shown or self.netctl("promote", server)
        losing = [word for zone in shown["losing"] for word in ("--losing-changes", zone)] if lose else []
        said = ("--digest", shown["digest"], "--reason", reason, *losing)
        return self.netctl("promote", server, *said, crash=crash, status=-9 if crash else status)

    # ── what happens ─────────────────────────────────────────────────────────────────────────────────────────────────

    def ip(self, words) -> None:
        subprocess.run(["ip", "-n", self.noc, *words.split()], check=True)

    def unplug(self, *names) -> None:
        """The servers are gone, and so are their daemons."""
        for name in names:
            self.ip(f"link set p{NAMES.index(name)} down")
            self.boxes[name].run(f"kill -9 $(pidof {PROGRAMS[self.boxes[name].kind]})")

    def plug(self, *names) -> None:
        """They are back, as their disks are."""
        starts = {"bind": "named -u bind", "knot": "knotd -d", "nsd": "nsd", "unbound": "unbound"}
        for name in names:
            self.boxes[name].run(starts[self.boxes[name].kind] + " < /dev/null > /dev/null 2>&1")
            self.ip(f"link set p{NAMES.index(name)} up")
            poll(lambda name=name: self.answers(name), 20)

    def answers(self, name) -> bool:
        return bool(self.perhaps(lambda: self.ask(name, "gov-wan.example.", "SOA").answer))

    @staticmethod
    def perhaps(ask):
        """The answer, or None where there is none yet."""
        try:
            return ask()
        except (OSError, EOFError, dns.exception.DNSException, NetctlError):
            return None

    def ask(self, name, owner, kind, key=""):
        query = dns.message.make_query(owner, kind)
        if key:
            query.use_tsig(RING, dns.name.from_text(f"{key}.gov-wan.example"))
        return self._send(name, query)

    def update(self, name, zone, owner, *record) -> int:
        """An update that netctl knows nothing of; the answer's code."""
        update = dns.update.UpdateMessage(zone)
        update.add(owner, 300, *record)
        update.use_tsig(RING, dns.name.from_text("update.gov-wan.example"))
        try:
            return self._send(name, update).rcode()
        except dns.tsig.PeerBadKey:  # only the one that writes knows the key
            return dns.rcode.NOTAUTH

    def _send(self, name, query):
        declared = names_of(self.root).declared
        address = declared.servers[name].addresses[0]
        with dial(address, 53, 4, netns=self.noc) as connection:
            connection.setblocking(False)
            return dns.query.tcp(query, address, timeout=10, sock=connection)

    def down(self) -> None:
        for box in self.boxes.values():
            with contextlib.suppress(ProcessLookupError):
                box.down()
        subprocess.run(["ip", "netns", "del", self.noc], check=False)

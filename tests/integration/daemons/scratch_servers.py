"""Scratch name servers: one real daemon and a real sshd in namespaces of their own, /etc and /var/lib laid over this machine's.

The daemon does not run yet: the first commit starts it. `serving` makes small configurations as people may write them; what netctl renders is held elsewhere.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
from dataclasses import dataclass

import dns.message
import dns.query
import dns.rcode

from integration.devices.scratch_boxes import ROOT, Scratch
from netctl.credentials.sources import EnvironmentSource
from netctl.devices.platform import load_platform
from netctl.devices.reach import dial
from netctl.devices.register import connect_box
from netctl.model.artefact import Part

SECRET = base64.b64encode(b"walrus-7-walrus-7-walrus-7-walru").decode()
SECRETS = EnvironmentSource({"NETCTL_SECRET_DNS_TRANSFER": SECRET})
PROGRAMS = {"bind": "named", "knot": "knotd", "nsd": "nsd", "unbound": "unbound"}

_PREPARE = r"""
set -e
hostname "$NAME"
mount --make-rprivate /
for folder in /run /var/cache /var/tmp; do mount -t tmpfs none $folder; done
for folder in etc lib; do mkdir -p /run/over/$folder/upper /run/over/$folder/work; done
mount -t overlay none -o lowerdir=/etc,upperdir=/run/over/etc/upper,workdir=/run/over/etc/work /etc
mount -t overlay none -o lowerdir=/var/lib,upperdir=/run/over/lib/upper,workdir=/run/over/lib/work /var/lib
install -d -o root -g bind -m 775 /var/cache/bind /run/named
mkdir -p /run/sshd
sed -i '/^netctl:/d' /etc/passwd
echo "$LOGIN:x:0:0::/root:/bin/sh" >> /etc/passwd
rm -rf /var/lib/netctl /etc/bind/named.conf /etc/knot/knot.conf /etc/nsd/nsd.conf /etc/unbound/unbound.conf
ip link set lo up
exec /usr/sbin/sshd -D -e -f "$WORK/sshd_config"
"""


@dataclass(frozen=True)
class Box:
    """What `connect_box` is told of it."""

    name: str
    management_address: str
    host_keys: tuple[str, ...]


@dataclass
class ScratchServer(Scratch):
    """One box; `kind` is the platform, `own` names the secrets it holds."""

    secrets: EnvironmentSource = SECRETS
    own: tuple[str, ...] = ("dns/transfer",)
    listen: str = "::1"  # where sshd does; "::" for everywhere

    def target(self, **changes):
        """The box, connected, for a push."""
        box = Box(self.name, "::1", (self.host_key,))
        platform = load_platform(ROOT, self.kind)
        return connect_box(box, self.settings(**changes), platform, self.secrets, purpose="push", own=self.own)

    def up(self) -> ScratchServer:
        self.work.mkdir(parents=True, exist_ok=True)
        for key in ("id_ed25519", "host_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.work / key], check=True)
        shutil.copy(self.work / "id_ed25519.pub", self.work / "authorized_keys")
        (self.work / "sshd_config").write_text(
            f"Port 22\nListenAddress {self.listen}\nHostKey {self.work}/host_key\nAuthorizedKeysFile {self.work}/authorized_keys\n"
            "StrictModes no\nPermitRootLogin yes\nPasswordAuthentication no\nUsePAM no\nPidFile none\n"
        )
        subprocess.run(["ip", "netns", "add", self.netns], check=True)
        environ = os.environ | {"NAME": self.name, "WORK": str(self.work), "LOGIN": self.login}
        with (self.work / "boot.log").open("wb") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.netns, "unshare", "-m", "-u", "-p", "-f", "--mount-proc", "--kill-child",
                 "sh", "-c", _PREPARE],
                env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.wait_for_port(22)
        return self

    def answer(self, name: str, kind: str = "SOA", port: int = 53) -> dns.message.Message:
        """What the daemon says over TCP."""
        with dial("::1", port, 5, netns=self.netns) as connection:
            connection.setblocking(False)
            assert connection.type == socket.SOCK_STREAM
            return dns.query.tcp(dns.message.make_query(name, kind), "::1", timeout=5, sock=connection)

    def serves(self, name: str, port: int = 53) -> bool:
        """Does it answer anything but REFUSED of this name?"""
        return self.answer(name, port=port).rcode() != dns.rcode.REFUSED

    def daemons(self) -> str:
        """Process numbers of the daemon."""
        return self.run(f"pidof {PROGRAMS[self.kind]}").strip()


def serving(kind: str, *zones: str, port: int = 53) -> tuple[Part, ...]:
    """A whole configuration with these zones, on a port of loopback, with one key."""
    return _WRITERS[kind](zones, port)


def elsewhere(kind: str) -> tuple[Part, ...]:
    """One the check takes and no daemon can do: to listen on an address that is not the box's."""
    main, *others = serving(kind, "one.example", "elsewhere.example")
    text = main.text.replace("{ ::1; }", "{ 2001:db8::66; }").replace("[ ::1@53 ]", "[ 2001:db8::66@53 ]")
    text = text.replace("ip-address: ::1@53", "ip-address: 2001:db8::66@53")
    text = text.replace("interface: ::1\n", "interface: 2001:db8::66\n")
    assert text != main.text
    return (Part(main.name, text), *others)


def refused(kind: str) -> tuple[Part, ...]:
    """One the daemon's own check refuses."""
    main, *others = serving(kind, "one.example")
    wrong = {"bind": "optoins { };\n", "knot": "zoen:\n", "nsd": "zoen:\n", "unbound": "    prot: 53\n"}[kind]
    return (Part(main.name, main.text + wrong), *others)


def _bind(zones, port):
    blocks = "".join(
        f'zone "{zone}" {{\n\ttype primary;\n\tfile "/var/lib/bind/default/{zone}";\n\tupdate-policy {{ grant "k.example" zonesub any; }};\n}};\n'
        for zone in zones
    )
    conf = f"""key "k.example" {{
	algorithm hmac-sha256;
	secret "<secret:dns/transfer>";
}};
options {{
	directory "/var/cache/bind";
	listen-on-v6 port {port} {{ ::1; }};
	listen-on {{ none; }};
	recursion no;
	dnssec-validation no;
	empty-zones-enable no;
	masterfile-format text;
}};
{blocks}"""
    first = "$TTL 300\n@ IN SOA ns1.example. hostmaster.example. 1 3600 600 86400 300\n@ IN NS invalid.\n"
    return Part("named.conf", conf), Part("first.zone", first)


def _knot(zones, port):
    blocks = "".join(f"  - domain: {zone}\n    master: main\n" for zone in zones)
    conf = f"""server:
    listen: [ ::1@{port} ]
    rundir: /run/knot
    user: knot:knot
    background-workers: 1
database:
    storage: /var/lib/knot
key:
  - id: k.example
    algorithm: hmac-sha256
    secret: <secret:dns/transfer>
remote:
  - id: main
    address: ::1@5399
    key: k.example
template:
  - id: default
    storage: /var/lib/knot
zone:
{blocks}"""
    return (Part("knot.conf", conf),)


def _nsd(zones, port):
    blocks = "".join(
        f'zone:\n    name: "{zone}"\n    zonefile: "{zone}"\n    request-xfr: AXFR ::1@5399 k.example\n'
        for zone in zones
    )
    conf = f"""server:
    ip-address: ::1@{port}
    username: nsd
    zonesdir: "/var/lib/nsd"
    database: ""
    pidfile: "/run/nsd/nsd.pid"
    xfrdfile: "/var/lib/nsd/xfrd.state"
    xfrdir: "/var/lib/nsd"
    zonelistfile: "/var/lib/nsd/zone.list"
remote-control:
    control-enable: yes
    control-interface: /run/nsd/nsd.ctl
key:
    name: "k.example"
    algorithm: hmac-sha256
    secret: "<secret:dns/transfer>"
{blocks}"""
    return (Part("nsd.conf", conf),)


def _unbound(zones, port):
    blocks = "".join(f'    local-zone: "{zone}" static\n' for zone in zones)
    conf = f"""server:
    interface: ::1
    port: {port}
    username: "unbound"
    chroot: ""
    directory: "/etc/unbound"
    pidfile: "/run/unbound.pid"
    local-zone: "example" refuse
{blocks}
remote-control:
    control-enable: yes
    control-interface: /run/unbound.ctl
    control-use-cert: no
"""
    return (Part("unbound.conf", conf),)


_WRITERS = {"bind": _bind, "knot": _knot, "nsd": _nsd, "unbound": _unbound}

"""Scratch routers for these tests: real daemons and a real sshd in a network, mount, host-name and process namespace.

The box's own folders (/etc, /run, /var/lib) are laid over this machine's, so that what a test writes there stays in the box. Ending the box's first process ends all of it, whatever it started.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from netctl.credentials.sources import EnvironmentSource
from netctl.devices.platform import load_platform
from netctl.devices.reach import dial
from netctl.devices.register import connect
from netctl.devices.transport import Access
from netctl.errors import DeviceError
from netctl.model.network import Device, DeviceSettings, Source
from netctl.settings import Settings

ROOT = Path(__file__).parents[3]

FRR_CONF = """\
frr defaults traditional
hostname {name}
no ip forwarding
no ipv6 forwarding
service integrated-vtysh-config
!
interface lan0
 ip address 192.0.2.1/28
exit
!
router bgp 64500
 bgp router-id 198.51.100.1
 no bgp default ipv4-unicast
 neighbor 192.0.2.2 remote-as 64501
 !
 address-family ipv4 unicast
  neighbor 192.0.2.2 activate
 exit-address-family
exit
!
"""

_PREPARE = r"""
set -e
hostname "$NAME"
mount --make-rprivate /
for folder in /run /var/log/frr /var/tmp; do mount -t tmpfs none $folder; done
for folder in etc lib; do mkdir -p /run/over/$folder/upper /run/over/$folder/work; done
mount -t overlay none -o lowerdir=/etc,upperdir=/run/over/etc/upper,workdir=/run/over/etc/work /etc
mount -t overlay none -o lowerdir=/var/lib,upperdir=/run/over/lib/upper,workdir=/run/over/lib/work /var/lib
mkdir -p /run/frr /run/sshd /var/tmp/frr
sed -i '/^netctl:/d' /etc/passwd
echo "$LOGIN:x:0:0::/root:/bin/sh" >> /etc/passwd
rm -f /etc/issue.net /etc/frr/frr.conf
ip link set lo up
ip link add lan0 type veth peer name far0
ip link set lan0 up
ip link set far0 up
"""

_FRR = r"""
echo 'service integrated-vtysh-config' > /etc/frr/vtysh.conf
cp "$WORK/frr.conf" /etc/frr/frr.conf
chown -R frr:frr /etc/frr /run/frr /var/log/frr
for daemon in zebra staticd bgpd; do /usr/lib/frr/$daemon -d -A 127.0.0.1; done
vtysh -b
"""

_NETCONFD = r"""
mkdir -p /run/home
cd /run
/usr/sbin/netconfd --target=candidate --with-validate=true --with-startup=false --no-startup --access-control=off \
    --superuser="$LOGIN" --ncxserver-sockname=/run/ncxserver.sock --port=830 \
    --modpath="$YANG:/usr/share/yuma/modules" $MODULES > "$WORK/netconfd.log" 2>&1 &
tries=0
while [ ! -S /run/ncxserver.sock ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
"""

MODULES = (
    "iana-if-type", "ietf-interfaces", "ietf-ip", "ietf-routing", "ietf-ipv4-unicast-routing",
    "ietf-ipv6-unicast-routing", "ietf-system", "netctl-bgp", "netctl-management", "netctl-vrrp",
)  # fmt: skip

_SSHD = r"""
exec /usr/sbin/sshd -D -e -f "$WORK/sshd_config"
"""


@dataclass
class Scratch:
    """One box. `access` tells how to reach it; `netns` is its network namespace."""

    name: str
    work: Path
    kind: str  # "frr" or "netconf"
    conf: str = ""
    login: str = "netctl"
    modules: tuple[str, ...] = MODULES
    netns: str = field(init=False)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.netns = f"nt{os.getpid()}-{self.name}"

    @property
    def key_file(self) -> str:
        return str(self.work / "id_ed25519")

    @property
    def host_key(self) -> str:
        return " ".join((self.work / "host_key.pub").read_text().split()[:2])

    @property
    def port(self) -> int:
        return 830 if self.kind == "netconf" else 22

    def access(self, **changes) -> Access:
        facts = dict(
            name=self.name, address="::1", port=self.port, username=self.login, host_keys=(self.host_key,),
            key_file=self.key_file, netns=self.netns,
        )  # fmt: skip
        return Access(**(facts | changes))

    def options(self, **changes) -> dict:
        """The same as NAPALM's optional arguments."""
        return {
            "name": self.name, "port": self.port, "shell_port": 22, "host_keys": (self.host_key,), "key_file": self.key_file,
            "netns": self.netns, "owner": "tester@here:1",
        } | changes  # fmt: skip

    def device(self, **changes) -> Device:
        """The box as the inventory would declare it."""
        facts = dict(
            name=self.name, role="ce", platform="ietf_netconf" if self.kind == "netconf" else "frr", position=1, number=2,
            site="s", centre="", management_address="::1", host_keys=(self.host_key,),
            settings=DeviceSettings(session_secret="bgp/test"), source=Source("inventory/x.yaml", 1),
        )  # fmt: skip
        return Device(**(facts | changes))

    def settings(self, **changes) -> Settings:
        """How this machine would reach it."""
        facts = dict(
            home=self.work / "home", username=self.login, key_file=self.key_file, management_netns=self.netns,
            command_timeout=45,
        )  # fmt: skip
        return Settings(**(facts | changes))

    def target(self, **changes):
        """The box, connected, for a push."""
        device = self.device(**changes)
        secrets = EnvironmentSource({"NETCTL_SECRET_BGP_TEST": "walrus-7-walrus"})
        return connect(device, self.settings(), load_platform(ROOT, device.platform), secrets, purpose="push")

    def up(self) -> Scratch:
        self.work.mkdir(parents=True, exist_ok=True)
        for key in ("id_ed25519", "host_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.work / key], check=True)
        shutil.copy(self.work / "id_ed25519.pub", self.work / "authorized_keys")
        (self.work / "frr.conf").write_text(self.conf or FRR_CONF.format(name=self.name))
        ports = "Port 22\nPort 830\n" if self.kind == "netconf" else "Port 22\n"
        subsystem = 'Subsystem netconf "/usr/sbin/netconf-subsystem --ncxserver-sockname=830@/run/ncxserver.sock"\n'
        (self.work / "sshd_config").write_text(
            f"{ports}ListenAddress ::1\nHostKey {self.work}/host_key\nAuthorizedKeysFile {self.work}/authorized_keys\n"
            "StrictModes no\nPermitRootLogin yes\nPasswordAuthentication no\nUsePAM no\nPidFile none\n"
            + (subsystem if self.kind == "netconf" else "")
        )
        subprocess.run(["ip", "netns", "add", self.netns], check=True)
        script = _PREPARE + _FRR + (_NETCONFD if self.kind == "netconf" else "") + _SSHD
        environ = os.environ | {
            "NAME": self.name, "WORK": str(self.work), "LOGIN": self.login,
            "YANG": str(ROOT / "devices/ietf_netconf/yang"),
            "MODULES": " ".join(f"--module={module}" for module in self.modules),
        }  # fmt: skip
        with (self.work / "boot.log").open("wb") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.netns, "unshare", "-m", "-u", "-p", "-f", "--mount-proc", "--kill-child",
                 "sh", "-c", script],
                env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.wait_for_port(22)
        return self

    def wait_for_port(self, port: int, seconds: float = 20) -> None:
        until = time.monotonic() + seconds
        while True:
            try:
                dial("::1", port, 1, netns=self.netns).close()
                return
            except DeviceError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise AssertionError((self.work / "boot.log").read_text()) from None
                time.sleep(0.05)

    def run(self, command: str) -> str:
        """A shell command on the box, as its console would."""
        inner = subprocess.run(
            ["nsenter", "-t", str(self.first_process()), "-m", "-u", "-n", "-p", "sh", "-c", command],
            capture_output=True, text=True, timeout=30,
        )  # fmt: skip
        return inner.stdout + inner.stderr

    def first_process(self) -> int:
        unshare = self.process.pid
        children = Path(f"/proc/{unshare}/task/{unshare}/children").read_text().split()
        return int(children[0])

    def down(self) -> None:
        if self.process is not None:
            try:
                os.kill(self.first_process(), signal.SIGKILL)
            except (IndexError, OSError):
                self.process.kill()
            self.process.wait(10)
        subprocess.run(["ip", "netns", "del", self.netns], check=False)


def possible() -> str:
    """Why scratch boxes cannot be had here; "" where they can."""
    if os.geteuid() != 0:
        return "needs root"
    missing = [
        program
        for program in ("/usr/lib/frr/zebra", "/usr/sbin/sshd", "/usr/sbin/netconfd", "/usr/sbin/nft", "/usr/bin/vtysh")
        if not Path(program).exists()
    ]
    return f"missing: {', '.join(missing)}" if missing else ""


def poll(ask, seconds: float = 15, pause: float = 0.1):
    """What `ask` answers as soon as it is true; it is asked again every `pause` seconds, for `seconds` at most."""
    until = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < until, "it never came to be"
        time.sleep(pause)
    return found

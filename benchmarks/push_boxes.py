"""Real NETCONF servers on loopback: a netconfd and an sshd for each router, at the address it is declared with.

All of them live in the network, mount and process namespaces of `push.py`, so that nothing is in anybody's way and all
of it ends with that process. Each box has a /run and a host name of its own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from netctl.model.artefact import Part

MODULES = (
    "iana-if-type", "ietf-interfaces", "ietf-ip", "ietf-routing", "ietf-ipv4-unicast-routing",
    "ietf-ipv6-unicast-routing", "ietf-system", "netctl-bgp", "netctl-management", "netctl-vrrp",
)  # fmt: skip
STARTING_AT_ONCE = 4

_START = """\
set -e
hostname "$NAME"
mount -t tmpfs -o mode=0755 tmpfs /run
mkdir /run/sshd
export HOME="$BOX"
cd "$BOX"
/usr/sbin/netconfd --target=candidate --with-validate=true --with-startup=false --startup="$BOX/startup.xml" \\
    --access-control=off --superuser=root --ncxserver-sockname="$BOX/netconfd.sock" --port=830 \\
    --modpath="$YANG:/usr/share/yuma/modules" --log="$BOX/netconfd.log" --log-level=warn $MODULES \\
    </dev/null >netconfd.out 2>&1 &
exec /usr/sbin/sshd -D -f "$BOX/sshd_config"
"""
_SSHD = """\
ListenAddress [{address}]:22
ListenAddress [{address}]:830
HostKey {shared}/host
AuthorizedKeysFile {shared}/user.pub
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
UsePAM no
UseDNS no
PidFile none
MaxStartups 64
SetEnv HOME={own} PATH={shared}/bin:/usr/sbin:/usr/bin STAGE_OWN={own}/netconfd.sock STAGE_MATE={mate}/netconfd.sock
Subsystem netconf "/usr/sbin/netconf-subsystem --ncxserver-sockname=830@{own}/netconfd.sock"
"""
_VTYSH = '#!/bin/sh\nexec /usr/bin/python3 -IS "{stage}" "$@"\n'
_PING = """\
#!/bin/sh
while [ "$1" != -c ]; do shift; done
echo "$2 packets transmitted, $2 received, 0% packet loss"
"""


@dataclass(frozen=True, slots=True)
class Box:
    """One router to be: where it answers, whose mate it is, and what it holds at first."""

    name: str
    mate: str
    address: str
    document: str  # config.xml


def lay(folder: Path, yang: Path, boxes: Sequence[Box]) -> None:
    """The files of all boxes, and their addresses on the loopback port of this network namespace."""
    (folder / "bin").mkdir()
    for name, text in (("vtysh", _VTYSH.format(stage=Path(__file__).with_name("push_stage.py"))), ("ping", _PING)):
        program = folder / "bin" / name
        program.write_text(text)
        program.chmod(0o755)
    for box in boxes:
        own = folder / box.name
        own.mkdir()
        facts = {"address": box.address, "shared": folder, "own": own, "mate": folder / box.mate}
        (own / "sshd_config").write_text(_SSHD.format(**facts))
        (own / "startup.xml").write_text(startup(Part("config.xml", box.document)))
        (own / "yang").symlink_to(yang)
    lines = "".join(f"address add {box.address}/128 dev lo nodad\n" for box in boxes)
    subprocess.run(["ip", "-batch", "-"], input=f"link set lo up\n{lines}", text=True, check=True)


def startup(part: Part) -> str:
    """A part as a server's startup file holds it: with ``config`` for its outermost element."""
    document = etree.fromstring(part.text.encode())
    document.tag = f"{{{document.nsmap[None]}}}config"
    return etree.tostring(document, encoding="unicode", pretty_print=True)


def start(folder: Path, boxes: Sequence[Box], deadline: float) -> float:
    """Switch all boxes on; seconds until the last one's NETCONF server greets. Raises `TimeoutError`."""
    begun = time.monotonic()

    def one(box: Box) -> None:
        own = folder / box.name
        facts = {"NAME": box.name, "BOX": str(own), "YANG": str(own / "yang")}
        facts["MODULES"] = " ".join(f"--module={module}" for module in MODULES)
        with (own / "boot.log").open("w") as log:
            subprocess.Popen(  # ends with the process namespace
                ["unshare", "--mount", "--uts", "sh", "-c", _START],
                env=os.environ | facts, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        while not _ready(box, own / "netconfd.sock"):
            if time.monotonic() > begun + deadline:
                said = (own / "boot.log").read_text() + (own / "netconfd.out").read_text()
                raise TimeoutError(f"{box.name} did not start within {deadline:.0f} s: {said[-400:]}")
            time.sleep(0.05)

    with ThreadPoolExecutor(STARTING_AT_ONCE) as pool:
        list(pool.map(one, boxes))
    return time.monotonic() - begun


def _ready(box: Box, server: Path) -> bool:
    if not server.is_socket():
        return False
    try:
        with socket.create_connection((box.address, 830), 2) as door:
            return door.recv(4) == b"SSH-"
    except OSError:
        return False


def cpu_of_all_but(others: set[int]) -> float:
    """Seconds of computing time of every process in this process namespace, those they waited for included."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) not in others:
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended just now
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")

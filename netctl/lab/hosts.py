"""One host: switched on, switched off, entered."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

from netctl.errors import LabUnknown
from netctl.lab import kernel
from netctl.lab.kernel import run
from netctl.lab.place import Place
from netctl.lab.topology import NOC

SYSCTLS = (  # before any port exists: what new ports inherit, and what the whole namespace does
    "net.ipv6.conf.default.accept_dad=0",
    "net.ipv6.conf.default.accept_ra=0",
    "net.ipv6.conf.all.keep_addr_on_down=1",
    "net.ipv6.conf.default.keep_addr_on_down=1",
    "net.ipv4.conf.all.rp_filter=0",
    "net.ipv4.conf.default.rp_filter=0",
)
FORWARDING = (
    "net.ipv4.ip_forward=1",
    "net.ipv6.conf.all.forwarding=1",
    # A virtual address is answered for by its own macvlan only, never by the port below it.
    "net.ipv4.conf.all.arp_ignore=1",
    "net.ipv4.conf.all.arp_announce=2",
    # Both routers of a pair give their VRRP macvlans one MAC address. Their link-local addresses must differ all the
    # same: vrrpd sends IPv6 advertisements from them and takes those from its own address for its own, so both stay
    # master.
    "net.ipv6.conf.default.addr_gen_mode=3",
    "net.ipv4.fib_multipath_hash_policy=1",
    "net.ipv6.fib_multipath_hash_policy=1",
)
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}


def make_namespace(where: Place, host: str, *, forwards: bool) -> None:
    """An empty network namespace, set to route (or not) before any port enters it."""
    name = where.namespace(host)
    run("ip", "netns", "add", name)
    values = SYSCTLS + (FORWARDING if forwards else ())
    run("nsenter", f"--net={kernel.NAMESPACES / name}", "sysctl", "-q", "-w", *values)


def boot(where: Place, host: str) -> None:
    """Switch a host on; it goes on booting after this returns and outlives the caller."""
    folder = where.host(host)
    with resources.as_file(resources.files("netctl.lab") / "boxes" / "boot.sh") as script:
        command = ["setsid", "--fork", "nsenter", f"--net={kernel.NAMESPACES / where.namespace(host)}"]
        command += ["unshare", "--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child"]
        command += ["sh", str(script), host, str(folder)]
        with (folder / "boot.log").open("a") as log:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=ENVIRONMENT, check=True)


def init(where: Place, host: str) -> int | None:
    """The process number of a host's first process; None while it is off."""
    file = kernel.NAMESPACES / where.namespace(host)
    if not file.exists():
        raise LabUnknown(f"lab {where.name} has no host {host!r}", hint="`netctl lab status` lists them")
    return kernel.init_of(kernel.processes([file])[file])


def power(pids: Iterable[int]) -> str:
    """``off``, ``booting`` or ``up`` (the start script has run to its end), for the host these processes make up."""
    pid = kernel.init_of(pids)
    if pid is None:
        return "off"
    return "up" if Path(f"/proc/{pid}/root/run/booted").exists() else "booting"


def entering(where: Place, host: str, command: Sequence[str]) -> list[str]:
    """The command line that runs `command` inside a host (or, for the NOC, in its network namespace only)."""
    if host == NOC:
        return ["nsenter", f"--net={kernel.NAMESPACES / where.namespace(NOC)}", *command]
    pid = init(where, host)
    if pid is None:
        raise LabUnknown(f"host {host!r} of lab {where.name} is off", hint=f"`netctl lab heal {host}` switches it on")
    return ["nsenter", f"--target={pid}", "--net", "--mount", "--pid", "--uts", "--ipc", *command]


def enter(where: Place, host: str, command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run `command` inside a host and wait for it; output captured as text."""
    full = entering(where, host, command)
    environment = os.environ | ENVIRONMENT if host == NOC else ENVIRONMENT
    return subprocess.run(full, capture_output=True, text=True, check=False, env=environment, **options)  # type: ignore[call-overload,no-any-return]


def log_of(where: Place, host: str) -> str:
    """What a host said while it booted."""
    file: Path = where.host(host) / "boot.log"
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

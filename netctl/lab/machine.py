"""May this machine raise a lab: root, namespaces, and the Debian packages whose daemons the hosts run."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from netctl.errors import LabNotPossible

PROGRAMS: Mapping[str, str] = {  # a program every lab needs → the Debian package that brings it
    "ip": "iproute2",
    "nsenter": "util-linux",
    "unshare": "util-linux",
    "nft": "nftables",
    "vtysh": "frr",
    "ping": "iputils-ping",
    "sshd": "openssh-server",
    "ssh-keygen": "openssh-client",
    "netconfd": "netconfd",
    "sysctl": "procps",
    "chronyd": "chrony",
}
FILES: Mapping[str, str] = {
    "/usr/lib/frr/vrrpd": "frr",
    "/usr/lib/frr/frr-reload.py": "frr-pythontools",
    "/usr/sbin/netconf-subsystem": "netconfd",
}
SERVERS: Mapping[str, Mapping[str, str]] = {  # the same for each name server's software
    "bind": {"named": "bind9", "rndc": "bind9-utils", "named-checkzone": "bind9-utils"},
    "knot": {"knotd": "knot"},
    "nsd": {"nsd": "nsd"},
    "unbound": {"unbound": "unbound"},
}
SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

_CLONE_NEWNET = 0x40000000
_CLONE_NEWNS = 0x00020000


def require(*, uid: Callable[[], int] = os.geteuid, exists: Callable[[str], bool] = os.path.exists) -> None:
    """Raise `LabNotPossible`, naming everything that is missing, unless a lab can be raised here."""
    if uid() != 0:
        raise LabNotPossible(
            "a lab needs root: it makes network namespaces and mounts",
            hint="run the command as root; everything that needs no lab works without",
        )
    _require_packages(missing_packages(exists))
    _require_namespaces()


def require_servers(software: Iterable[str], *, exists: Callable[[str], bool] = os.path.exists) -> None:
    """The same for the daemons of name servers, which only a network that declares them needs."""
    programs = [item for each in sorted(set(software)) for item in SERVERS[each].items()]
    _require_packages(sorted({package for program, package in programs if not _installed(program, exists)}))


def _require_packages(missing: list[str]) -> None:
    if missing:
        raise LabNotPossible(
            f"these Debian packages are missing: {' '.join(missing)}",
            hint=f"apt-get install --no-install-recommends {' '.join(missing)}",
        )


def missing_packages(exists: Callable[[str], bool] = os.path.exists) -> list[str]:
    """The Debian packages a lab needs and this machine lacks, sorted."""
    missing = {package for program, package in PROGRAMS.items() if not _installed(program, exists)}
    missing |= {package for file, package in FILES.items() if not exists(file)}
    return sorted(missing)


def _installed(program: str, exists: Callable[[str], bool]) -> bool:
    return any(exists(f"{folder}/{program}") for folder in SYSTEM_PATH.split(":"))


def _require_namespaces() -> None:
    """Try it in a child: a container may be root and still be refused namespaces."""
    child = os.fork()
    if child == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        os._exit(0 if libc.unshare(_CLONE_NEWNET | _CLONE_NEWNS) == 0 else 1)
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise LabNotPossible(
            "this machine refuses network and mount namespaces",
            hint="a container needs --privileged; everything that needs no lab works without",
        )
    if "overlay" not in Path("/proc/filesystems").read_text(encoding="ascii") and not shutil.which("modprobe"):
        raise LabNotPossible("this machine's kernel has no overlay file system")

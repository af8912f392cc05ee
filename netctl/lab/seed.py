"""The files a box has when it is switched on for the first time, as an archive laid over the machine's own Debian."""

from __future__ import annotations

import grp
import io
import pwd
import tarfile
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from netctl.lab.nameservers import Server
from netctl.lab.place import Place
from netctl.lab.topology import Endpoint, Router
from netctl.model.artefact import Part

USER = "netctl"


class File(NamedTuple):
    """One file of a box; `path` from the root, without the first slash."""

    path: str
    text: str
    mode: int = 0o644
    owner: str = "root"
    group: str = ""  # "" for the owner's own


# Where a part of an artefact lives on a box; the same paths a real Debian router has.
PART_FILES = {
    "frr.conf": ("etc/frr/frr.conf", 0o640, "frr"),
    "management.nft": ("etc/netctl/management.nft", 0o644, "root"),
    "chrony.sources": ("etc/chrony/sources.d/netctl.sources", 0o644, "root"),
    "rsyslog.conf": ("etc/rsyslog.d/50-netctl.conf", 0o644, "root"),
    "snmpd.conf": ("etc/snmp/snmpd.conf.d/netctl.conf", 0o600, "root"),
    "banner": ("etc/issue.net", 0o644, "root"),
    "config.xml": ("etc/netctl/startup.xml", 0o600, "root"),
}
# The same of a name server: its software's account may read them, for keys are in them.
SERVER_FILES = {
    "named.conf": ("etc/bind/named.conf", "bind"),
    "first.zone": ("etc/bind/first.zone", "bind"),
    "knot.conf": ("etc/knot/knot.conf", "knot"),
    "nsd.conf": ("etc/nsd/nsd.conf", "nsd"),
    "unbound.conf": ("etc/unbound/unbound.conf", "unbound"),
}

SSHD = """\
Port 22
{more}HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile /etc/ssh/authorized_keys/%u
AllowUsers {user}
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
Banner /etc/issue.net
PidFile /run/sshd.pid
MaxStartups 64
MaxSessions 32
Subsystem sftp internal-sftp
"""
NETCONF = """\
Port 830
Subsystem netconf "/usr/sbin/netconf-subsystem --ncxserver-sockname=830@/run/netconfd.sock"
"""
# All hosts share the machine's clock, so chronyd measures it and never sets it (-x in the boxes' start scripts).
CHRONY = "sourcedir /etc/chrony/sources.d\n"
TIME_SERVER = "local stratum 2\nallow\n"


def write(where: Place, host: str, files: Iterable[File]) -> None:
    """Lay `files` down as the archive `boot.sh` unpacks on a host's first start."""
    folder = where.host(host)
    for part in ("upper", "work", "root"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / "seed.tar", "w") as archive:
        for file in files:
            content = file.text.encode()
            member = tarfile.TarInfo(file.path)
            member.size = len(content)
            member.mode = file.mode
            member.uname, member.gname = file.owner, file.group or file.owner
            member.uid, member.gid = pwd.getpwnam(member.uname).pw_uid, grp.getgrnam(member.gname).gr_gid
            archive.addfile(member, io.BytesIO(content))


def endpoint(host: Endpoint, domain: str = "") -> list[File]:
    """A host on a LAN; one that serves time knows no better clock than its own."""
    files = [File("etc/hostname", f"{host.name}\n"), _start("endpoint.sh")]
    if host.resolvers:
        asked = "".join(f"nameserver {address}\n" for address in host.resolvers)
        files.append(File("etc/resolv.conf", f"search {domain}\n{asked}options timeout:1\n"))
    return [*files, File("etc/chrony/chrony.conf", TIME_SERVER)] if host.time else files


def server(where: Place, box: Server, parts: tuple[Part, ...]) -> list[File]:
    """A name server as built: its configuration, what starts its daemon, its door and its keys."""
    address = box.management.partition("/")[0]
    daemons = resources.files("netctl") / "devices" / "daemon"  # files: the package itself would load every driver
    texts = [daemons / name for name in ("parts.sh", f"{box.software}.sh")]
    files = [
        *_door(where, box.name, f"ListenAddress {address}\n"),
        File("etc/netctl-lab/daemon", "".join(text.read_text(encoding="utf-8") for text in texts)),
        _start("nameserver.sh"),
    ]
    for part in parts:
        path, group = SERVER_FILES[part.name]
        files.append(File(path, part.text, 0o640, group=group))
    return files


def router(where: Place, box: Router, parts: tuple[Part, ...], root: Path) -> list[File]:
    """A router as built: its artefact's parts in their places, its door and its keys."""
    netconf = box.platform == "ietf_netconf"
    files = [
        *_door(where, box.name, NETCONF if netconf else ""),
        File("etc/chrony/chrony.conf", CHRONY),
        _start(f"{box.platform}.sh"),
    ]
    if netconf:
        files += _netconf(root)
    files += [
        File(path, _startup(part), mode, owner) for part in parts for path, mode, owner in [PART_FILES[part.name]]
    ]
    return files


def _door(where: Place, name: str, more: str) -> list[File]:
    """What a box is called, and how netctl gets in."""
    return [
        File("etc/hostname", f"{name}\n"),
        File("etc/ssh/sshd_config", SSHD.format(user=USER, more=more)),
        File("etc/ssh/ssh_host_ed25519_key", (where.keys / f"host-{name}").read_text(encoding="ascii"), 0o600),
        File("etc/ssh/ssh_host_ed25519_key.pub", (where.keys / f"host-{name}.pub").read_text(encoding="ascii")),
        File(f"etc/ssh/authorized_keys/{USER}", (where.keys / f"{USER}.pub").read_text(encoding="ascii")),
        *_accounts(),
    ]


def _netconf(root: Path) -> Iterator[File]:
    """The network's own YANG modules, and the agent that makes the box do what its server's `running` says."""
    for module in sorted((root / "devices" / "ietf_netconf" / "yang").glob("*.yang")):
        yield File(f"usr/share/netctl/yang/{module.name}", module.read_text(encoding="utf-8"))
    for source in sorted((resources.files("netctl.lab") / "agent").iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".py"):
            yield File(f"usr/lib/netctl/netctl_agent/{source.name}", source.read_text(encoding="utf-8"))


def _startup(part: Part) -> str:
    """A part as a box's disk holds it: the NETCONF server's startup file has ``config`` for its outermost element."""
    if part.name != "config.xml":
        return part.text
    document = etree.fromstring(part.text.encode())
    document.tag = f"{{{document.nsmap[None]}}}config"
    return etree.tostring(document, encoding="unicode", pretty_print=True)


def _accounts() -> Iterator[File]:
    """The machine's own accounts and netctl's, which is root by another name: a router's login is its administrator."""
    passwd = Path("/etc/passwd").read_text(encoding="utf-8")
    kept = [line for line in passwd.splitlines() if not line.startswith(f"{USER}:")]
    # Not root's home: the machine's own ~/.bashrc would run, whatever it starts, before every command.
    yield File("etc/passwd", "\n".join([*kept, f"{USER}:x:0:0:netctl:/:/bin/bash"]) + "\n")
    locked = [f"{line.split(':')[0]}:*:19000::::::" for line in kept]  # from names alone: no password is ever read
    yield File("etc/shadow", "\n".join([*locked, f"{USER}:*:19000::::::"]) + "\n", 0o600)


def _start(script: str) -> File:
    text = (resources.files("netctl.lab") / "boxes" / script).read_text(encoding="utf-8")
    return File("etc/netctl-lab/start", text, 0o755)

"""What the box must be → FRR, the packet filter, the hostname and files of this box."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

from . import frr
from .document import Box

FRR_CONF = Path("/etc/frr/frr.conf")
FILTER = Path("/etc/netctl/management.nft")
BANNER = Path("/etc/issue.net")
CHRONY = Path("/etc/chrony/sources.d/netctl.sources")
RSYSLOG = Path("/etc/rsyslog.d/50-netctl.conf")


class NotApplied(Exception):
    """A program of this box refused; the message is its own."""


def apply(box: Box, *, first: bool) -> None:
    """Make this box what `box` says; `first` where FRR has just started and holds nothing."""
    if box.hostname and box.hostname != socket.gethostname():
        socket.sethostname(box.hostname)
    _write(BANNER, box.banner + "\n" if box.banner else "")
    if _write(CHRONY, "".join(f"server {server} iburst\n" for server in box.ntp_servers)) and not first:
        # One that does not run reads its sources when it starts: no reason to leave the rest of the box as it was.
        subprocess.run(("chronyc", "reload", "sources"), capture_output=True, check=False, timeout=5)
    _write(
        RSYSLOG,
        "".join(f'action(type="omfwd" target="{server}" port="514" protocol="tcp")\n' for server in box.syslog_servers),
    )
    if _write(FILTER, packet_filter(box)) or first:
        _run("nft", "--file", str(FILTER))
    for port in box.ports:
        if port.mtu and port.name != "lo":
            _run("ip", "link", "set", "dev", port.name, "mtu", str(port.mtu))
    if _write(FRR_CONF, frr.configuration(box)) or first:
        _run(*(("vtysh", "-b") if first else ("/usr/lib/frr/frr-reload.py", "--reload", str(FRR_CONF))))


def packet_filter(box: Box) -> str:
    """An nftables file that makes its one table anew: management only from the allowed prefixes, all else untouched."""
    sources = [f"ip6 saddr {prefix}" if ":" in prefix else f"ip saddr {prefix}" for prefix in box.allowed]
    accepted = [
        f"    tcp dport {{ 22, 830 }} {source} accept\n    udp dport 161 {source} accept\n" for source in sources
    ]
    return (
        "table inet netctl\ndelete table inet netctl\ntable inet netctl {\n  chain management {\n"
        "    type filter hook input priority filter; policy accept;\n"
        '    ct state established,related accept\n    iifname "lo" accept\n'
        f"{''.join(accepted)}"
        "    tcp dport { 22, 830 } drop\n    udp dport 161 drop\n  }\n}\n"
    )


def _write(file: Path, text: str) -> bool:
    """True where the file's content changed."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return True


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0:
        raise NotApplied(f"{' '.join(command)}: {(done.stderr or done.stdout).strip()[-500:]}")

"""FRR's real daemons in namespaces of their own, with a configuration loaded as at boot."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

DAEMONS = ("zebra -A 127.0.0.1", "staticd", "bgpd -p 0", "isisd", "bfdd", "vrrpd")
MISSING = (
    "needs root, for namespaces"
    if os.geteuid() != 0
    else "needs the Debian package frr"
    if shutil.which("vtysh") is None
    else ""
)

# Everything below is private to the box: network, processes, hostname, and the folders FRR writes to.
_SCRIPT = """
set -eu
for folder in /run /etc/frr /var/tmp /var/log; do mount -t tmpfs none $folder; done
mkdir -p /run/frr
cp "$1" /etc/frr/frr.conf
echo 'service integrated-vtysh-config' > /etc/frr/vtysh.conf
chown -R frr:frrvty /etc/frr /run/frr
hostname "$2"
ip link set lo up
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
for daemon in {daemons}; do /usr/lib/frr/$daemon >/dev/null 2>&1; done
for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    vtysh -c 'show version' >/dev/null 2>&1 && break
    sleep 0.1
done
vtysh -b > /run/boot 2>&1 || true
grep -v 'does not exist' /run/boot >&2 || true
[ -z "$3" ] || vtysh -f "$3" >&2
vtysh -c 'show running-config'
"""


def running_after(configuration: Path, hostname: str, merged: Path | None = None) -> tuple[str, str]:
    """What ``show running-config`` prints after booting with a file (and merging another), and what FRR complained of."""
    script = _SCRIPT.format(daemons=" ".join(f"'{daemon} -d'" for daemon in DAEMONS))
    done = subprocess.run(
        ["unshare", "-n", "-m", "-u", "-p", "--fork", "--kill-child", "--mount-proc", "sh", "-c", script, "box"]
        + [str(configuration), hostname, str(merged or "")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr

"""A router of real FRR daemons in namespaces of its own, spoken to line by line as a person would."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from netctl.config.frr import normalise_running

DAEMONS = ("zebra -A 127.0.0.1", "staticd", "bgpd -p 0", "ospfd", "ospf6d", "isisd", "bfdd", "vrrpd")

# Network, processes, hostname and the folders FRR writes to are private. A daemon started with `-d` returns when it
# listens, so nothing is waited for. A request is a file of lines; vtysh stops at the first one that it refuses.
_SCRIPT = """
set -eu
for folder in /run /etc/frr /var/tmp /var/log; do mount -t tmpfs none $folder; done
mkdir -p /run/frr /var/log/frr
chown frr:frr /var/log/frr
cp "$1/boot" /etc/frr/frr.conf
echo 'service integrated-vtysh-config' > /etc/frr/vtysh.conf
chown -R frr:frrvty /etc/frr /run/frr
hostname router
ip link set lo up
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.promote_secondaries=1
while read -r port; do ip link add "$port" type bridge; ip link set "$port" up; done < "$1/ports"
for daemon in {daemons}; do /usr/lib/frr/$daemon >/dev/null 2>&1; done
vtysh -b > "$1/answer" 2>&1 || true
echo ready
while read -r request; do
    set --
    while IFS= read -r line; do set -- "$@" -c "$line"; done < "$request/request"
    vtysh "$@" > "$request/answer" 2>&1 || true
    echo ready
done
"""
_PORT = re.compile(r"^interface (?!lo$)(\S{1,15})$", re.MULTILINE)
# Said by FRR where nothing is refused: what a name stands for comes later, what a change means, or what is in a file of ours.
_HARMLESS = re.compile(
    r"\s*|The route-map '\S+' does not exist\.|Graceful restart configuration changed, .*|Static Route to .* not installed currently .*"
    r"|% OSPF: Reference bandwidth is changed\.|\s*Please ensure reference bandwidth is consistent .*"
    r"|Please be aware that removing the password is a security risk .*"
)


@dataclass(frozen=True, slots=True)
class ScratchFrr:
    """One router under a folder; it lives while `raised` does."""

    folder: Path
    process: subprocess.Popen[str]

    def say(self, lines: Iterable[str]) -> list[str]:
        """Says lines in configuration mode; returns what FRR complained of."""
        return self._ask(["configure terminal", *lines])

    def running(self) -> str:
        """What `show running-config` prints, in the one order."""
        self._ask(["show running-config"])
        return normalise_running((self.folder / "answer").read_text(encoding="utf-8"))

    def complaints(self) -> list[str]:
        """What the last answer says beyond the harmless."""
        answer = (self.folder / "answer").read_text(encoding="utf-8")
        return [line for line in answer.splitlines() if not _HARMLESS.fullmatch(line)]

    def _ask(self, lines: list[str]) -> list[str]:
        (self.folder / "request").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        assert self.process.stdin is not None
        self.process.stdin.write(f"{self.folder}\n")
        self.process.stdin.flush()
        self.await_ready()
        return self.complaints()

    def await_ready(self) -> None:
        """Returns when the router has done what it was asked; no clock is needed."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line == "ready\n", "the router has ended"


@contextmanager
def raised(folder: Path, configuration: str, *others: str) -> Iterator[ScratchFrr]:
    """A router that has booted with a configuration and has every port that this and other texts name."""
    ports = sorted({port for text in (configuration, *others) for port in _PORT.findall(text)})
    (folder / "boot").write_text(configuration, encoding="utf-8")
    (folder / "ports").write_text("".join(f"{port}\n" for port in ports), encoding="utf-8")
    script = _SCRIPT.format(daemons=" ".join(f"'{daemon} -d'" for daemon in DAEMONS))
    with subprocess.Popen(
        ["unshare", "-n", "-m", "-u", "-p", "--fork", "--kill-child", "--mount-proc", "sh", "-c", script, "router"]
        + [str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        router = ScratchFrr(folder, process)
        try:
            router.await_ready()
            yield router
        finally:
            process.kill()

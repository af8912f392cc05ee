"""FRR's own command line asked over a shell, by the frr driver and by others whose router forwards with FRR."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Any

from netctl.devices.shell import Shell
from netctl.errors import CommandFailed
from netctl.model.health import Probe

# The account on the router is root's equal, or may use sudo without a password; docs/platforms.md says how.
AS_ROOT = '$([ "$(id -u)" -eq 0 ] || echo sudo -n)'
_END = "=====8<===== end"
_RECEIVED = re.compile(r"(\d+) packets transmitted, (\d+) (?:packets )?received")


def ask(shell: Shell, commands: Sequence[str], seconds: float) -> dict[str, str]:
    """Outputs of several vtysh commands, in one exchange. A command that fails has what it printed as its output."""
    lines = [
        f"{AS_ROOT} vtysh -c {shlex.quote(command)} 2>/dev/null; printf '\\n%s\\n' '{_END}'" for command in commands
    ]
    text = shell.require("\n".join(lines), seconds)
    pieces = text.split(f"\n{_END}\n")
    if len(pieces) != len(commands) + 1:
        raise CommandFailed("the outputs of vtysh are incomplete", where=shell.name)
    return dict(zip(commands, pieces, strict=False))


def hostname(shell: Shell, seconds: float) -> str:
    """What the box itself says its name is."""
    return shell.require("uname -n", seconds).strip()


def uptime(shell: Shell, seconds: float) -> float:
    """Seconds since the box started."""
    return float(shell.require("cat /proc/uptime", seconds).split()[0])


def ping(shell: Shell, destination: str, source: str, *, count: int, wait: float, seconds: float) -> Probe:
    """Echo requests, five a second, each answered within `wait` seconds or lost."""
    command = f"ping -n -q -c {count:d} -i 0.2 -W {wait:g}"
    if source:
        command += f" -I {shlex.quote(source)}"
    done = shell.run(f"{command} {shlex.quote(destination)}", seconds)
    found = _RECEIVED.search(done.output)
    if found is None:  # no route, or the source is not the router's: nothing left the box
        said = (done.errors or done.output).strip()[-200:]
        if "unreachable" in said.lower() or "cannot assign" in said.lower() or done.status in (1, 2):
            return Probe(destination, source, count, 0)
        raise CommandFailed(f"ping {destination}: {said}", where=shell.name)
    return Probe(destination, source, int(found.group(1)), int(found.group(2)))


def napalm_ping(probe: Probe) -> dict[str, Any]:
    """NAPALM's form of a probe."""
    lost = probe.sent - probe.received
    return {"success": {"probes_sent": probe.sent, "packet_loss": lost, "results": []}}

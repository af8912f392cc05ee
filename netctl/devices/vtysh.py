"""FRR's own command line asked over a shell, by the frr driver and by others whose router forwards with FRR."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from napalm.base import models

from netctl.devices.shell import Shell
from netctl.errors import CommandFailed
from netctl.model.health import Probe

# The account on the router is root's equal, or may use sudo without a password; docs/platforms.md says how.
AS_ROOT = '$([ "$(id -u)" -eq 0 ] || echo sudo -n)'
_RECEIVED = re.compile(r"(\d+) packets transmitted, (\d+) (?:packets )?received")


def ask(shell: Shell, commands: Sequence[str], seconds: float) -> dict[str, str]:
    """Outputs of several vtysh commands. A command that fails has what it printed as its output.

    One vtysh for all, which echoes each command before its output: starting it costs more than most commands. It stops
    at the first command that fails, as one for a daemon that is not there does; another vtysh goes on behind it.
    """
    outputs: dict[str, str] = {}
    while len(outputs) < len(commands):
        rest = list(commands[len(outputs) :])
        answer = shell.run(asking(rest), seconds).output
        found = answered(answer, rest)
        if not found:
            raise CommandFailed(f"vtysh does not answer `{rest[0]}`: {answer.strip()[:80]!r}", where=shell.name)
        outputs |= found
    return outputs


def asking(commands: Sequence[str]) -> str:
    """The command line that asks them all of one vtysh."""
    words = " ".join(f"-c {shlex.quote(command)}" for command in commands)
    return f"{AS_ROOT} vtysh -E {words} 2>/dev/null"


def answered(text: str, commands: Sequence[str]) -> dict[str, str]:
    """The outputs of the first commands, as many as were echoed."""
    outputs: dict[str, str] = {}
    command = ""
    waiting = list(commands)
    for line in text.splitlines():
        if waiting and line.endswith(f"# {waiting[0]}") and " " not in line[: -len(waiting[0]) - 2]:
            command = waiting.pop(0)
            outputs[command] = ""
        elif command:
            outputs[command] += line + "\n"
    return outputs


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


def napalm_ping(probe: Probe) -> models.PingResultDict:
    """NAPALM's form of a probe; round trip times are not looked at."""
    return {
        "success": {
            "probes_sent": probe.sent,
            "packet_loss": probe.sent - probe.received,
            "rtt_min": 0.0,
            "rtt_max": 0.0,
            "rtt_avg": 0.0,
            "rtt_stddev": 0.0,
            "results": [],
        }
    }

"""One look at a router that forwards with FRR on Linux: all it tells of itself, in one exchange over its shell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from netctl.devices import vtysh
from netctl.devices.operational import HEALTH_COMMANDS
from netctl.devices.shell import Shell

VERSION = "show version"
COMMANDS = (*HEALTH_COMMANDS, VERSION)

_MARK = "=====8<===== look: "
# What is asked of the box beside FRR. One that is not there says nothing, and what it would tell is not known then.
_QUESTIONS: Mapping[str, str] = {
    "links": "ip -j -s link",
    "speeds": "grep -s . /sys/class/net/*/speed",
    "load": "cat /proc/loadavg",
    "processors": "nproc",
    "memory": "cat /proc/meminfo",
    "uptime": "cat /proc/uptime",
    # Of the first process: a container boots without its kernel. Its name may hold anything, so all up to it goes.
    "first_process": "sed 's/.*) //' /proc/1/stat",
    "clock": "command -v chronyc && printf 'tracking\\nsources\\n' | timeout 5 chronyc -c -n",
    "kernel": "uname -sr",
}


class Look(NamedTuple):
    """What a box said: `frr` by vtysh command, `box` by the names of `_QUESTIONS`, `version` of its software."""

    frr: Mapping[str, str]
    box: Mapping[str, str]
    version: str = ""


def look(shell: Shell, seconds: float) -> Look:
    """Ask everything at once; a second exchange is needed only where one of FRR's daemons is not there."""
    frr, box = _split(shell.run(_script(COMMANDS), seconds).output)
    missing = COMMANDS[len(frr) :]
    return Look(frr | vtysh.ask(shell, missing, seconds) if missing else frr, box)


def _script(commands: Sequence[str]) -> str:
    asked = [f"echo '{_MARK}{name}'; {command}" for name, command in _QUESTIONS.items()]
    return f"{vtysh.asking(commands)}; {{ {'; '.join(asked)}; }} 2>/dev/null"


def _split(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """Outputs of vtysh, as many as were echoed, and of the box."""
    head, *pieces = ("\n" + text).split("\n" + _MARK)
    parts = (piece.partition("\n") for piece in pieces)
    return vtysh.answered(head, COMMANDS), {name: body for name, _, body in parts}

"""A note on the box beside a confirmed commit: its token, owner and last moment, which NETCONF tells nobody.

It is only a note: what waits is asked of the server, and a token is proved by the server when it is confirmed or taken
back. A box that loses power loses the note and the commit alike (/run). For a few seconds after a commit ran out, its
note can name the wrong owner of somebody else's that follows at once; the server still knows whose it is.
"""

from __future__ import annotations

import shlex

from netctl.devices.shell import Shell
from netctl.devices.target import PendingCommit
from netctl.devices.vtysh import AS_ROOT

PATH = "/run/netctl/pending"
_SLACK = 5  # seconds a server may be late with its revert


def write(shell: Shell, token: str, owner: str, deadline: int, seconds: float) -> None:
    """Note a commit that lives for `deadline` seconds from now."""
    line = f"{token} {owner}"
    script = (
        f"umask 077; mkdir -p /run/netctl && read -r now _ < /proc/uptime && "
        f'printf "%s %s\\n" {shlex.quote(line)} "$((${{now%%.*}} + {deadline:d}))" > {PATH}.new && mv {PATH}.new {PATH}'
    )
    shell.require(f"{AS_ROOT} sh -c {shlex.quote(script)}", seconds)


def read(shell: Shell, seconds: float) -> PendingCommit | None:
    """The note, unless there is none or its commit must have ended since."""
    done = shell.run(f"{AS_ROOT} cat {PATH} && cat /proc/uptime", seconds)
    lines = done.output.splitlines()
    words = lines[0].split() if lines else []
    if done.status != 0 or len(lines) != 2 or len(words) != 3 or not words[2].isdecimal():
        return None
    left = int(words[2]) - int(float(lines[1].split()[0]))
    return PendingCommit(words[0], words[1], max(0, left)) if left > -_SLACK else None


def remove(shell: Shell, seconds: float) -> None:
    """There is no note."""
    shell.require(f"{AS_ROOT} rm -f {PATH}", seconds)

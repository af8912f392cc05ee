"""What drivers of ours take in NAPALM's `optional_args`, and how a driver stands between NAPALM and the router target.

==============  =====================================================================================================
`host_keys`     public keys the router may show, ``type base64``; without any, nothing is connected
`key_file`      SSH private key; else `password` is used
`port`          where the management protocol listens
`shell_port`    where SSH to the router's shell listens (NETCONF routers whose operational state is read over SSH)
`netns`         network namespace the sockets are opened in
`name`          the router's name in errors; the address otherwise
`owner`         who a commit is recorded for on the router
`folder`        where the platform's TextFSM templates are
==============  =====================================================================================================
"""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from netctl.devices.target import PendingCommit
from netctl.devices.transport import Access
from netctl.errors import CommitGone

CONNECT_SECONDS = 10


class DurableDriver(Protocol):
    """What a driver must have beyond NAPALM's interface before netctl pushes with it.

    `commit_config(message=TOKEN, revert_in=SECONDS)` names the commit by its message; another session of another
    process can then see, confirm or take back exactly that commit.
    """

    def identity(self) -> str:
        """The hostname the router gives itself."""
        raise NotImplementedError

    def pending_commit(self) -> PendingCommit | None:
        """The commit that waits for confirmation."""
        raise NotImplementedError

    def confirm_commit(self, token: str = "") -> None:
        """Confirm the commit of this token; raises `ForeignPendingCommit` or `CommitGone`."""

    def rollback(self, token: str = "") -> None:
        """Take the commit of this token back; raises `ForeignPendingCommit` or `CommitGone`."""


def access(hostname: str, username: str, password: str, options: Mapping[str, Any], port: int) -> Access:
    """How the router is reached, from NAPALM's arguments."""
    return Access(
        name=options.get("name", hostname),
        address=hostname,
        port=port,
        username=username,
        host_keys=tuple(options.get("host_keys", ())),
        key_file=options.get("key_file", ""),
        password=password or "",
        netns=options.get("netns", ""),
    )


def owner(options: Mapping[str, Any]) -> str:
    """Who a commit is for: given, or ``user@host:pid`` of this process."""
    return str(options.get("owner") or f"{getpass.getuser()}@{socket.gethostname()}:{os.getpid()}")


def token_named(token: str, latest: str, where: str) -> str:
    """The token a commit goes by: the one given, else that of this session's `latest` commit; raises `CommitGone`."""
    if not token and not latest:
        raise CommitGone("this session has made no commit, and no token was given", where=where)
    return token or latest


def read_config(filename: str | None, config: str | None) -> str:
    """NAPALM's two ways of handing over a text; the file wins."""
    return Path(filename).read_text(encoding="utf-8") if filename else config or ""

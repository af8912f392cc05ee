"""Which host keys a router shows. Nothing is authenticated and nothing is trusted: a person compares and decides."""

from __future__ import annotations

import paramiko

from netctl.devices.deadline import Deadline
from netctl.devices.hostkeys import ALGORITHMS
from netctl.devices.transport import Access, close, negotiated
from netctl.errors import HostKeyRefused


def shown_keys(access: Access, deadline: Deadline) -> tuple[str, ...]:
    """Every host key, ``type base64``, that a router shows when asked for one type after the other."""
    found = []
    for algorithms in ALGORITHMS.values():
        try:
            with negotiated(access, algorithms, deadline) as transport:
                key: paramiko.PKey = transport.get_remote_server_key()
        except HostKeyRefused:
            continue  # no key of this type
        close(transport)
        found.append(f"{key.get_name()} {key.get_base64()}")
    return tuple(found)

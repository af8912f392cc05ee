"""How a management socket is opened, in this network namespace or in another one (a lab's, a management VRF's)."""

from __future__ import annotations

import ctypes
import ipaddress
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from netctl.devices.deadline import Deadline
from netctl.errors import DeviceTimeout, DeviceUnreachable

_NETNS_FOLDER = Path("/run/netns")  # where `ip netns add` puts them
_CLONE_NEWNET = 0x40000000  # setns(2)


def dial(address: str, port: int, timeout: float, *, netns: str = "", where: str = "") -> socket.socket:
    """A connected TCP socket to a literal IP address.

    With `netns` the socket is born in that namespace and stays there; the caller's thread never leaves its own.
    Raises `DeviceTimeout` or `DeviceUnreachable`.
    """
    where = where or address
    deadline = Deadline.after(timeout, f"connect to {address} port {port}", where)
    new = _born_in(netns, _family(address, where), where) if netns else socket.socket(_family(address, where))
    try:
        new.settimeout(deadline.left)
        new.connect((address, port))
        new.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except TimeoutError:
        new.close()
        raise deadline.passed() from None
    except DeviceTimeout:
        new.close()
        raise
    except OSError as error:
        new.close()
        raise DeviceUnreachable(
            f"{address} port {port}: {error.strerror or error}",
            where=where,
            hint="is the router up, and is its management address right?",
        ) from error
    return new


def _family(address: str, where: str) -> socket.AddressFamily:
    try:
        version = ipaddress.ip_address(address).version
    except ValueError as error:
        raise DeviceUnreachable(f"{address!r} is not an IP address", where=where) from error
    return socket.AF_INET6 if version == 6 else socket.AF_INET


def _born_in(netns: str, family: socket.AddressFamily, where: str) -> socket.socket:
    path = Path(netns) if "/" in netns else _NETNS_FOLDER / netns
    # A thread that changed its namespace must never be used again: it makes one socket and ends.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="netns") as once:
        return once.submit(_enter_and_make, path, family, where).result()


def _enter_and_make(path: Path, family: socket.AddressFamily, where: str) -> socket.socket:
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise DeviceUnreachable(
            f"management network namespace {path.name!r}: {error.strerror}", where=where, hint="is the lab up?"
        ) from error
    try:
        if libc.setns(descriptor, _CLONE_NEWNET) != 0:
            reason = os.strerror(ctypes.get_errno())
            raise DeviceUnreachable(
                f"cannot enter network namespace {path.name!r}: {reason}", where=where, hint="run netctl as root"
            )
    finally:
        os.close(descriptor)
    return socket.socket(family)

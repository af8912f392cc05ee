"""One SSH connection: dialled, its host key verified, then authenticated, in this order and within one deadline."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import paramiko
from paramiko.pkey import UnknownKeyType
from paramiko.ssh_exception import IncompatiblePeer

from netctl.devices import hostkeys
from netctl.devices.deadline import Deadline
from netctl.devices.reach import dial
from netctl.errors import AuthenticationFailed, DeviceUnreachable, HostKeyRefused

Dial = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Access:
    """How one router is reached, who it must be, and who we are there. `name` is only for errors."""

    name: str
    address: str
    port: int
    username: str
    host_keys: tuple[str, ...]
    key_file: str = ""
    password: str = field(default="", repr=False)
    netns: str = ""

    def dial(self, seconds: float, port: int = 0) -> socket.socket:
        """A connected TCP socket."""
        return dial(self.address, port or self.port, seconds, netns=self.netns, where=self.name)


def connect(access: Access, deadline: Deadline) -> paramiko.Transport:
    """An authenticated transport. Raises, each time with nothing left open:

    `HostKeyRefused` before anything but the key exchange was done; `AuthenticationFailed`; `DeviceUnreachable` where
    there is no SSH server; `DeviceTimeout`.
    """
    allowed = hostkeys.algorithms(access.host_keys, access.name)
    with negotiated(access, allowed, deadline) as transport:
        hostkeys.verify(transport.get_remote_server_key(), access.host_keys, access.name)
        _authenticate(transport, access)
        return transport


@contextmanager
def negotiated(access: Access, algorithms: tuple[str, ...], deadline: Deadline) -> Iterator[paramiko.Transport]:
    """A transport after its key exchange, host key unverified; closed if the block raises or the deadline passes."""
    connection = access.dial(deadline.left)
    transport: paramiko.Transport | None = None
    try:
        with deadline.enforced(lambda: connection.shutdown(socket.SHUT_RDWR)):
            transport = paramiko.Transport(connection)
            transport.set_log_channel("netctl.ssh")
            transport.get_security_options().key_types = algorithms
            # Paramiko's own limits are per line and per message: the deadline over all of it ends first.
            transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = deadline.left + 5
            _negotiate(transport, deadline)
            yield transport
    except BaseException as error:
        close(transport, connection)
        if isinstance(error, (paramiko.SSHException, EOFError, OSError)):
            raise _translated(error, access, algorithms) from error
        raise


def close(transport: paramiko.Transport | None, connection: socket.socket | None = None) -> None:
    """The connection is closed and its thread has ended."""
    if transport is not None:
        transport.close()
        transport.packetizer.complete_handshake()  # else the timer of a failed key exchange runs on in its thread
        transport.join(5)
    if connection is not None:
        connection.close()


def _negotiate(transport: paramiko.Transport, deadline: Deadline) -> None:
    done = threading.Event()
    transport.start_client(event=done)
    if not done.wait(deadline.left):
        raise deadline.passed()
    if not transport.is_active():
        raise transport.get_exception() or EOFError("the router closed the connection")


def _translated(error: Exception, access: Access, algorithms: tuple[str, ...]) -> Exception:
    if isinstance(error, paramiko.AuthenticationException):
        return AuthenticationFailed(
            f"{access.username} is refused: {error}",
            where=access.name,
            hint="check `username`, `key_file` and `password_secret` in settings.toml",
        )
    if isinstance(error, IncompatiblePeer):
        return HostKeyRefused(f"the router has no key of type {', '.join(algorithms)}", where=access.name)
    return DeviceUnreachable(
        f"{access.address} port {access.port}: no SSH session: {error or type(error).__name__}", where=access.name
    )


def _authenticate(transport: paramiko.Transport, access: Access) -> None:
    if access.key_file:
        transport.auth_publickey(access.username, _private_key(access))
    elif access.password:
        transport.auth_password(access.username, access.password, fallback=False)
    else:
        raise AuthenticationFailed(
            "there is neither a key nor a password to show",
            where=access.name,
            hint="set `key_file` or `password_secret` in settings.toml",
        )
    if not transport.is_authenticated():
        raise AuthenticationFailed(f"{access.username}: the router wants more than one proof", where=access.name)


def _private_key(access: Access) -> paramiko.PKey:
    try:
        return paramiko.PKey.from_path(access.key_file)
    except (OSError, ValueError, paramiko.SSHException, UnknownKeyType) as error:
        raise AuthenticationFailed(
            f"private key {access.key_file}: {error}", where=access.name, hint="see `key_file` in settings.toml"
        ) from error

"""NAPALM's own drivers behind the same walls as ours: strict host keys, our sockets, hard deadlines, coded errors."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from netctl.devices import hostkeys
from netctl.devices.deadline import Deadline
from netctl.devices.target import PendingCommit
from netctl.devices.transport import Access
from netctl.errors import (
    AuthenticationFailed,
    CapabilityMissing,
    CommandFailed,
    DeviceUnreachable,
    HostKeyRefused,
    NetctlError,
)
from netctl.settings import Settings

T = TypeVar("T")

# By words in the name of an exception or of what caused it: netmiko, paramiko, ncclient and NAPALM each have their own.
_MEANINGS: tuple[tuple[str, type[NetctlError]], ...] = (
    ("hostkey", HostKeyRefused),
    ("unknownhost", HostKeyRefused),
    ("not found in known_hosts", HostKeyRefused),
    ("does not match", HostKeyRefused),
    ("authentication", AuthenticationFailed),
    ("notimplemented", CapabilityMissing),
    ("connection", DeviceUnreachable),
    ("timeout", DeviceUnreachable),
    ("sshexception", DeviceUnreachable),
    ("oserror", DeviceUnreachable),
    ("eoferror", DeviceUnreachable),
)


class VendorGuard:
    """One of NAPALM's drivers, for reading. Each call ends by the settings' deadline, its socket closed if need be."""

    def __init__(self, driver: type[Any], access: Access, settings: Settings, options: dict[str, Any]) -> None:
        self._class = driver
        self._access = access
        self._settings = settings
        self._options = options
        self._driver: Any = None
        self._socket: socket.socket | None = None

    def open(self) -> None:
        hostkeys.algorithms(self._access.host_keys, self._access.name)  # none known: refused before anything is sent
        self._socket = self._access.dial(self._settings.connect_timeout)
        with tempfile.TemporaryDirectory(prefix="netctl-") as folder:
            self._driver = self._class(
                self._access.address,
                self._access.username,
                self._access.password,
                timeout=self._settings.command_timeout,
                optional_args=self._optional_args(Path(folder)),
            )
            self._bounded("open a session", self._settings.connect_timeout, self._driver.open)

    def close(self) -> None:
        driver, self._driver = self._driver, None
        try:
            if driver is not None:
                self._bounded("close the session", 5, driver.close)
        except NetctlError:
            pass  # closing the socket below is what counts
        finally:
            if self._socket is not None:
                self._socket.close()

    def identity(self) -> str:
        return str(self.get_facts()["hostname"])

    def get_config(self, retrieve: str = "running") -> dict[str, str]:
        found = self._ask("read the configuration", lambda: self._driver.get_config(retrieve=retrieve))
        return {name: str(text) for name, text in found.items()}

    def get_facts(self) -> dict[str, Any]:
        return dict(self._ask("read the facts", self._driver.get_facts))

    def get_bgp_neighbors(self) -> dict[str, Any]:
        return dict(self._ask("read BGP sessions", self._driver.get_bgp_neighbors))

    def get_interfaces(self) -> dict[str, Any]:
        return dict(self._ask("read the ports", self._driver.get_interfaces))

    def get_interfaces_counters(self) -> dict[str, Any]:
        return dict(self._ask("read the counters", self._driver.get_interfaces_counters))

    def get_environment(self) -> dict[str, Any]:
        return dict(self._ask("read processors and memory", self._driver.get_environment))

    def get_ntp_stats(self) -> list[dict[str, Any]]:
        return list(self._ask("read the clock", self._driver.get_ntp_stats))

    def ping(self, destination: str, source: str = "", timeout: int = 1, count: int = 3) -> dict[str, Any]:
        return dict(
            self._ask("ping", lambda: self._driver.ping(destination, source=source, timeout=timeout, count=count))
        )

    def pending_commit(self) -> PendingCommit | None:
        try:
            waits = self._ask("look for a pending commit", self._driver.has_pending_commit)
        except CapabilityMissing:
            return None
        return PendingCommit(token="", owner="", seconds_left=None) if waits else None

    def _optional_args(self, folder: Path) -> dict[str, Any]:
        known = self._options.pop("host_key_style", "netmiko")
        shared = {**self._options, "port": self._access.port, "sock": self._socket}
        if known == "ncclient":
            return shared | {
                "hostkey_b64": self._access.host_keys[0].split()[1],
                "key_file": self._access.key_file or None,
            }
        return {**shared, **strict_netmiko(self._access, self._settings, folder)}

    def _ask(self, what: str, call: Callable[[], T]) -> T:
        return self._bounded(what, self._settings.command_timeout, call)

    def _bounded(self, what: str, seconds: float, call: Callable[[], T]) -> T:
        return bounded(what, seconds, call, self._socket, self._access.name)


def strict_netmiko(access: Access, settings: Settings, folder: Path) -> dict[str, Any]:
    """What netmiko must be told so that it takes the inventory's host keys and no others, and nobody's agent.

    A file of the keys is written into `folder`; it is needed until the session is open.
    """
    known_hosts = folder / "known_hosts"
    lines = [hostkeys.known_hosts_line(access.address, access.port, key) for key in access.host_keys]
    known_hosts.write_text("\n".join(lines) + "\n", encoding="ascii")
    return {
        "ssh_strict": True,
        "alt_host_keys": True,
        "alt_key_file": str(known_hosts),
        "use_keys": bool(access.key_file),
        "key_file": access.key_file or None,
        "allow_agent": False,
        "conn_timeout": settings.connect_timeout,
        "banner_timeout": settings.connect_timeout,
        "auth_timeout": settings.connect_timeout,
        "read_timeout_override": settings.command_timeout,
    }


def bounded(what: str, seconds: float, call: Callable[[], T], connection: socket.socket | None, where: str) -> T:
    """What `call` gives within `seconds`, its connection cut if need be; errors of libraries become ours."""
    deadline = Deadline.after(seconds, what, where)
    try:
        with deadline.enforced(lambda: _cut(connection)):
            return call()
    except NetctlError:
        raise
    except Exception as error:
        raise _translated(error, what, where) from error


def _cut(connection: socket.socket | None) -> None:
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)


def _translated(error: BaseException, what: str, where: str) -> NetctlError:
    """What an exception means is often only said by the one it came from: all of them are looked at."""
    words = " ".join(f"{type(one).__name__} {one}" for one in _chain(error)).lower()
    said = " ".join(str(error).split())[:300]
    for word, meaning in _MEANINGS:
        if word in words:
            return meaning(f"{what}: {said}", where=where)
    return CommandFailed(f"{what}: {type(error).__name__}: {said}", where=where)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

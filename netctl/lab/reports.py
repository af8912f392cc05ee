"""What the lab's use cases answer: plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raised:
    """A lab that is up. `already` is true where it was before; `seconds` is how long this call took."""

    name: str
    network: str
    settings_file: str
    routers: tuple[str, ...]
    endpoints: tuple[str, ...]
    already: bool
    seconds: float
    servers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """What `down` took away; all zero where there was nothing."""

    name: str
    processes: int
    namespaces: int
    mounts: int


@dataclass(frozen=True, slots=True)
class HostStatus:
    """One host: `state` is ``up``, ``booting`` or ``off``; `memory` is the resident set of all its processes in KiB."""

    name: str
    kind: str  # a router's platform, a name server's software, or "endpoint"
    address: str
    state: str
    processes: int
    memory: int


@dataclass(frozen=True, slots=True)
class Status:
    """A raised lab. `cut` are (line, ``down`` or ``silent``)."""

    name: str
    network: str
    hosts: tuple[HostStatus, ...]
    cut: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Executed:
    """What a command said inside a host."""

    host: str
    exit_status: int
    stdout: str
    stderr: str

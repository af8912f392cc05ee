"""What one router says about itself at one moment, and what a probe through it found."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Session(NamedTuple):
    """One routing session. `peer` is the address (BGP, BFD) or the far system's hostname (IS-IS)."""

    protocol: Literal["bgp", "isis", "bfd"]
    peer: str
    state: str  # the platform's own word, shown to people
    up: bool
    family: int = 0  # 4 or 6 for a BGP address family, 0 where it does not apply


class VrrpStatus(NamedTuple):
    """One virtual router's role now; `priority` is the one in force."""

    interface: str
    vrid: int
    family: int
    role: Literal["master", "backup", "initialize"]
    priority: int


class Health(NamedTuple):
    """All sessions and virtual routers of one router; what is configured but absent must be listed as not up."""

    target: str
    sessions: tuple[Session, ...]
    vrrp: tuple[VrrpStatus, ...]
    interfaces_down: tuple[str, ...] = ()


class Probe(NamedTuple):
    """Echo requests sent from a router itself; `source` is the address they left from."""

    destination: str
    source: str
    sent: int
    received: int


class Interface(NamedTuple):
    """One port now. Counters count from a moment only the router knows; `None` where it does not count."""

    name: str
    up: bool
    speed: int | None  # Mbit/s, the router's own word; lines have theirs in the inventory
    rx_bytes: int | None = None
    tx_bytes: int | None = None
    rx_errors: int | None = None
    tx_errors: int | None = None
    rx_dropped: int | None = None
    tx_dropped: int | None = None


class Clock(NamedTuple):
    """What the router's time service says of itself (RFC 5905): `offset` in seconds from the source it follows."""

    synchronised: bool
    source: str  # the address followed, "" for none
    stratum: int | None
    offset: float | None


class Observation(NamedTuple):
    """Everything one look at a router gives; `None` where the platform does not tell it."""

    health: Health
    interfaces: tuple[Interface, ...]
    cpu: float | None  # 0 to 1: the busy share of all processors, or load per processor
    memory: float | None  # 0 to 1: the share in use
    clock: Clock | None
    version: str  # of the router's software
    uptime: float | None  # seconds

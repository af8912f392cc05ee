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

"""What targets other than routers are called in plans and receipts."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from string import hexdigits
from typing import Final, NamedTuple

LEAVING: Final = "~leaving"
"""Ends the target of what comes before the routers: names that go before their address does."""


class ZoneTargetName(NamedTuple):
    """One zone of one view as a target; `zone` has no final dot, and ``.`` is the root.

    A difference that must come in two steps is two targets of one redundancy group: `leaving` is true of the first.
    """

    zone: str
    view: str
    leaving: bool = False

    def __str__(self) -> str:
        return f"{self.zone}@{self.view}{LEAVING if self.leaving else ''}"

    @property
    def group(self) -> str:
        """The redundancy group: two steps of one zone are never in flight together."""
        return f"{self.zone}@{self.view}"


def zone_target(name: str) -> ZoneTargetName | None:
    """The zone that a target's name means; None for a router or a name server, whose names hold no ``@``."""
    zone, found, rest = name.rpartition("@")
    if not found:
        return None
    return ZoneTargetName(zone, rest.removesuffix(LEAVING), rest.endswith(LEAVING))


def read_as_prefix(zone: str) -> str:
    """A zone's name as people read it: behind a reverse zone's stands the prefix it is for (RFC 1035, 2317, 3596)."""
    labels = zone.lower().split(".")
    read = {"ip6.arpa": _v6, "in-addr.arpa": _v4}.get(".".join(labels[-2:]))
    if read is None or len(labels) == 2:  # the two say which family it is, and nothing more
        return zone
    try:
        return f"{zone} [{read(labels[-3::-1])}]"
    except ValueError:
        return zone


def _v6(nibbles: list[str]) -> IPv6Network:
    if not all(nibble in set(hexdigits) for nibble in nibbles):
        raise ValueError(nibbles)
    return IPv6Network((int("".join(nibbles).ljust(32, "0"), 16), 4 * len(nibbles)))


def _v4(octets: list[str]) -> IPv4Network:
    last, slash, length = octets[-1].partition("/")
    address = ".".join((*octets[:-1], last, *("0",) * (4 - len(octets))))
    return IPv4Network(f"{address}/{length if slash else 8 * len(octets)}")


def server_group(role: str) -> str:
    """The redundancy group of name servers of one role: one of them changes at a time."""
    return f"name-servers-{role}"

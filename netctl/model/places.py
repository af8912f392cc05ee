"""What targets other than routers are called in plans and receipts."""

from __future__ import annotations

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


def server_group(role: str) -> str:
    """The redundancy group of name servers of one role: one of them changes at a time."""
    return f"name-servers-{role}"

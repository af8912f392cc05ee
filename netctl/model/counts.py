"""How many targets a plan is about, by kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

from netctl.model.plan import TargetPlan


class TargetCount(NamedTuple):
    """Routers, name servers, and zones: a zone counts once for each view, and once where it comes in two steps."""

    routers: int = 0
    servers: int = 0
    zones: int = 0

    @classmethod
    def of(cls, targets: Iterable[TargetPlan]) -> Self:
        """How many these targets are."""
        names: dict[str, set[str]] = {"router": set(), "server": set(), "zone": set()}
        for each in targets:
            names[each.kind].add(each.group if each.kind == "zone" else each.target)
        return cls(len(names["router"]), len(names["server"]), len(names["zone"]))

    @property
    def all(self) -> int:
        """How many of any kind."""
        return sum(self)

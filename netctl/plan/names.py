"""What a plan is told of names: who serves them, which zones differ, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from netctl.model.plan import ZoneAllowance
from netctl.plan.servers import ServerShare
from netctl.plan.zones import ZoneShare
from netctl.services.dns.origins import Places


@dataclass(frozen=True, slots=True)
class NamesShare:
    """The names' share of a plan.

    `digest` is of what `dns/` declares. `servers` are all that were read, `zones` those that differ; `unreachable` has
    what was not read, by target, with the error. `roles` says how many servers are declared of each role, and `places`
    where each record is declared.
    """

    digest: str
    servers: tuple[ServerShare, ...]
    zones: tuple[ZoneShare, ...]
    unreachable: tuple[tuple[str, str], ...]
    allowances: tuple[ZoneAllowance, ...]
    roles: Mapping[str, int]
    places: Places

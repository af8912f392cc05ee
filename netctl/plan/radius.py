"""How far a plan reaches: whose routers and names, what runs on one router meanwhile, which services it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from netctl.model.counts import TargetCount
from netctl.model.places import zone_target
from netctl.model.plan import DiffLine, Plan, TargetKind
from netctl.model.watch import SERVICES, Service
from netctl.plan.phases import Phase, phases

# What a line is about, by its words or those of the sections above it, in any of the platforms' languages.
_ABOUT: tuple[tuple[Service, re.Pattern[str]], ...] = (
    ("first_hop", re.compile(r"\bvrrp\b|\bvirtual-(?:router|address|ip)\b|\bstandby\b", re.IGNORECASE)),
    ("time", re.compile(r"\b(?:ntp|chrony|sntp|clock)\b|^server \S+ iburst", re.IGNORECASE)),
    (
        "routing",
        re.compile(
            r"\b(?:bgp|isis|is-is|ospf6?|bfd|neighbor|route-map|prefix-list|router|route|community|policy-statement"
            r"|peer|session|local-preference|route-filter)\b",
            re.IGNORECASE,
        ),
    ),
    ("lines", re.compile(r"\b(?:interfaces?|mtu|speed|duplex|ip address|ipv6 address)\b", re.IGNORECASE)),
)
_TIME_PARTS = frozenset({"chrony.sources", "chrony.conf", "ntp.conf"})


@dataclass(frozen=True, slots=True)
class GroupReach:
    """One redundancy group a plan touches: its members change one after the other."""

    group: str
    wave: int
    organisation: str  # "" for the backbone
    members: tuple[str, ...]
    kind: TargetKind
    phase: Phase


@dataclass(frozen=True, slots=True)
class Radius:
    """What a plan touches. `organisations` holds "" where the backbone is among it.

    `zones` are those it touches with the views it touches them in, `servers` name servers by their names; `platforms`
    and `services` are about routers.
    """

    count: TargetCount
    zones: tuple[tuple[str, tuple[str, ...]], ...]
    servers: tuple[str, ...]
    groups: tuple[GroupReach, ...]
    organisations: tuple[str, ...]
    platforms: tuple[str, ...]
    services: tuple[Service, ...]
    waves: int

    @property
    def pairs(self) -> int:
        """At how many places one router of a pair works alone meanwhile."""
        return len({group.group for group in self.groups if group.kind == "router"})

    def seconds(self, each: Mapping[TargetKind, float], side_by_side: int) -> float:
        """How long the rollout takes where one target takes `each` seconds and so many groups go at the same time."""
        waves: dict[int, list[float]] = {}
        for group in self.groups:
            waves.setdefault(group.wave, []).append(len(group.members) * each[group.kind])
        return sum(sum(sorted(long, reverse=True)[:: max(1, side_by_side)]) for long in waves.values())


def radius(plan: Plan) -> Radius:
    """How far a plan reaches; from the plan alone."""
    targets = {target.target: target for target in plan.targets}
    order = phases(plan)
    groups = tuple(
        GroupReach(
            group, wave.number, targets[members[0]].organisation, members, targets[members[0]].kind, order[members[0]]
        )
        for wave in plan.waves
        for group, members in wave.groups
    )
    routers = [target for target in plan.targets if target.kind == "router"]
    touched = {service for diff in {target.diff for target in routers} for service in services(diff)}
    return Radius(
        count=TargetCount.of(plan.targets),
        zones=_zones(plan),
        servers=tuple(sorted(target.target for target in plan.targets if target.kind == "server")),
        groups=groups,
        organisations=tuple(sorted({target.organisation for target in plan.targets})),
        platforms=tuple(sorted({target.platform for target in routers})),
        services=tuple(service for service in SERVICES if service in touched),
        waves=max((wave.number for wave in plan.waves), default=0),
    )


def _zones(plan: Plan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The zones it touches by name, each with its views."""
    found: dict[str, set[str]] = {}
    for name in (zone_target(target.target) for target in plan.targets if target.kind == "zone"):
        if name is not None:
            found.setdefault(name.zone, set()).add(name.view)
    return tuple((zone, tuple(sorted(views))) for zone, views in sorted(found.items()))


def services(diff: tuple[DiffLine, ...]) -> set[Service]:
    """What the changed lines are about: each by its own words, else by those of the nearest section that tells."""
    found: set[Service] = set()
    sections: list[str] = []
    for line in diff:
        del sections[line.depth :]
        sections.append(line.text)
        if line.op != "context":
            found.add("time" if line.part in _TIME_PARTS else _about(sections))
    return found


def _about(sections: list[str]) -> Service:
    for text in reversed(sections):
        for service, words in _ABOUT:
            if words.search(text):
                return service
    return "configuration"

"""How far a plan reaches: whose routers it touches, what has no second half meanwhile, which services it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from netctl.model.plan import DiffLine, Plan
from netctl.model.watch import SERVICES, Service

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


@dataclass(frozen=True, slots=True)
class Radius:
    """What a plan touches. `organisations` holds "" where the backbone is among it."""

    routers: int
    groups: tuple[GroupReach, ...]
    organisations: tuple[str, ...]
    platforms: tuple[str, ...]
    services: tuple[Service, ...]
    waves: int

    def seconds(self, each: float, side_by_side: int) -> float:
        """How long the rollout takes where one router takes `each` seconds and so many groups go at the same time."""
        total = 0.0
        for wave in range(1, self.waves + 1):
            sizes = sorted((len(group.members) for group in self.groups if group.wave == wave), reverse=True)
            total += sum(size * each for size in sizes[:: max(1, side_by_side)])
        return total


def radius(plan: Plan) -> Radius:
    """How far a plan reaches; from the plan alone."""
    owners = {target.target: target.organisation for target in plan.targets}
    groups = tuple(
        GroupReach(group, wave.number, owners.get(members[0], ""), members)
        for wave in plan.waves
        for group, members in wave.groups
    )
    touched = {service for diff in {target.diff for target in plan.targets} for service in services(diff)}
    return Radius(
        routers=len(plan.targets),
        groups=groups,
        organisations=tuple(sorted({target.organisation for target in plan.targets})),
        platforms=tuple(sorted({target.platform for target in plan.targets})),
        services=tuple(service for service in SERVICES if service in touched),
        waves=max((wave.number for wave in plan.waves), default=0),
    )


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

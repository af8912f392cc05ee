"""What must hold of zones, by families. A rule's id is never renamed and never reused; waivers name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.derive import ViewZone
from netctl.services.dns.intended import Intended
from netctl.services.dns.rules import (
    addresses,
    aliases,
    certificates,
    delegation,
    dmarc,
    hostnames,
    limits,
    sets,
    signing,
    targets,
    texts,
    waivers,
)
from netctl.services.dns.rules.sight import Check, Rule, RuleFinding, Severity, Sight

__all__ = ["RULES", "SEVERITIES", "Rule", "RuleFinding", "Severity", "lint"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The worst first."""

_FAMILIES = (aliases, targets, delegation, addresses, hostnames, sets, texts, dmarc, certificates, signing)
_CHECKS: tuple[Check, ...] = tuple(family.check for family in _FAMILIES)

RULES: Mapping[str, Rule] = MappingProxyType({
    name: rule
    for family in (*_FAMILIES, limits, waivers)
    for name, rule in family.RULES.items()
})  # fmt: skip
"""Every rule by its id."""


def lint(
    declared: DeclaredDns, zones: Mapping[ViewZone, Intended], today: date, only: str = ""
) -> tuple[RuleFinding, ...]:
    """Every finding of every zone, or of the zone named `only`; the worst first, then by place."""
    found = waivers.apply(_all(declared, zones.values(), only), declared, today)
    kept = {each for each in found if only in {"", each.zone}}
    return tuple(sorted(kept, key=_order))


def _all(declared: DeclaredDns, zones: Iterable[Intended], only: str) -> Iterator[RuleFinding]:
    by_view: dict[str, list[Intended]] = {}
    for each in zones:
        by_view.setdefault(each.view, []).append(each)
    for name, group in by_view.items():
        sight = Sight(declared.views[name], group, declared)
        for zone in sight.zones.values():
            if only in {"", zone.intended.zone.name}:
                for check in _CHECKS:
                    yield from check(sight, zone)


def _order(finding: RuleFinding) -> tuple[int, str, int, str, str, str, str]:
    place = (finding.file, finding.line, finding.rule, finding.name, finding.view, finding.message)
    return SEVERITIES.index(finding.severity), *place

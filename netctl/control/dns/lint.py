"""What rules say of a network's zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from netctl.control.dns.names import Names, names_of, zone_name
from netctl.errors import UsageError
from netctl.inventory.findings import Finding
from netctl.model.network import Network
from netctl.services.dns import codes
from netctl.services.dns.derive import derive
from netctl.services.dns.load import check
from netctl.services.dns.rules import RULES, SEVERITIES, RuleFinding, lint

__all__ = ["CODES", "RULES", "SEVERITIES", "LintReport", "RuleFinding", "findings", "lint_all", "lint_zones", "today"]

CODES: Mapping[str, str] = codes.CODES


@dataclass(frozen=True, slots=True)
class LintReport:
    """Findings, the worst first. `usable` is false where a rule with severity error is broken and nobody waived it."""

    findings: tuple[RuleFinding, ...]
    usable: bool

    def count(self, severity: str) -> int:
        """How many findings of a severity nobody waived."""
        return sum(1 for each in self.findings if each.severity == severity and not each.waived)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON output shows it; keys are part of the command line's contract."""
        counts = {severity: self.count(severity) for severity in SEVERITIES}
        return {"usable": self.usable, "counts": counts, "findings": self.findings}


def today() -> date:
    """The day by which waivers are valid, in UTC."""
    return datetime.now(UTC).date()


def lint_zones(root: Path, *, zone: str = "", severity: str = "", day: date, cache: Path | None = None) -> LintReport:
    """What rules say of all zones or of one, from `severity` on upwards; raises as `names_of` and `zone_name` do."""
    if severity and severity not in SEVERITIES:
        raise UsageError(f"no severity is named {severity!r}", hint=f"severities: {', '.join(SEVERITIES)}")
    found = names_of(root, cache=cache)
    everything = lint_all(found, day, zone_name(found, zone))
    least = list(SEVERITIES).index(severity) if severity else len(SEVERITIES)
    wanted = SEVERITIES[: least + 1]
    usable = not any(each.severity == "error" and not each.waived for each in everything)
    return LintReport(tuple(each for each in everything if each.severity in wanted), usable)


def lint_all(found: Names, day: date, zone: str = "") -> tuple[RuleFinding, ...]:
    """Every finding of the zones, or of one, as of a day."""
    return lint(found.declared, found.zones, day, zone)


def findings(network: Network, day: date) -> tuple[tuple[Finding, ...], int]:
    """Why the names of a network cannot be used, and how many zones it declares; nothing where it declares none."""
    declared, found = check(network)
    if found or declared is None:
        return found, 0
    zones = derive(declared, network)
    broken = [each for each in lint(declared, zones, day) if each.severity == "error" and not each.waived]
    return tuple(_as_finding(each) for each in broken), len({zone for _, zone in zones})


def _as_finding(found: RuleFinding) -> Finding:
    message = f"{found.rule}: {found.name} ({found.view}): {found.message}"
    return Finding(found.file, max(found.line, 1), 1, codes.RULE_BROKEN, found.name, message, found.hint)

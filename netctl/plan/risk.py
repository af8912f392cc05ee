"""What a reviewer should know of routers before saying yes. None of it stops a plan; `severity` says how many must."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from netctl.config.commands import Hazard
from netctl.devices.target import PendingCommit
from netctl.model.network import Network
from netctl.model.plan import SEVERITIES as ORDER
from netctl.model.plan import DiffLine, Finding, Severity, TargetPlan

MANY_SITES = 8

# How grave a hazard of the configuration engine is (docs/rules.md); the others are medium.
SEVERITIES: dict[str, Severity] = {
    "HAZ-SESSION-ADDRESS": "high",
    "HAZ-SESSION-ACCOUNT": "high",
    "HAZ-SESSION-FILTER": "high",
    "HAZ-SESSION-CUT": "high",
    "HAZ-UNPREDICTED": "high",
}

# What a removed line takes away, in any of the platforms' words.
SESSION = re.compile(r"^neighbor (?:\S+ remote-as\b|\[\S+\]$)|^peer \[|^session \[")
INTERFACE = re.compile(r"^interface (?:\S+$|\[)")
MANAGEMENT_INTERFACE = re.compile(r"^interface \[?mgmt0\]?$")
MANAGEMENT_FILTER = re.compile(r"^(?:management-filter|allowed-prefix)\b")
MANAGEMENT_ADDRESS = re.compile(r"^(?:ip address|ipv6 address|address|ip|prefix-length)\b")


def find_risks(
    network: Network,
    targets: tuple[TargetPlan, ...],
    pending: Mapping[str, PendingCommit],
    drained: Iterable[str],
    hazards: Mapping[str, Iterable[Hazard]] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """All findings about a plan for `targets`; `drained` names routers of touched groups that run drained now."""
    findings = [finding for target in targets for finding in _of_target(target)]
    findings += _of_plan(network, [target.target for target in targets])
    findings += [
        Finding(
            "RISK-PENDING", "high", name, f"a commit waits for confirmation here, begun by {commit.owner or 'someone'}"
        )
        for name, commit in sorted(pending.items())
    ]
    findings += [
        Finding("RISK-DRAINED", "high", name, "this router runs drained: its mate carries all traffic now")
        for name in sorted(drained)
    ]
    findings += [
        Finding(hazard.code, SEVERITIES.get(hazard.code, "medium"), name, _told(hazard))
        for name, told in sorted(hazards.items())
        for hazard in told
    ]
    return by_gravity(findings)


def by_gravity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order in which people read them, the gravest first."""
    return tuple(sorted(findings, key=lambda f: (-ORDER.index(f.severity), f.code, f.target, f.message)))


def _of_target(target: TargetPlan) -> Iterator[Finding]:
    name = target.target
    for line in target.diff:
        if line.op == "remove" and SESSION.search(line.text) and not _comes_back(line, target.diff):
            yield Finding("RISK-SESSION-REMOVED", "medium", name, f"a BGP session goes away: {line.text}")
        if line.op == "remove" and INTERFACE.search(line.text):
            yield Finding("RISK-INTERFACE-REMOVED", "medium", name, f"a port loses its configuration: {line.text}")
    if _touches_management(target.diff):
        yield Finding("RISK-MANAGEMENT", "high", name, "the way netctl reaches this router changes")


def _told(hazard: Hazard) -> str:
    return f"{' › '.join((*hazard.path, hazard.line))}: {hazard.why}"


def _comes_back(line: DiffLine, diff: tuple[DiffLine, ...]) -> bool:
    subject = line.text.split()[:2]
    return any(other.op == "add" and other.text.split()[:2] == subject for other in diff)


def _touches_management(diff: tuple[DiffLine, ...]) -> bool:
    """True where the management filter, or the port or address netctl comes in by, is among the changes."""
    sections: list[str] = []
    for line in diff:
        del sections[line.depth :]
        inside = any(MANAGEMENT_INTERFACE.search(text) for text in sections)
        sections.append(line.text)
        if line.op == "context":
            continue
        if line.part == "management.nft" or any(MANAGEMENT_FILTER.search(text) for text in sections):
            return True
        if MANAGEMENT_INTERFACE.search(line.text) or (inside and MANAGEMENT_ADDRESS.search(line.text)):
            return True
    return False


def _of_plan(network: Network, names: list[str]) -> Iterator[Finding]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(network.group_of(name).id, []).append(name)
    pairs = sum(1 for members in groups.values() if len(members) > 1)
    if pairs:
        yield Finding("RISK-PAIR", "info", "", f"both members of {pairs} pair(s) change, one after the other")
    centres = sorted({network.devices[name].centre for name in names if network.devices[name].role == "core"})
    for centre in centres:
        yield Finding("RISK-CENTRE", "medium", "", f"core routers of centre {centre} change")
    if len(centres) > 1:
        yield Finding("RISK-BOTH-CENTRES", "high", "", "both centres change in one plan (never in one wave)")
    if any(network.devices[name].role == "border" for name in names):
        yield Finding("RISK-BORDER", "medium", "", "border routers of the LGWAN interconnect change")
    sites = {network.devices[name].site for name in names} - {""}
    if len(sites) > MANY_SITES:
        yield Finding("RISK-MANY-SITES", "medium", "", f"{len(sites)} of {len(network.sites)} sites change")

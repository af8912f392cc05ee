"""Is the declared network usable? Everything that is wrong with it, and how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from netctl import inventory
from netctl.control.dns.lint import CODES as DNS_CODES
from netctl.control.dns.lint import findings as dns_findings
from netctl.control.dns.lint import today
from netctl.devices.platform import load_platform
from netctl.errors import InvalidNetwork, PlatformInvalid
from netctl.inventory import CODES as INVENTORY_CODES
from netctl.inventory import Finding
from netctl.model.network import Network

__all__ = ["CODES", "Counts", "Finding", "ValidationReport", "validate"]

CODES: Mapping[str, str] = MappingProxyType({**INVENTORY_CODES, **DNS_CODES})
"""Every code that a finding may carry, and what it says."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a valid network declares."""

    organisations: int
    sites: int
    devices: int
    access_lines: int
    backbone_links: int
    redundancy_groups: int
    zones: int = 0


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All findings, sorted by file and line. `counts`, `name` and `digest` say what was read where there are none."""

    root: str
    findings: tuple[Finding, ...]
    name: str = ""
    digest: str = ""
    counts: Counts | None = None

    @property
    def valid(self) -> bool:
        """True where the network can be used."""
        return not self.findings

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON output shows it; keys are part of the command line's contract."""
        return {
            "valid": self.valid,
            "root": self.root,
            "name": self.name,
            "digest": self.digest,
            "counts": asdict(self.counts) if self.counts else None,
            "findings": [finding.as_dict() for finding in self.findings],
        }

    @property
    def summary(self) -> str:
        """The report in one line."""
        if self.counts is None:
            found, files = len(self.findings), len({finding.file for finding in self.findings})
            return f"{_several(found, 'error')} in {_several(files, 'file')}"
        counts = self.counts
        return (
            f"{self.name}: valid; {_several(counts.organisations, 'organisation')}, {_several(counts.sites, 'site')}, "
            f"{_several(counts.devices, 'router')}, {_several(counts.access_lines, 'access line')}, "
            f"{_several(counts.backbone_links, 'backbone link')}"
            f"{', ' + _several(counts.zones, 'zone') if counts.zones else ''}"
        )


def validate(root: Path, *, cache: Path | None = None) -> ValidationReport:
    """What is wrong with the network declared in `root`; never raises for what its files hold."""
    try:
        network = inventory.load(root, cache=cache)
    except InvalidNetwork as error:
        return ValidationReport(root=str(root), findings=error.findings)
    platforms = _platforms(root, network)
    if platforms:
        return ValidationReport(root=str(root), findings=platforms)
    names, zones = dns_findings(network, today())
    if names:
        return ValidationReport(root=str(root), findings=names)
    counts = Counts(
        organisations=len(network.organisations),
        sites=len(network.sites),
        devices=len(network.devices),
        access_lines=sum(len(site.lines) for site in network.sites.values()),
        backbone_links=len(network.backbone),
        redundancy_groups=len(network.groups),
        zones=zones,
    )
    return ValidationReport(str(root), (), network.name, network.digest, counts)


def _platforms(root: Path, network: Network) -> tuple[Finding, ...]:
    """What is wrong with the descriptions of the platforms in use."""
    found = []
    for name in sorted({device.platform for device in network.devices.values()}):
        try:
            load_platform(root, name)
        except PlatformInvalid as error:
            file = f"devices/{name}/platform.yaml"
            found.append(Finding(file, 1, 1, error.code, name, error.message, error.hint))
    return tuple(found)


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

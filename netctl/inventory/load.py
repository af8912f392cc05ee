"""A network's folder → `Network`, or everything that is wrong with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from netctl.errors import InvalidNetwork
from netctl.inventory import files, resolve
from netctl.inventory.findings import Finding
from netctl.inventory.places import entry_lines, findings, site_lines
from netctl.inventory.reading import Reader, Reading
from netctl.inventory.rules import problems
from netctl.model.network import Centre, Device, Network, RedundancyGroup


def load(root: Path, *, cache: Path | None = None) -> Network:
    """The network declared in `root`, cross-checked; raises `InvalidNetwork` with all findings."""
    reading = Reader(root).read()
    found = _findings(reading)
    if found:
        raise InvalidNetwork(_summary(found), findings=found, where=str(root))
    return assemble(reading, str(root))


def check(root: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the network declared in `root`; empty where it can be used."""
    return _findings(Reader(root).read())


def _findings(reading: Reading) -> tuple[Finding, ...]:
    found = [*reading.problems, *problems(reading.inventory)]
    return findings(found, reading.texts) if found else ()


def _summary(found: tuple[Finding, ...]) -> str:
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{len(found)} error{'s' if len(found) > 1 else ''}: {first.file}:{first.line}: {first.message}{more}"


def digest(reading: Reading) -> str:
    """SHA-256, hex, over the documents' meaning: comments, layout and the order of keys do not enter."""
    declared = reading.inventory.declared
    content = (
        declared.network,
        declared.organisations,
        declared.carriers,
        declared.centres,
        declared.backbone,
        declared.roles,
        declared.host_keys,
        reading.inventory.sites,
    )
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()


def assemble(reading: Reading, root: str) -> Network:
    """The network of a reading without problems."""
    declared, texts = reading.inventory.declared, reading.texts
    centres: dict[str, Centre] = {}
    devices: dict[str, Device] = {}
    groups: dict[str, RedundancyGroup] = {}
    lines = entry_lines(texts[files.CENTRES])
    for name in sorted(declared.centres, key=lambda each: declared.centres[each].number):
        centres[name], routers, pairs = resolve.centre(declared, name, lines.get(name, 1))
        devices |= {router.name: router for router in routers}
        groups |= {pair.id: pair for pair in pairs}
    borders = tuple(device.name for device in devices.values() if device.role == "border")
    groups["border"] = RedundancyGroup("border", "border", borders)
    sites = {}
    for name, body in reading.inventory.sites.items():
        at = site_lines(texts[f"{files.SITES}/{name}.yaml"])
        sites[name], first, second = resolve.site(declared, name, body, at)
        devices[first.name], devices[second.name] = first, second
        groups[name] = RedundancyGroup(name, "site", (first.name, second.name))
    network = declared.network
    return Network(
        name=network.name,
        title=network.title,
        title_ja=network.title_ja,
        domain=network.domain,
        asn=network.asn,
        site_asn_base=network.site_asn_base,
        addresses=resolve.address_plan(network.addresses),
        organisations=resolve.organisations(declared, entry_lines(texts[files.ORGANISATIONS])),
        carriers=resolve.carriers(declared, entry_lines(texts[files.CARRIERS])),
        centres=centres,
        sites=sites,
        devices=devices,
        backbone=resolve.backbone(declared, entry_lines(texts[files.BACKBONE])),
        groups=groups,
        digest=digest(reading),
        root=root,
    )

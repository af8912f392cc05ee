"""A network's folder → `Network`, or everything that is wrong with it."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from netctl.inventory import files, resolve
from netctl.inventory.documents import (
    BackboneDocument,
    CarriersDocument,
    CentresDocument,
    HostKeysDocument,
    NetworkDocument,
    OrganisationsDocument,
    RolesDocument,
    SiteDocument,
)
from netctl.inventory.yamlreader import parse
from netctl.model.network import Network, RedundancyGroup


def load(root: Path, *, cache: Path | None = None) -> Network:
    """The network declared in `root`, cross-checked."""
    texts = {}

    def document(file: str, kind: Any) -> Any:
        texts[file] = files.read_text(root, file)
        return msgspec.convert(parse(texts[file], file), kind)

    declared = resolve.Declared(
        network=document(files.NETWORK, NetworkDocument),
        organisations=document(files.ORGANISATIONS, OrganisationsDocument),
        carriers=document(files.CARRIERS, CarriersDocument),
        centres=document(files.CENTRES, CentresDocument),
        backbone=document(files.BACKBONE, BackboneDocument),
        roles=document(files.ROLES, RolesDocument),
        host_keys=document(files.HOST_KEYS, HostKeysDocument),
    )
    sites = {name: document(f"{files.SITES}/{name}.yaml", SiteDocument) for name in files.site_files(root)}
    blob = msgspec.json.encode([declared.network, declared.organisations, declared.carriers, declared.centres, declared.backbone, declared.roles, declared.host_keys, sites], order="deterministic")
    digest = hashlib.sha256(blob).hexdigest()
    return _assemble(root, declared, sites, texts, digest)


def _assemble(root: Path, declared: resolve.Declared, sites: Mapping[str, SiteDocument], texts: Mapping[str, str], digest: str) -> Network:
    centres, devices, groups = {}, {}, {}
    lines = _top_lines(texts[files.CENTRES])
    for name in sorted(declared.centres, key=lambda each: declared.centres[each].number):
        centres[name], routers, pairs = resolve.centre(declared, name, lines.get(name, 1))
        devices |= {router.name: router for router in routers}
        groups |= {pair.id: pair for pair in pairs}
    groups["border"] = RedundancyGroup("border", "border", tuple(d.name for d in devices.values() if d.role == "border"))
    made = {}
    for name, body in sites.items():
        made[name], first, second = resolve.site(declared, name, body, _site_lines(texts[f"{files.SITES}/{name}.yaml"]))
        devices[first.name] = first
        devices[second.name] = second
        groups[name] = RedundancyGroup(name, "site", (first.name, second.name))
    network = declared.network
    return Network(
        network.name, network.title, network.title_ja, network.domain, network.asn, network.site_asn_base,
        resolve.address_plan(network.addresses),
        resolve.organisations(declared, _top_lines(texts[files.ORGANISATIONS])),
        resolve.carriers(declared, _top_lines(texts[files.CARRIERS])),
        centres, made, devices,
        resolve.backbone(declared, _top_lines(texts[files.BACKBONE])),
        groups, digest, str(root),
    )


def _top_lines(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] not in ("", " ", "#", "-") and ":" in line:
            found.setdefault(line.partition(":")[0].strip("'\" "), number)
    return found


def _site_lines(text: str) -> resolve.SiteLines:
    lines = text.split("\n")
    tops = _top_lines(text)
    first = next((number for number, line in enumerate(lines, start=1) if line and line[0] not in "# "), 1)
    routers, access = tops.get("routers", first), tops.get("lines", first)
    items = [number for number in range(access + 1, len(lines) + 1) if lines[number - 1].lstrip().startswith("- ")]
    return resolve.SiteLines(first, (routers, routers), (items[0], items[1]) if len(items) > 1 else (access, access))

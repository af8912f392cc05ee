"""A reading without problems → `Network`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from netctl.inventory import files, resolve
from netctl.inventory.addressing import plan_of
from netctl.inventory.declared import Declared
from netctl.inventory.documents import SiteDocument
from netctl.inventory.places import entry_lines, site_lines
from netctl.inventory.reading import Reading
from netctl.model.network import Centre, Device, Network, RedundancyGroup, Site

_encoder = msgspec.json.Encoder(order="deterministic")


def assemble(reading: Reading, root: str) -> Network:
    """The network of a reading that passed all rules."""
    declared, texts, documents = reading.inventory.declared, reading.texts, reading.inventory.sites
    centres, devices, groups = _centres(declared, texts[files.CENTRES])
    sites: dict[str, Site] = {}
    for name, body in documents.items():
        sites[name], first, second = site(declared, name, body, texts[site_file(name)])
        devices[first.name], devices[second.name] = first, second
        groups[name] = group_of(sites[name])
    meanings = declared_meanings(declared) | {
        site_file(name): site_meaning(declared, body) for name, body in documents.items()
    }
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
        digest=digest(meanings),
        root=root,
        meanings=meanings,
        addressing=plan_of(declared.addressing, texts.get(files.ADDRESSING, "")),
    )


def _centres(declared: Declared, text: str) -> tuple[dict[str, Centre], dict[str, Device], dict[str, RedundancyGroup]]:
    centres: dict[str, Centre] = {}
    devices: dict[str, Device] = {}
    groups: dict[str, RedundancyGroup] = {}
    lines = entry_lines(text)
    for name in sorted(declared.centres, key=lambda each: declared.centres[each].number):
        centres[name], routers, pairs = resolve.centre(declared, name, lines.get(name, 1))
        devices |= {router.name: router for router in routers}
        groups |= {pair.id: pair for pair in pairs}
    borders = tuple(device.name for device in devices.values() if device.role == "border")
    groups["border"] = RedundancyGroup("border", "border", borders)
    return centres, devices, groups


def site(declared: Declared, name: str, body: SiteDocument, text: str) -> tuple[Site, Device, Device]:
    """One site and its routers."""
    return resolve.site(declared, name, body, site_lines(text))


def group_of(made: Site) -> RedundancyGroup:
    """The two routers of a site, which are never down together."""
    return RedundancyGroup(made.id, "site", made.devices)


def site_file(name: str) -> str:
    """Where a site is declared."""
    return f"{files.SITES}/{name}.yaml"


def declared_meanings(declared: Declared) -> dict[str, str]:
    """Digest of what each file but those of the sites says."""
    return {
        files.NETWORK: meaning(declared.network),
        files.ORGANISATIONS: meaning(declared.organisations),
        files.CARRIERS: meaning(declared.carriers),
        files.CENTRES: meaning(declared.centres),
        files.BACKBONE: meaning(declared.backbone),
        files.ROLES: meaning(declared.roles),
        files.HOST_KEYS: meaning(declared.host_keys),
    } | ({} if declared.addressing is None else {files.ADDRESSING: meaning(declared.addressing)})


def meaning(document: object) -> str:
    """SHA-256, hex, over what a document says: comments, layout and the order of keys do not enter."""
    return hashlib.sha256(_encoder.encode(document)).hexdigest()


def site_meaning(declared: Declared, body: SiteDocument) -> str:
    """As `meaning`; of a site with a block in the ledger, what it has there is part of it."""
    return meaning(body) if body.block is None else meaning([body, *resolve.block_of(declared, body)])


def digest(meanings: Mapping[str, str]) -> str:
    """One digest over the meanings of all files."""
    return hashlib.sha256(_encoder.encode(meanings)).hexdigest()

"""Documents → Network: defaults laid over each other, names completed, numbers given.

Expects documents that passed the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address
from typing import Any, NamedTuple

from msgspec.structs import asdict

from netctl.inventory import files
from netctl.inventory.declared import (
    BORDER_OFFSET,
    CE_OFFSET,
    CORE_OFFSET,
    NOTHING_SAID,
    Declared,
    lay,
    router_name,
)
from netctl.inventory.documents import AddressesDocument, Router, SiteDocument
from netctl.model.network import (
    AccessLine,
    AddressPlan,
    BackboneLink,
    Carrier,
    Centre,
    Device,
    Organisation,
    RedundancyGroup,
    Role,
    Site,
    Source,
)

LAN = "lan0"
"""What the LAN of a site is called below its block in the ledger."""

Lines = Mapping[str, int]
"""Where the entries of a file with several stand: id → line."""


def address_plan(document: AddressesDocument) -> AddressPlan:
    """The pools as the rest of netctl reads them."""
    values: dict[str, Any] = asdict(document)
    for name in ("aggregate_v6", "aggregate_v4"):
        values[name] = tuple(values[name])
    return AddressPlan(**values)


def organisations(declared: Declared, lines: Lines) -> dict[str, Organisation]:
    """All organisations, by id."""
    return {
        name: Organisation(name, body.name, body.name_ja, Source(files.ORGANISATIONS, lines.get(name, 1)))
        for name, body in declared.organisations.items()
    }


def carriers(declared: Declared, lines: Lines) -> dict[str, Carrier]:
    """All carriers, by id."""
    return {
        name: Carrier(name, body.name, Source(files.CARRIERS, lines.get(name, 1)))
        for name, body in declared.carriers.items()
    }


def backbone(declared: Declared, lines: Lines) -> tuple[BackboneLink, ...]:
    """All backbone links, by number."""
    links = (
        BackboneLink(
            name,
            body.number,
            body.a,
            body.b,
            body.carrier,
            body.capacity,
            frozenset(body.risk),
            body.metric,
            Source(files.BACKBONE, lines.get(name, 1)),
        )
        for name, body in declared.backbone.items()
    )
    return tuple(sorted(links, key=lambda link: link.number))


def centre(declared: Declared, name: str, line: int) -> tuple[Centre, list[Device], list[RedundancyGroup]]:
    """One centre, its core routers and border router, and the groups of its core pairs.

    The k-th pair of centre c holds the core numbers 4(k-1) + 2(c-1) + 1 and + 2, so that a further pair renumbers none.
    """
    body = declared.centres[name]
    source = Source(files.CENTRES, line)
    devices, groups = [], []
    for index, pair in enumerate(body.cores):
        members = tuple(router_name(router) for router in pair)
        groups.append(RedundancyGroup(name if index == 0 else f"{name}-{index + 1}", "centre", members))
        for position, router in enumerate(pair, start=1):
            number = 4 * index + 2 * (body.number - 1) + position
            devices.append(_backbone_router(declared, name, router, "core", position, number, source))
    devices.append(_backbone_router(declared, name, body.border, "border", body.number, body.number, source))
    names = tuple(device.name for device in devices)
    made = Centre(name, body.number, body.name, body.name_ja, body.region, body.standing, names, source)
    return made, devices, groups


def _backbone_router(  # noqa: PLR0917 - called twice, just above
    declared: Declared, centre: str, router: Router, role: Role, position: int, number: int, source: Source
) -> Device:
    body = declared.centres[centre]
    own = None if isinstance(router, str) else router
    defaults = declared.roles.core if role == "core" else declared.roles.border
    offset = CORE_OFFSET if role == "core" else BORDER_OFFSET
    name = router_name(router)
    return Device(
        name=name,
        role=role,
        platform=(own and own.platform) or body.platform or defaults.platform or "",
        position=position,
        number=number,
        site="",
        centre=centre,
        management_address=str(IPv6Address(declared.management_base + offset + number)),
        host_keys=tuple(declared.host_keys.get(name, ())),
        settings=lay(declared.defaults[role, ""], body.settings, own.settings if own else NOTHING_SAID),
        source=source,
    )


class SiteLines(NamedTuple):
    """Lines of a site's file where its parts begin."""

    site: int
    routers: tuple[int, int]
    lines: tuple[int, int]


def site(declared: Declared, name: str, body: SiteDocument, at: SiteLines) -> tuple[Site, Device, Device]:
    """One site and its two CE routers."""
    file = f"{files.SITES}/{name}.yaml"
    first, second = (
        _ce_router(declared, name, body, position, Source(file, at.routers[position - 1])) for position in (1, 2)
    )
    lines = tuple(
        AccessLine(
            name,
            index + 1,
            (first, second)[index].name,
            declared.core_of_line(line.to, body.number),
            line.carrier,
            line.capacity,
            frozenset(line.risk),
            Source(file, at.lines[index]),
        )
        for index, line in enumerate(body.lines)
    )
    made = Site(
        name,
        body.number,
        body.name,
        body.name_ja,
        body.organisation,
        body.region,
        (first.name, second.name),
        lines,
        Source(file, at.site),
        *block_of(declared, body),
        ipv4=body.ipv4,
    )
    return made, first, second


def block_of(declared: Declared, body: SiteDocument) -> tuple[str, str]:
    """The block and the LAN that a site has from the ledger; "" where both follow from its number."""
    if body.block is None or declared.ledger is None:
        return "", ""
    entries = declared.ledger.entries
    return str(entries[body.block].prefix), str(entries[f"{body.block}/{LAN}"].prefix)


def _ce_router(declared: Declared, site: str, body: SiteDocument, position: int, source: Source) -> Device:
    router = body.routers[position - 1]
    own = None if isinstance(router, str) else router
    name = f"{site}-{router_name(router)}"
    number = 2 * body.number + position - 1
    platform = (
        (own and own.platform)
        or body.platform
        or declared.organisations[body.organisation].platform
        or declared.roles.ce.platform
    )
    settings = declared.defaults["ce", body.organisation]
    if own or body.settings is not NOTHING_SAID:
        settings = lay(settings, body.settings, own.settings if own else NOTHING_SAID)
    return Device(
        name=name,
        role="ce",
        platform=platform or "",
        position=position,
        number=number,
        site=site,
        centre="",
        management_address=management_text(declared.management_base + CE_OFFSET + number),
        host_keys=tuple(declared.host_keys.get(name, ())),
        settings=settings,
        source=source,
    )


def management_text(number: int) -> str:
    """RFC 5952 text of an address."""
    return str(IPv6Address(number))

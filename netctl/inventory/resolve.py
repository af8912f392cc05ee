"""Documents → Network: defaults laid over each other, names completed, numbers given.

Expects documents that passed the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import IPv6Address, IPv6Network
from typing import Any, NamedTuple

from msgspec.structs import asdict, astuple

from netctl.inventory import files
from netctl.inventory.documents import (
    AddressesDocument,
    BackboneLinkDocument,
    CarrierDocument,
    CentreDocument,
    NetworkDocument,
    OrganisationDocument,
    RolesDocument,
    Router,
    SettingsDocument,
    SiteDocument,
    Snmp,
)
from netctl.model.network import (
    AccessLine,
    AddressPlan,
    BackboneLink,
    Carrier,
    Centre,
    Device,
    DeviceSettings,
    Organisation,
    RedundancyGroup,
    Role,
    Site,
    SnmpV3,
    Source,
)

Lines = Mapping[str, int]
"""Where the entries of a file with several stand: id → line."""

CORE_OFFSET, BORDER_OFFSET, CE_OFFSET = 0x10000, 0x20000, 0x30000
"""Management addresses are ::1:k for core routers, ::2:k for borders and ::3:k for CE routers."""


@dataclass(frozen=True)
class Declared:
    """Everything but the sites: what every site's meaning depends on."""

    network: NetworkDocument
    organisations: Mapping[str, OrganisationDocument]
    carriers: Mapping[str, CarrierDocument]
    centres: Mapping[str, CentreDocument]
    backbone: Mapping[str, BackboneLinkDocument]
    roles: RolesDocument
    host_keys: Mapping[str, list[str]]

    @cached_property
    def management_base(self) -> int:
        """The first address of the management pool."""
        return int(IPv6Network(self.network.addresses.management_v6).network_address)

    @cached_property
    def cores(self) -> Mapping[str, str]:
        """Core router → its centre."""
        return {
            router_name(router): centre
            for centre, document in self.centres.items()
            for pair in document.cores
            for router in pair
        }

    @cached_property
    def defaults(self) -> Mapping[tuple[Role, str], DeviceSettings]:
        """Settings by role and organisation ("" for routers of a centre); most routers have no others."""
        roles: Mapping[Role, SettingsDocument] = {
            "core": self.roles.core.settings,
            "border": self.roles.border.settings,
            "ce": self.roles.ce.settings,
        }
        organisations = {"": _NOTHING} | {name: body.settings for name, body in self.organisations.items()}
        base = lay(DeviceSettings(), self.network.settings)
        return {
            (role, name): lay(base, settings, own)
            for role, settings in roles.items()
            for name, own in organisations.items()
        }

    def core_of_line(self, to: str, number: int) -> str:
        """The core router a line leads to: a centre is its first pair, odd site numbers take the pair's first."""
        if to not in self.centres:
            return to
        return router_name(self.centres[to].cores[0][(number + 1) % 2])


def router_name(router: Router) -> str:
    """What a router is called where it is declared, by name only or with what is special about it."""
    return router if isinstance(router, str) else router.name


_NOTHING = SettingsDocument()


def lay(settings: DeviceSettings, *layers: SettingsDocument) -> DeviceSettings:
    """`settings` with `layers` laid over them, later ones winning; the same object where they say nothing."""
    values: dict[str, Any] = {}
    for layer in layers:
        for name in SettingsDocument.__struct_fields__:
            value = getattr(layer, name)
            if value is not None:
                values[name] = tuple(value) if isinstance(value, list) else value
    if isinstance(values.get("snmp"), Snmp):
        values["snmp"] = SnmpV3(*astuple(values["snmp"]))
    return replace(settings, **values) if values else settings


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
        settings=lay(declared.defaults[role, ""], body.settings, own.settings if own else _NOTHING),
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
    )
    return made, first, second


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
    if own or body.settings is not _NOTHING:
        settings = lay(settings, body.settings, own.settings if own else _NOTHING)
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

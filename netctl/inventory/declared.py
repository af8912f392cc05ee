"""What is declared beside the sites, settings laid over each other, and where lines lead by default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from ipaddress import IPv6Network
from typing import Any

from msgspec.structs import astuple

from netctl.addressing.ledger import Flaw, Ledger
from netctl.inventory.addressing import AddressingDocument
from netctl.inventory.documents import (
    BackboneLinkDocument,
    CarrierDocument,
    CentreDocument,
    NetworkDocument,
    OrganisationDocument,
    RolesDocument,
    Router,
    SettingsDocument,
    Snmp,
)
from netctl.model.network import DeviceSettings, Role, SnmpV3

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
    addressing: AddressingDocument | None = None  # None where the network has no address plan
    ledger: Ledger | None = None  # None where the network has none
    unread_lines: Sequence[Flaw] = field(default=())  # of the ledger

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
        organisations = {"": NOTHING_SAID} | {name: body.settings for name, body in self.organisations.items()}
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


NOTHING_SAID = SettingsDocument()


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

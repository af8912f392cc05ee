"""What a rollout must know of the declared network, taken when the push begins and kept with the rollout.

The files of the network may change while a rollout runs, or lie on another host than a worker. What reaches a router,
and what its checks expect, stays as it was when the push began.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from netctl.checks.expectation import Expectation, ProbePair, expect_all
from netctl.model.intent import RouterIntent
from netctl.model.network import Device, DeviceSettings, Network, SnmpV3, Source
from netctl.model.plan import Plan
from netctl.push.names_sheet import NamesSheet, names_sheet, part_of_names
from netctl.services.dns.declared import DeclaredDns


class Sheet(TypedDict):
    """Plain data: how to reach each router of the touched groups, who is whose mate, and what checks expect.

    `direction` is ``back`` for the way back of a change, whose plan leads to the states kept before it. `names` is
    there where the plan has zones or name servers.
    """

    plan: str
    direction: Literal["forth", "back"]
    actor: str
    devices: dict[str, dict[str, Any]]
    mates: dict[str, str]
    expectations: dict[str, list[Any]]
    names: NotRequired[NamesSheet]


_REACH = ("name", "role", "platform", "position", "number", "site", "centre", "management_address")


def make_sheet(
    network: Network,
    intents: Mapping[str, RouterIntent],
    plan: Plan,
    actor: str,
    *,
    declared: DeclaredDns | None = None,
    writer: str = "",
) -> Sheet:
    """The sheet of one plan; `declared` is what `dns/` declares, and `writer` the primary that was promoted, or "".

    Raises what `names_sheet` raises.
    """
    routers = [target.target for target in plan.targets if target.kind == "router"]
    names = sorted({member for router in routers for member in network.group_of(router).members})
    sheet = Sheet(
        plan=plan.digest,
        direction="forth",
        actor=actor,
        devices={name: _reach(network.devices[name]) for name in names},
        mates={name: network.mate_of(name).name for name in names},
        expectations={name: list(expectation) for name, expectation in expect_all(intents, names).items()},
    )
    found = names_sheet(declared, plan, writer) if declared is not None else None
    if found is not None:
        sheet["names"] = found
    return sheet


def part_of_sheet(sheet: Sheet, members: list[str]) -> Sheet:
    """The share of one group."""
    own = [name for name in members if name in sheet["mates"]]
    routers = sorted({*own, *(sheet["mates"][name] for name in own)})
    part = Sheet(
        plan=sheet["plan"],
        direction=sheet["direction"],
        actor=sheet["actor"],
        devices={name: sheet["devices"][name] for name in routers},
        mates={name: sheet["mates"][name] for name in routers},
        expectations={name: sheet["expectations"][name] for name in routers},
    )
    names = sheet.get("names")
    if names is not None and not own:
        part["names"] = part_of_names(names, members)
    return part


def sheet_back(sheet: Sheet, plan: Plan, actor: str) -> Sheet:
    """The sheet of the way back; which virtual routers ran before the change, its intents do not tell."""
    expectations = {name: [device, role, [], *rest] for name, (device, role, _, *rest) in sheet["expectations"].items()}
    back = Sheet(
        plan=plan.digest,
        direction="back",
        actor=actor,
        devices=sheet["devices"],
        mates=sheet["mates"],
        expectations=expectations,
    )
    names = sheet.get("names")
    if names is not None:
        back["names"] = names
    return back


def sheet_written_by(sheet: Sheet, writer: str) -> Sheet:
    """The sheet where this primary takes updates now, "" for those that are declared to."""
    names = sheet.get("names")
    if names is None:
        return sheet
    moved, written = sheet.copy(), names.copy()
    written["writer"] = writer
    moved["names"] = written
    return moved


def names_in(sheet: Sheet) -> NamesSheet:
    """What the sheet says of names; raises `LookupError` for one that says nothing of them."""
    names = sheet.get("names")
    if names is None:
        raise LookupError("the sheet of this rollout says nothing of name servers")
    return names


def device_of(sheet: Sheet, name: str) -> Device:
    """The router, as far as reaching it needs; what it is to be configured with is in the plan."""
    facts = dict(sheet["devices"][name])
    facts["host_keys"] = tuple(facts["host_keys"])
    secret, snmp = facts.pop("session_secret"), facts.pop("snmp")
    settings = DeviceSettings(session_secret=secret, snmp=SnmpV3(*snmp) if snmp else None)
    return Device(**facts, settings=settings, source=Source("", 0))


def expectation_of(sheet: Sheet, name: str) -> Expectation:
    """What the checks of one router expect."""
    device, role, virtual_routers, probes, optional = sheet["expectations"][name]
    return Expectation(
        device=device,
        role=role,
        virtual_routers=tuple((port, vrid, family) for port, vrid, family in virtual_routers),
        probes=tuple(ProbePair(family, source, tuple(destinations)) for family, source, destinations in probes),
        optional=tuple(optional),
    )


def _reach(device: Device) -> dict[str, Any]:
    """What reaching a router takes; of secrets the references that masking its configuration takes, never values."""
    snmp = device.settings.snmp
    return {key: getattr(device, key) for key in _REACH} | {
        "host_keys": list(device.host_keys),
        "session_secret": device.settings.session_secret,
        "snmp": [snmp.user, snmp.auth_secret, snmp.privacy_secret] if snmp else [],
    }

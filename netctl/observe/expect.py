"""What one router should show when all is well, taken from its intent and its platform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from netctl.model.intent import RouterIntent
from netctl.model.network import Network

Told = Literal["bgp", "isis", "bfd", "vrrp", "ports"]

# What a look at a platform tells; what it does not tell is never missed.
EVERYTHING: frozenset[Told] = frozenset({"bgp", "isis", "bfd", "vrrp", "ports"})
NAPALM: frozenset[Told] = frozenset({"bgp"})  # ports have names of their own there


class VirtualRouter(NamedTuple):
    """One virtual router of one family; `wins` is true where this router should be its master."""

    port: str
    vrid: int
    family: int
    wins: bool


class Expected(NamedTuple):
    """One router's share: ports by name, BGP peers by address, IS-IS circuits as port → far router."""

    device: str
    mate: str
    platform: str
    tells: frozenset[Told]
    ports: tuple[str, ...]
    bgp: Mapping[str, str]  # address → far router
    isis: Mapping[str, str]  # port → far router
    virtual_routers: tuple[VirtualRouter, ...]


def expect(
    network: Network, intents: Mapping[str, RouterIntent], tells: Mapping[str, frozenset[Told]]
) -> dict[str, Expected]:
    """What to expect of every router of `intents`, by name; `tells` says what platforms tell."""
    return {name: _expected(network, intent, tells.get(intent.platform, NAPALM)) for name, intent in intents.items()}


def _expected(network: Network, intent: RouterIntent, tells: frozenset[Told]) -> Expected:
    mate = network.mate_of(intent.device)
    wins = network.devices[intent.device].position < mate.position
    return Expected(
        device=intent.device,
        mate=mate.name,
        platform=intent.platform,
        tells=tells,
        ports=tuple(port.name for port in intent.interfaces if port.kind != "loopback"),
        bgp={neighbour.address: neighbour.description for neighbour in intent.neighbours},
        isis={port.name: port.peer.partition(":")[0] for port in intent.interfaces if port.igp == "active"},
        virtual_routers=tuple(
            VirtualRouter(port.name, group.vrid, int(group.family), wins)
            for port in intent.interfaces
            for group in port.vrrp
        ),
    )

"""What the checks need to know about one router, taken from its intent and small enough to travel with a rollout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from netctl.model.intent import Interface, RouterIntent


class ProbePair(NamedTuple):
    """One family's way to prove reachability: from `source` to any of `destinations`."""

    family: Literal[4, 6]
    source: str
    destinations: tuple[str, ...]


class Expectation(NamedTuple):
    """One router's share.

    `virtual_routers` are (port, VRID, family) that must exist after the change. `optional` are the peers of a core
    router's access lines: a site whose line is down must not keep the centre from being changed.
    """

    device: str
    role: Literal["core", "border", "ce"]
    virtual_routers: tuple[tuple[str, int, int], ...]
    probes: tuple[ProbePair, ...]
    optional: tuple[str, ...]


def expect(intent: RouterIntent, backbone: Iterable[RouterIntent]) -> Expectation:
    """The expectation of one router; `backbone` holds the intents of all core routers, the far ends of its probes.

    Probes leave from the LAN where there is one, else from the loopback, and go to the cores' addresses of the same
    kind. A core of the same LAN proves nothing and is left out.
    """
    lan = _first(intent, "lan") or _first(intent, "loopback")
    far = [_first(core, "lan") or _first(core, "loopback") for core in backbone if core.device != intent.device]
    probes = []
    for family in (6, 4):
        source = _address(lan, family)
        here = _lan_of(lan, family)
        reach = [port for port in far if not here or _lan_of(port, family) != here]
        destinations = tuple(address for address in (_address(port, family) for port in reach) if address)
        if source and destinations:
            probes.append(ProbePair(6 if family == 6 else 4, source, destinations))
    return Expectation(
        device=intent.device,
        role=intent.role,
        virtual_routers=tuple(
            (port.name, group.vrid, int(group.family)) for port in intent.interfaces for group in port.vrrp
        ),
        probes=tuple(probes),
        optional=tuple(peer.address for peer in intent.neighbours if peer.kind == "access" and intent.role == "core"),
    )


def expect_all(intents: Mapping[str, RouterIntent], devices: Iterable[str]) -> dict[str, Expectation]:
    """The expectations of several routers of one network."""
    cores = [intent for intent in intents.values() if intent.role == "core"]
    return {name: expect(intents[name], cores) for name in devices}


def _first(intent: RouterIntent, kind: str) -> Interface | None:
    return next((port for port in intent.interfaces if port.kind == kind), None)


def _address(port: Interface | None, family: int) -> str:
    if port is None:
        return ""
    addresses = port.v6 if family == 6 else port.v4
    return addresses[0].partition("/")[0] if addresses else ""


def _lan_of(port: Interface | None, family: int) -> str:
    """The LAN a port is on, named by its virtual address; "" where it is on none."""
    groups = port.vrrp if port is not None else ()
    return next((group.virtual_address for group in groups if group.family == family), "")

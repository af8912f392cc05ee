"""What routers say of themselves and each other when some are dead and some lines are cut: standings for tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from networks import grown, reference

from netctl.model.intent import RouterIntent
from netctl.model.network import Network
from netctl.model.watch import Reason, Standing
from netctl.observe.topology import Topology, topology
from netctl.services.routing.derive import derive

AT = "2026-11-22T05:40:00.000000Z"
BEFORE = "2026-11-22T05:39:30.000000Z"

World = tuple[Network, Topology, Mapping[str, RouterIntent]]


@cache
def world(sites: int = 0) -> World:
    """The reference network, or its backbone with so many sites."""
    network = grown(tuple(range(1, sites + 1))) if sites else reference()
    return network, topology(network), derive(network)


def standings(
    place: World,
    *,
    dead: Collection[str] = (),
    cut: Collection[str] = (),
    unseen: Collection[str] = (),
    late: bool = False,
    clocks: Collection[str] = (),
    more: Mapping[str, tuple[Reason, ...]] | None = None,
) -> dict[str, Standing]:
    """Everybody's standing. `unseen` routers forward but do not answer; `late`: silent ones missed one look only."""
    network, known, intents = place
    silent = {*dead, *unseen}
    found = {}
    for name, intent in intents.items():
        if name in silent:
            found[name] = _silent(name, late=late)
            continue
        reasons = (
            *_sessions(known, intent, dead, cut),
            *_first_hop(known, network, intent, dead),
            *([Reason("WATCH-CLOCK", "time", "low", "", "the clock follows no source")] if name in clocks else []),
            *(more or {}).get(name, ()),
        )
        state = "degraded" if any(reason.severity != "low" for reason in reasons) else "up"
        found[name] = Standing(name, state, AT, AT, AT, reasons)
    return found


def _silent(name: str, *, late: bool) -> Standing:
    if late:
        return Standing(name, "up", BEFORE, AT, BEFORE, ())
    return Standing(name, "down", AT, AT, BEFORE, (Reason("WATCH-UNREACHABLE", "reachability", "high", "", "silent"),))


def _sessions(known: Topology, intent: RouterIntent, dead: Collection[str], cut: Collection[str]) -> list[Reason]:
    found = []
    for port in intent.interfaces:
        line = known.by_port.get((intent.device, port.name))
        if line and (line in cut or known.lines[line].far(intent.device) in dead):
            found.append(Reason("WATCH-PORT", "lines", "medium", port.name, f"{port.name} is down"))
            if port.igp == "active":
                found.append(Reason("WATCH-ISIS", "routing", "medium", port.name, f"{port.name}: Down"))
    for peer in intent.neighbours:
        line, far = known.about(intent.device, peer.address)
        if line in cut or far in dead:
            found.append(Reason("WATCH-BGP", "routing", "medium", peer.address, f"{far} is Active"))
            if peer.bfd:
                found.append(Reason("WATCH-BFD", "routing", "medium", peer.address, f"{peer.address} is down"))
    return found


def _first_hop(known: Topology, network: Network, intent: RouterIntent, dead: Collection[str]) -> list[Reason]:
    mate = network.mate_of(intent.device)
    if mate.name not in dead or network.devices[intent.device].position < mate.position:
        return []
    return [
        Reason(
            "WATCH-VRRP", "first_hop", "medium", f"{port.name} 10 IPv{group.family}", f"master in place of {mate.name}"
        )
        for port in intent.interfaces
        for group in port.vrrp
    ]

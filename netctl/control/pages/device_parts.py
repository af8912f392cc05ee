"""A router piece by piece: what is declared of its ports and sessions, beside what was seen of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from netctl.control.network.atlas import Atlas, Line
from netctl.control.pages.lines import MEGABIT
from netctl.model.health import Interface, Session, VrrpStatus
from netctl.model.intent import Interface as Declaration
from netctl.model.intent import RouterIntent
from netctl.model.watch import Rate, Standing


@dataclass(frozen=True, slots=True)
class Port:
    """One port. `up` and the counters are `None` where the router does not tell them; rates are in bit/s.

    `peer` is the router at the far end, `line` the line between; `capacity` in Mbit/s, 0 where nothing is declared.
    """

    name: str
    kind: str  # as declared, "" for a port that is not
    up: bool | None
    addresses: tuple[str, ...]
    peer: str
    line: str
    capacity: int
    rx: float | None
    tx: float | None
    errors: int | None
    dropped: int | None

    @property
    def share(self) -> float | None:
        """The busier direction's share of the capacity."""
        known = [rate for rate in (self.rx, self.tx) if rate is not None]
        return max(known) / (self.capacity * MEGABIT) if known and self.capacity else None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One session. `up` is `None` where the router does not tell; `leads_to` is the router behind it."""

    protocol: Literal["bgp", "isis", "bfd"]
    peer: str
    leads_to: str
    kind: str  # access, mate or mesh, "" for what no intent names
    state: str
    up: bool | None


@dataclass(frozen=True, slots=True)
class VirtualRouter:
    """One virtual router of the pair's LAN, and the role this router has in it."""

    interface: str
    vrid: int
    family: int
    address: str
    role: str  # "" where the router does not tell
    priority: int
    wanted: int


def ports(atlas: Atlas, device: str, standing: Standing | None) -> tuple[Port, ...]:
    """The ports in the order they are declared, then those that only the router knows."""
    look = standing.observation if standing else None
    seen = {port.name: port for port in look.interfaces} if look else {}
    down = dict.fromkeys(look.health.interfaces_down, False) if look else {}
    rates = {rate.interface: rate for rate in standing.rates} if standing else {}
    lines = {line.near(device).port: line for line in atlas.lines_of.get(device, ())}
    declared = {each.name: each for each in atlas.intent(device).interfaces}
    return tuple(
        _port(
            device, name, _Known(declared.get(name), seen.get(name), lines.get(name), rates.get(name), down.get(name))
        )
        for name in [*declared, *sorted(seen.keys() - declared.keys())]
    )


def neighbours(atlas: Atlas, device: str, standing: Standing | None) -> tuple[Neighbour, ...]:
    """Declared BGP sessions first, each with what was seen of it; then all others that the router tells of."""
    intent = atlas.intent(device)
    look = standing.observation if standing else None
    told = {(each.protocol, each.peer): each for each in look.health.sessions} if look else {}
    found = []
    for each in intent.neighbours:
        session = told.pop(("bgp", each.address), None)
        absent = ("absent", False) if look else ("", None)
        state, up = (session.state, session.up) if session else absent
        found.append(Neighbour("bgp", each.address, each.description, each.kind, state, up))
    owners = {each.address: each.description for each in intent.neighbours}
    return (*found, *(_undeclared(atlas, device, session, owners) for session in told.values()))


def virtual_routers(intent: RouterIntent, standing: Standing | None) -> tuple[VirtualRouter, ...]:
    """The virtual routers of the router's LAN."""
    look = standing.observation if standing else None
    seen = {(each.vrid, each.family): each for each in look.health.vrrp} if look else {}
    return tuple(_virtual_routers(intent, seen))


def _virtual_routers(intent: RouterIntent, seen: Mapping[tuple[int, int], VrrpStatus]) -> Iterator[VirtualRouter]:
    for port in intent.interfaces:
        for group in port.vrrp:
            now = seen.get((group.vrid, group.family))
            role, priority = (now.role, now.priority) if now else ("", 0)
            yield VirtualRouter(
                port.name, group.vrid, group.family, group.virtual_address, role, priority, group.priority
            )


class _Known(NamedTuple):
    """What each side knows of one port."""

    declared: Declaration | None
    seen: Interface | None
    line: Line | None
    rate: Rate | None
    down: bool | None


def _port(device: str, name: str, known: _Known) -> Port:
    declared, seen, line, rate, down = known
    peer = declared.peer.partition(":")[0] if declared else ""
    return Port(
        name=name,
        kind=declared.kind if declared else "",
        up=down if down is not None else seen.up if seen else None,
        addresses=(*declared.v6, *declared.v4) if declared else (),
        peer=line.far(device).device if line else peer,
        line=line.id if line else "",
        capacity=line.capacity if line else 0,
        rx=rate.rx if rate else None,
        tx=rate.tx if rate else None,
        errors=_sum(seen.rx_errors, seen.tx_errors) if seen else None,
        dropped=_sum(seen.rx_dropped, seen.tx_dropped) if seen else None,
    )


def _undeclared(atlas: Atlas, device: str, session: Session, owners: Mapping[str, str]) -> Neighbour:
    leads_to = owners.get(session.peer, "") or atlas.wiring.about(device, session.peer)[1]
    return Neighbour(session.protocol, session.peer, leads_to, "", session.state, session.up)


def _sum(one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return sum(known) if known else None

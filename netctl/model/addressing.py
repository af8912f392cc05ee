"""The declared address plan: pools, the levels they are cut into, and what is kept free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LevelKind = Literal["block", "lan", "link", "loopback"]
Scope = Literal["", "ula", "gua"]


@dataclass(frozen=True, slots=True)
class AddressLevel:
    """One level of a pool. `within` names the level it is cut from, "" for the pool itself; `line` counts from 1."""

    name: str
    length: int
    within: str
    kind: LevelKind
    order: Literal["sparse", "sequential"]  # which free child is next: RFC 3531's leftmost one, or the lowest
    line: int


@dataclass(frozen=True, slots=True)
class ReservedBlock:
    """A part of a pool that is never allocated."""

    prefix: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class AddressPool:
    """One prefix to allocate from. Pools of one VRF share no address; "" is the VRF that routers' addresses are in."""

    name: str
    prefix: str
    vrf: str
    scope: Scope
    levels: Mapping[str, AddressLevel]
    reserved: tuple[ReservedBlock, ...]
    line: int

    def chain(self, level: str) -> tuple[AddressLevel, ...]:
        """The levels from the pool down to this one."""
        found: list[AddressLevel] = []
        while level:
            found.append(self.levels[level])
            level = found[-1].within
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Addressing:
    """The whole plan, as inventory/addressing.yaml declares it. What was released rests for `rest_days`."""

    pools: Mapping[str, AddressPool]
    rest_days: int

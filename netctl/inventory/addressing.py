"""addressing.yaml and ledger.yaml: their shapes, and the plan that the first declares."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from netctl.inventory.documents import Document, Name, Prefix, Text
from netctl.inventory.yamlreader import Positions, parse_with_positions
from netctl.model.addressing import Addressing, AddressLevel, AddressPool, ReservedBlock

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)"

Day = Annotated[str, Meta(pattern=_DAY, description="A day such as 2026-11-22.")]


class LevelDocument(Document, frozen=True):
    """One level of a pool: into what it is cut there, and in which order."""

    length: Annotated[int, Meta(ge=1, le=128, description="Bits; of IPv6 a multiple of four, 127 or 128.")]
    within: Annotated[Name | None, Meta(description="The level it is cut from; the pool itself where not said.")] = None
    kind: Annotated[
        Literal["block", "lan", "link", "loopback"],
        Meta(description="A lan is a /64, a link a /127 or /31, a loopback a /128 or /32; a block is cut further."),
    ] = "block"
    order: Annotated[
        Literal["sparse", "sequential"],
        Meta(description="sparse: far from each other, so that each can grow (RFC 3531); sequential: the lowest free."),
    ] = "sparse"


class ReservedDocument(Document, frozen=True):
    """A part of a pool that is never allocated."""

    prefix: Prefix
    reason: Text


class PoolDocument(Document, frozen=True):
    """One prefix to allocate from."""

    prefix: Prefix
    levels: dict[Name, LevelDocument]
    scope: Annotated[
        Literal["ula", "gua"] | None, Meta(description="IPv6: unique local (RFC 4193) or global; checked.")
    ] = None
    vrf: Annotated[Name | None, Meta(description="Pools of different VRFs may overlap.")] = None
    reserved: list[ReservedDocument] = []  # noqa: RUF012 - msgspec makes a new list for each


class AddressingDocument(Document, frozen=True):
    """addressing.yaml: what `netctl addresses allocate` allocates from. The file may be missing."""

    pools: dict[Name, PoolDocument]
    rest_days: Annotated[
        int, Meta(ge=0, le=3650, description="Days that what was released is given to nobody else.")
    ] = 90


class AllocationDocument(Document, frozen=True):
    """One allocation. netctl writes it."""

    level: Name
    prefix: Prefix
    since: Day
    released: Day | None = None
    by: str | None = None


LedgerDocument = dict[str, AllocationDocument]


def plan_of(document: AddressingDocument | None, text: str) -> Addressing | None:
    """The plan in a document that passed the rules; `text` is its file's, for the lines."""
    if document is None:
        return None
    positions = parse_with_positions(text, "")[1]
    return Addressing({name: _pool(name, body, positions) for name, body in document.pools.items()}, document.rest_days)


def _pool(name: str, body: PoolDocument, positions: Positions) -> AddressPool:
    def line(*at: str | int) -> int:
        return positions.get(("pools", name, *at), (1, 1))[0]

    levels = {
        key: AddressLevel(key, level.length, level.within or "", level.kind, level.order, line("levels", key))
        for key, level in body.levels.items()
    }
    reserved = tuple(
        ReservedBlock(block.prefix, block.reason, line("reserved", index)) for index, block in enumerate(body.reserved)
    )
    return AddressPool(name, body.prefix, body.vrf or "", body.scope or "", levels, reserved, line())

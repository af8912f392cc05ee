"""Address pools: each a prefix of its family, none overlapping another, each large enough for every number in use."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import combinations
from typing import NamedTuple

from netctl.inventory import files
from netctl.inventory.declared import BORDER_OFFSET, CE_OFFSET, CORE_OFFSET
from netctl.inventory.documents import AddressesDocument
from netctl.inventory.findings import Problem
from netctl.inventory.rules.inventory import Inventory

Prefix = IPv4Network | IPv6Network

CE_LOOPBACK, BORDER_LOOPBACK = 16, 8
"""Loopbacks: core k has offset k, border k has 8 + k, CE router k has 16 + k."""

_POOLS = tuple(
    name
    for name in AddressesDocument.__struct_fields__
    if name[-3:] in {"_v6", "_v4"} and not name.startswith("aggregate")
)


class Need(NamedTuple):
    """A pool holds pieces of `length`; number n takes the piece with index `factor` × n + `offset`."""

    pool: str
    length: int
    factor: int
    offset: int


def prefix_problem(value: str, family: int) -> tuple[str, str, str] | None:
    """Code, message and hint for a text that is not a prefix of `family`; None where it is one."""
    try:
        found = ip_network(value)
    except ValueError:
        return _not_a_prefix(value)
    if found.version != family:
        return "NETCTL-E0121", f"{value} is IPv{found.version}, not IPv{family}", f"an IPv{family} prefix belongs here"
    if "/" not in value:
        return "NETCTL-E0120", f"{value} has no length", f"write {found}"
    return None


def _not_a_prefix(value: str) -> tuple[str, str, str]:
    try:
        hint = f"host bits are set; the prefix is {ip_network(value, strict=False)}"
    except ValueError:
        hint = "a prefix looks like 3fff:100::/32 or 192.0.2.0/24"
    return "NETCTL-E0120", f"{value!r} is not a prefix", hint


def parsed(inventory: Inventory) -> dict[str, Prefix]:
    """The pools that are prefixes of their family, by name."""
    addresses = inventory.declared.network.addresses
    values = {name: getattr(addresses, name) for name in _POOLS}
    return {
        name: ip_network(value)
        for name, value in values.items()
        if value is not None and prefix_problem(value, int(name[-1])) is None
    }


def site_needs(addresses: AddressesDocument) -> list[Need]:
    """What one site takes from the pools, by its number."""
    return [
        Need("sites_v6", 48, 1, 0),
        Need("sites_v4", addresses.site_v4_length or 32, 1, 0),
        Need("loopbacks_v6", 128, 2, CE_LOOPBACK + 1),
        Need("loopbacks_v4", 32, 2, CE_LOOPBACK + 1),
        Need("access_v6", 127, 2, 1),
        Need("access_v4", 31, 2, 1),
        Need("management_v6", 128, 2, CE_OFFSET + 1),
    ]


def largest(need: Need, pool: Prefix) -> int:
    """The largest number the pool has room for; below 1 where it has none at all."""
    if need.length < pool.prefixlen:
        return 0
    pieces: int = 1 << (need.length - pool.prefixlen)
    return (pieces - 1 - need.offset) // need.factor


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything wrong with the pools themselves, and with the numbers of centres and backbone links."""
    if not inventory.knows(files.NETWORK) or inventory.declared.network.addresses is None:
        return
    yield from _prefixes(inventory)
    pools = parsed(inventory)
    yield from _overlaps(pools)
    yield from _aggregates(inventory, pools)
    yield from _numbers(inventory, pools)


def _prefixes(inventory: Inventory) -> Iterator[Problem]:
    addresses = inventory.declared.network.addresses
    for name in AddressesDocument.__struct_fields__:
        value = getattr(addresses, name)
        if value is None or isinstance(value, int):
            continue
        listed = isinstance(value, list)
        for index, each in enumerate(value if listed else [value]):
            found = prefix_problem(each, int(name[-1])) if each is not None else None
            if found:
                at = ("addresses", name, index) if listed else ("addresses", name)
                yield Problem(found[0], files.NETWORK, at, each, found[1], found[2])


def _overlaps(pools: dict[str, Prefix]) -> Iterator[Problem]:
    for (first, a), (second, b) in combinations(pools.items(), 2):
        if a.version == b.version and a.overlaps(b):
            message = f"{second} {b} overlaps {first} {a}"
            yield Problem(
                "NETCTL-E0122", files.NETWORK, ("addresses", second), str(b), message, "pools share no address"
            )


def _aggregates(inventory: Inventory, pools: dict[str, Prefix]) -> Iterator[Problem]:
    addresses = inventory.declared.network.addresses
    for family, values in ((6, addresses.aggregate_v6), (4, addresses.aggregate_v4)):
        if not values or any(each is None or prefix_problem(each, family) for each in values):
            continue
        name = f"aggregate_v{family}"
        found = [ip_network(each) for each in values]
        for (_, a), (index, b) in combinations(enumerate(found), 2):
            if a.overlaps(b):
                at = ("addresses", name, index)
                yield Problem("NETCTL-E0122", files.NETWORK, at, str(b), f"{b} overlaps {a}", "keep the wider one")
        for pool in (f"sites_v{family}", f"centres_v{family}"):
            inside = pools.get(pool)
            if inside is not None and not any(_within(inside, each) for each in found):
                message = f"{pool} {inside} is outside {name}: the route filters would drop it"
                hint = f"add {inside} to {name}"
                yield Problem("NETCTL-E0124", files.NETWORK, ("addresses", name), str(inside), message, hint)


def _within(inside: Prefix, outside: Prefix) -> bool:
    return inside.prefixlen >= outside.prefixlen and outside.overlaps(inside)


def _numbers(inventory: Inventory, pools: dict[str, Prefix]) -> Iterator[Problem]:
    declared = inventory.declared
    for name, body in declared.centres.items():
        if body.number is None:
            continue
        core = 4 * max(len(body.cores or ()) - 1, 0) + 2 * body.number
        for need, number in (
            (Need("centres_v6", 48, 1, 0), body.number),
            (Need("centres_v4", declared.network.addresses.centre_v4_length or 32, 1, 0), body.number),
            (Need("loopbacks_v6", 128, 1, 0), core),
            (Need("loopbacks_v4", 32, 1, 0), core),
            (Need("loopbacks_v6", 128, 1, BORDER_LOOPBACK), body.number),
            (Need("loopbacks_v4", 32, 1, BORDER_LOOPBACK), body.number),
            (Need("management_v6", 128, 1, CORE_OFFSET), core),
            (Need("management_v6", 128, 1, BORDER_OFFSET), body.number),
        ):
            yield from too_small(pools, need, number, files.CENTRES, (name, "number"))
    for name, link in declared.backbone.items():
        for need in (Need("backbone_v6", 127, 1, 0), Need("backbone_v4", 31, 1, 0)):
            if link.number is not None:
                yield from too_small(pools, need, link.number, files.BACKBONE, (name, "number"))


def too_small(
    pools: dict[str, Prefix], need: Need, number: int, file: str, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    """A problem where the pool of `need` has no room for `number`."""
    pool = pools.get(need.pool)
    if pool is None or number <= (limit := largest(need, pool)):
        return
    room = f"it ends at number {limit}" if limit > 0 else "it has room for none"
    message = f"number {number} has no place in {need.pool} {pool}: {room}"
    yield Problem("NETCTL-E0123", file, at, number, message, f"widen {need.pool} in {files.NETWORK}")

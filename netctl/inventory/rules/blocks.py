"""Sites whose addresses are from the ledger: the block is allocated, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netctl.addressing.prefix import Prefix, prefix
from netctl.errors import AddressInvalid
from netctl.inventory import files
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import Problem
from netctl.inventory.resolve import LAN
from netctl.inventory.rules.inventory import Inventory
from netctl.inventory.rules.names import site_file
from netctl.model.network import Site

_BLOCK, _SUBNET = 48, 64


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Every block of a site that is not allocated, not a /48 of IPv6 within the aggregates, or a second site's."""
    seen: dict[str, str] = {}
    for name, body in inventory.sites.items():
        if body.block is None:
            continue
        yield from _of_site(inventory, name, body.block)
        if seen.setdefault(body.block, name) != name:
            yield _taken(name, body.block, seen[body.block])


def beside(inventory: Inventory, kept: Mapping[str, Site]) -> Iterator[Problem]:
    """Blocks of the sites in `inventory` that one of the `kept` sites has already."""
    held = {site.block: site.id for site in kept.values() if site.block}
    if not held or inventory.declared.ledger is None:
        return
    for name, body in inventory.sites.items():
        entry = inventory.declared.ledger.entries.get(body.block or "")
        if body.block is not None and entry is not None and str(entry.prefix) in held:
            yield _taken(name, body.block, held[str(entry.prefix)])


def _of_site(inventory: Inventory, name: str, block: str) -> Iterator[Problem]:
    declared = inventory.declared
    if declared.unread_lines or not inventory.knows(files.LEDGER, files.ADDRESSING):
        return
    entries = declared.ledger.entries if declared.ledger else {}
    for key, length in ((block, _BLOCK), (f"{block}/{LAN}", _SUBNET)):
        entry = entries.get(key)
        if entry is None or entry.released is not None:
            hint = did_you_mean(key, entries) if key == block else ""
            hint = hint or f"`netctl addresses allocate {block}/{LAN} --level LEVEL --write` allocates it"
            yield _problem("NETCTL-E0111", name, block, f"{key} is not allocated", hint)
            return
        pool = declared.addressing.pools.get(entry.pool) if declared.addressing else None
        if entry.prefix.version == 4 or (pool is not None and pool.vrf):
            hint = "a site's LAN is IPv6, and in the VRF that has no name"
            yield _problem("NETCTL-E0121", name, block, f"{key} {entry.prefix} cannot be a site's", hint)
            return
        if entry.prefix.length != length:
            message = f"{key} is a /{entry.prefix.length}, not a /{length}"
            yield _problem("NETCTL-E0125", name, block, message, f"a site's block is a /{_BLOCK}, its LAN a /{_SUBNET}")
            return
    around = _aggregates(inventory)
    if around and not any(each.holds(entries[block].prefix) for each in around):
        message = f"{block} {entries[block].prefix} is outside aggregate_v6: the route filters would drop it"
        yield _problem("NETCTL-E0124", name, block, message, f"add the pool to aggregate_v6 in {files.NETWORK}")


def _aggregates(inventory: Inventory) -> list[Prefix]:
    if not inventory.knows(files.NETWORK) or inventory.declared.network.addresses is None:
        return []
    try:
        return [prefix(each) for each in inventory.declared.network.addresses.aggregate_v6 or () if each is not None]
    except AddressInvalid:
        return []  # told where they are declared


def _taken(name: str, block: str, other: str) -> Problem:
    hint = "every site has a block of its own"
    return _problem("NETCTL-E0122", name, block, f"{block} is the block of {other} already", hint)


def _problem(code: str, name: str, block: str, message: str, hint: str) -> Problem:
    return Problem(code, site_file(name), ("block",), block, message, hint)

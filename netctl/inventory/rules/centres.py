"""Centres: two of them, one main and one backup, each with a number of its own."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.inventory import files
from netctl.inventory.findings import Problem
from netctl.inventory.rules.inventory import Inventory


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything wrong with the centres as a pair."""
    if not inventory.knows(files.CENTRES):
        return
    centres = inventory.declared.centres
    if len(centres) != 2:
        message = f"{len(centres)} centres, not two"
        yield Problem("NETCTL-E0134", files.CENTRES, (), str(len(centres)), message, "one main and one backup centre")
        return
    standings = [body.standing for body in centres.values()]
    if None not in standings and len(set(standings)) == 1:
        last = list(centres)[-1]
        message = f"both centres are {standings[0]}"
        hint = "one centre is main, the other backup"
        yield Problem("NETCTL-E0134", files.CENTRES, (last, "standing"), standings[0], message, hint)
    regions = [body.region for body in centres.values()]
    if None not in regions and len(set(regions)) == 1:
        last = list(centres)[-1]
        message = f"both centres are in region {regions[0]}"
        hint = "one disaster must not take both centres"
        yield Problem("NETCTL-E0134", files.CENTRES, (last, "region"), regions[0], message, hint)
    sizes = {name: len(body.cores) for name, body in centres.items() if body.cores is not None}
    if len(set(sizes.values())) > 1:
        last = list(centres)[-1]
        message = f"{', '.join(f'{name} has {size}' for name, size in sizes.items())} core pairs"
        hint = "each pair of one centre has its counterpart in the other"
        yield Problem("NETCTL-E0134", files.CENTRES, (last, "cores"), str(sizes[last]), message, hint)

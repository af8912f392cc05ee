"""What must hold between the files of a network. A rule yields a problem for all it finds and never stops early.

A None in a document means "already reported": rules pass over it in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netctl.inventory.findings import Problem
from netctl.inventory.rules import addressing, backbone, blocks, centres, names, pools, settings, sites
from netctl.inventory.rules.inventory import Inventory
from netctl.model.network import Network, Site

__all__ = ["Inventory", "problems"]


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything that is wrong between the files of one network."""
    yield from pools.problems(inventory)
    yield from addressing.problems(inventory)
    yield from centres.problems(inventory)
    yield from backbone.problems(inventory)
    yield from settings.problems(inventory)
    yield from names.problems(inventory)
    yield from sites.problems(inventory)
    yield from blocks.problems(inventory)


def changed_problems(inventory: Inventory, network: Network, kept: Mapping[str, Site]) -> Iterator[Problem]:
    """What is wrong with the few sites of `inventory` beside the sites of `network` that are `kept` as they were.

    Expects everything else unchanged. Says the same as `problems` about whether there is one, not always where.
    """
    yield from sites.problems(inventory)
    yield from blocks.problems(inventory)
    yield from blocks.beside(inventory, kept)
    yield from names.unique(inventory)
    yield from names.beside(inventory, network, kept)

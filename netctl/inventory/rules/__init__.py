"""What must hold between the files of a network. A rule yields a problem for all it finds and never stops early.

A None in a document means "already reported": rules pass over it in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from netctl.inventory.findings import Problem
from netctl.inventory.rules import backbone, centres, names, pools, settings, sites
from netctl.inventory.rules.inventory import Inventory

__all__ = ["Inventory", "problems"]


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything that is wrong between the files of one network."""
    yield from pools.problems(inventory)
    yield from centres.problems(inventory)
    yield from backbone.problems(inventory)
    yield from settings.problems(inventory)
    yield from names.problems(inventory)
    yield from sites.problems(inventory)

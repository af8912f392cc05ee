"""Who has which part of the address plan, made once for a network and its ledger, and asked again and again."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from netctl import inventory
from netctl.addressing.ledger import Ledger, read
from netctl.addressing.match import Table
from netctl.control.addresses.holdings import Holding, holdings
from netctl.control.network.directory import Directory
from netctl.errors import InvalidNetwork
from netctl.inventory import files
from netctl.inventory.yamlreader import Unreadable
from netctl.model.moments import now
from netctl.model.network import Network


class Node(NamedTuple):
    """A holding in the tree. `used` and `kept` are shares of its addresses: cut off for others, or reserved or resting.

    `parent` is an index into the same tree, -1 for what lies within nothing; `children` counts those in use.
    """

    holding: Holding
    depth: int
    parent: int
    children: int
    used: float
    kept: float


@dataclass(frozen=True)
class Book:
    """The declared network, its ledger, and what both say today."""

    network: Network
    ledger: Ledger
    today: date

    @cached_property
    def tree(self) -> tuple[Node, ...]:
        """Every holding under the one it lies within, by VRF and address."""
        return tuple(_tree(holdings(self.network, self.ledger, self.today)))

    @cached_property
    def by_key(self) -> dict[str, int]:
        """Where each key stands in the tree."""
        return {node.holding.key: index for index, node in enumerate(self.tree)}

    @cached_property
    def directory(self) -> Directory:
        """Which router's port has an address."""
        return Directory(self.network)

    @cached_property
    def vrfs(self) -> tuple[str, ...]:
        """All VRFs; "" first, which is where routers' own addresses are."""
        return tuple(dict.fromkeys(["", *(node.holding.vrf for node in self.tree)]))

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What follows from this book and is asked for again: whoever makes it knows its key."""
        return {}

    def longest(self, vrf: str) -> Table[int]:
        """Where in the tree the inmost holding of an address stands."""
        if vrf not in self._tables:
            places = ((node.holding.prefix, index) for index, node in enumerate(self.tree) if node.holding.vrf == vrf)
            self._tables[vrf] = Table(places)
        return self._tables[vrf]

    @cached_property
    def _tables(self) -> dict[str, Table[int]]:
        return {}


def open_book(root: Path, *, cache: Path | None = None, today: date | None = None) -> Book:
    """The book of the network declared in `root`; raises `InvalidNetwork` where its files hold errors."""
    return book_of(inventory.load(root, cache=cache), root, today or now().date())


def book_of(network: Network, root: Path, today: date) -> Book:
    """The book of a network that is loaded already."""
    return Book(network, read_ledger(root)[0] if network.addressing else Ledger(), today)


def read_ledger(root: Path) -> tuple[Ledger, str]:
    """The ledger in `root` and its file's text, "" where there is none; raises `InvalidNetwork` for one with errors."""
    if not (root / files.LEDGER).exists():
        return Ledger(), ""
    try:
        text = files.read_text(root, files.LEDGER, files.LARGEST_LEDGER)
    except Unreadable as error:
        raise InvalidNetwork(error.problem.message, where=files.LEDGER) from error
    ledger, flaws = read(text)
    if flaws:
        raise InvalidNetwork(flaws[0].message, where=f"{files.LEDGER}:{flaws[0].line}", hint=flaws[0].hint)
    return ledger, text


def _tree(sorted_holdings: tuple[Holding, ...]) -> Iterator[Node]:
    parents, depths = [], []
    around: list[int] = []
    children = [0] * len(sorted_holdings)
    used, kept = [0] * len(sorted_holdings), [0] * len(sorted_holdings)
    for index, each in enumerate(sorted_holdings):
        while around and not _within(sorted_holdings[around[-1]], each):
            around.pop()
        parents.append(around[-1] if around else -1)
        depths.append(len(around))
        if around:
            (used if each.state == "used" else kept)[around[-1]] += each.prefix.size
            children[around[-1]] += each.state == "used"
        around.append(index)
    for index, each in enumerate(sorted_holdings):
        size = each.prefix.size
        share = used[index] / size, kept[index] / size
        yield Node(each, depths[index], parents[index], children[index], *share)


def _within(outer: Holding, inner: Holding) -> bool:
    return outer.vrf == inner.vrf and outer.prefix.holds(inner.prefix)

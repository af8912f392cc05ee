"""The address plan as the dashboard shows it: a table of everything, and a picture of what is cut from what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil, floor
from typing import Any, NamedTuple

from netctl.change.roles import reach
from netctl.control.addresses.book import Book, Node
from netctl.control.addresses.kept import book
from netctl.control.network.atlas import Atlas, Reach
from netctl.errors import UnknownPlace
from netctl.store import Store

STEPS = 1000
"""How finely a bar is drawn."""

NARROWEST = 3
"""Steps that the smallest part is wide: less would be nothing on a phone."""

MOST_BARS = 40


class Piece(NamedTuple):
    """A part of a bar, in steps from its left end: where children that stand alike lie."""

    start: int
    end: int
    state: str


class Bar(NamedTuple):
    """One prefix from its first address to its last, and what lies where in it."""

    node: Node
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class AddressPage:
    """What one reader sees. `path` leads to what is chosen, its last; `more` counts the bars that are left out."""

    nodes: Sequence[Node]
    path: tuple[Node, ...]
    bars: tuple[Bar, ...]
    more: int

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The table, a row for each of `nodes`."""
        return [_row(node) for node in self.nodes]


def address_page(store: Store, atlas: Atlas, below: str, *, user: str, today: date) -> AddressPage:
    """Everything the user may see, or what lies below the key `below`; raises `UnknownPlace` where there is none."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
    found = book(atlas, today)
    if below:
        return _page(found, below, seen)
    if seen not in found.kept:  # what everybody opens first is made once for all who see the same
        found.kept[seen] = _page(found, "", seen)
    page: AddressPage = found.kept[seen]
    return page


def _page(found: Book, below: str, seen: Reach) -> AddressPage:
    first = found.by_key.get(below, -1)
    if below and (first < 0 or not _sees(seen, found.tree[first])):
        raise UnknownPlace(f"no addresses are named {below[:80]!r}")
    places = range(first, _end(found, first)) if below else range(len(found.tree))
    visible = [index for index in places if _sees(seen, found.tree[index])]
    children = _children(found, visible)
    tops = [first, *children.get(first, ())] if below else children.get(-1, [])
    bars = [index for index in tops if index in children or index == first]
    return AddressPage(
        nodes=[found.tree[index] for index in visible],
        path=_path(found, first, seen),
        bars=tuple(Bar(found.tree[index], _pieces(found, index, children)) for index in bars[:MOST_BARS]),
        more=max(0, len(bars) - MOST_BARS),
    )


def _row(node: Node) -> dict[str, Any]:
    each = node.holding
    return {
        "prefix": str(each.prefix),
        "key": each.key,
        "level": each.level,
        "used": node.used if node.children else None,
        "organisation": each.organisation,
        "state": each.state,
        "vrf": each.vrf,
        "note": each.note,
        "since": each.since,
        "where": each.where,
    }


def _sees(seen: Reach, node: Node) -> bool:
    """True where a reader may see a holding: whose reach is some organisations sees what is theirs."""
    return seen is None or node.holding.organisation in seen


def _end(found: Book, first: int) -> int:
    """Where the tree goes on after everything below `first`."""
    depth = found.tree[first].depth
    after = range(first + 1, len(found.tree))
    return next((index for index in after if found.tree[index].depth <= depth), len(found.tree))


def _children(found: Book, visible: Iterable[int]) -> dict[int, list[int]]:
    """By parent what lies right within it; what has no parent that is seen stands under -1."""
    children: dict[int, list[int]] = {}
    seen: set[int] = set()
    for index in visible:  # parents come before their children
        seen.add(index)
        parent = found.tree[index].parent
        children.setdefault(parent if parent in seen else -1, []).append(index)
    return children


def _path(found: Book, first: int, seen: Reach) -> tuple[Node, ...]:
    path: list[Node] = []
    while first >= 0 and _sees(seen, found.tree[first]):
        path.append(found.tree[first])
        first = found.tree[first].parent
    return tuple(reversed(path))


def _pieces(found: Book, index: int, children: dict[int, list[int]]) -> tuple[Piece, ...]:
    """What lies right within a prefix, by address; neighbours that look alike are one piece."""
    around = found.tree[index].holding.prefix
    pieces: list[Piece] = []
    for child in children.get(index, ()):
        each = found.tree[child].holding
        begin = (each.prefix.value - around.value) * STEPS / around.size
        start = min(STEPS - NARROWEST, floor(begin))
        end = max(start + NARROWEST, ceil(begin + each.prefix.size * STEPS / around.size))
        if pieces and pieces[-1].state == each.state and pieces[-1].end >= start:
            pieces[-1] = pieces[-1]._replace(end=max(end, pieces[-1].end))
        else:
            pieces.append(Piece(start, min(STEPS, end), each.state))
    return tuple(pieces)

"""What people ask of the address plan: the tree, a text, an address, what is free, how full it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from netctl.addressing.allocate import space_of
from netctl.addressing.anycast import kept_free
from netctl.addressing.prefix import address_or_prefix, inside
from netctl.addressing.space import Order, Space
from netctl.addressing.text import BITS, Version, address_number, address_text
from netctl.control.addresses.book import Book, Node
from netctl.control.addresses.holdings import Holding
from netctl.errors import AddressInvalid, UnknownPool
from netctl.model.addressing import AddressLevel, AddressPool

_MAPPED = 0xFFFF


class Whereabouts(NamedTuple):
    """Who has an address in one VRF: the holdings around it, the widest first, and the ports that have it itself."""

    address: str
    vrf: str
    chain: tuple[Holding, ...]
    ports: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As JSON output shows it; keys are part of the command line's contract."""
        return self._asdict() | {"holder": self.chain[-1].key if self.chain else ""}


class Room(NamedTuple):
    """What is free below a key: its blocks, and where a length is asked for how many of it fit, and the next one."""

    key: str
    prefix: str
    length: int
    fits: int
    next: str
    blocks: tuple[str, ...]


def tree(book: Book, key: str = "", depth: int = 0) -> tuple[Node, ...]:
    """Everything below `key`, or everything; no deeper than `depth` levels where that is said."""
    first = _index(book, key) if key else -1
    top = book.tree[first].depth if key else 0
    found = _below(book, first) if key else iter(book.tree)
    return tuple(node for node in found if not depth or node.depth - top < depth)


def find(book: Book, text: str) -> tuple[Node, ...]:
    """What holds `text` in its key, note, organisation or prefix; for an address or prefix, what shares it."""
    try:
        wanted = address_or_prefix(text)
    except AddressInvalid:
        sought = text.casefold()
        return tuple(node for node in book.tree if sought in _words(node.holding))
    return tuple(node for node in book.tree if node.holding.prefix.overlaps(wanted))


def who(book: Book, text: str) -> tuple[Whereabouts, ...]:
    """Who has an address, by VRF; nobody where nothing holds it. Raises `AddressInvalid`.

    An address with a length, as an interface has it, and an IPv4-mapped one are looked up as what they stand for.
    """
    version, number = address_number(text.partition("/")[0])
    if "/" in text:
        address_or_prefix(text)
    found = tuple(_who(book, version, number))
    if not found and version == 6 and number >> 32 == _MAPPED:
        found = tuple(_who(book, 4, number & 0xFFFFFFFF))
    return found


def free(book: Book, key: str, length: int = 0) -> Room:
    """What is free below a pool or an allocation; raises `UnknownPool`, or `AddressInvalid` for a length of no use."""
    node = book.tree[_index(book, key)]
    around = node.holding.prefix
    longest = BITS[around.version]
    if length and not around.length <= length <= longest:
        raise AddressInvalid(f"{key} {around} has nothing of /{length}", hint=f"from {around.length} to {longest}")
    space = _space(book, node)
    orders: list[Order] = [each.order for each in _levels(book, node) if each.length == length]
    given = space.first(length, orders[0] if orders else "sequential") if length else None
    return Room(
        key=key,
        prefix=str(around),
        length=length,
        fits=space.room(length) if length else 0,
        next=str(given) if given else "",
        blocks=tuple(str(block) for block in space.blocks() if not length or block.length <= length),
    )


def utilisation(book: Book, over: float = 0) -> tuple[Node, ...]:
    """What others are cut from, the fullest first; with `over`, what is fuller than this share."""
    cut = (node for node in book.tree if node.children or node.holding.level == "pool")
    full = (node for node in cut if node.used + node.kept >= over)
    return tuple(sorted(full, key=lambda node: (-node.used - node.kept, node.holding.vrf, node.holding.prefix)))


def _who(book: Book, version: Version, number: int) -> Iterator[Whereabouts]:
    for vrf in book.vrfs:
        index = book.longest(vrf).find(version, number)
        if index is None:
            continue
        chain: list[Holding] = []
        while index >= 0:
            chain.append(book.tree[index].holding)
            index = book.tree[index].parent
        text = address_text(version, number)
        places = book.directory.places.get(text, ()) if not vrf else ()
        yield Whereabouts(text, vrf, tuple(reversed(chain)), tuple(f"{each.device}:{each.port}" for each in places))


def _space(book: Book, node: Node) -> Space:
    """What is free within a holding, as allocating would see it."""
    around = node.holding.prefix
    taken = inside([each.holding.prefix for each in _below(book, book.by_key[node.holding.key])], around)
    pool = _pool(book, node)
    return Space(around, [*taken, *kept_free(around)]) if pool is None else space_of(pool, around, taken)


def _pool(book: Book, node: Node) -> AddressPool | None:
    plan = book.network.addressing
    name = node.holding.key.partition("/")[0]
    return None if plan is None or node.holding.origin == "number" else plan.pools.get(name)


def _levels(book: Book, node: Node) -> list[AddressLevel]:
    pool = _pool(book, node)
    within = "" if node.holding.level == "pool" else node.holding.level
    return [level for level in pool.levels.values() if level.within == within] if pool else []


def _index(book: Book, key: str) -> int:
    if key not in book.by_key:
        pools = (node.holding.key for node in book.tree if node.holding.level == "pool")
        raise UnknownPool(f"no pool or allocation is named {key[:80]!r}", hint=f"pools: {', '.join(pools)}")
    return book.by_key[key]


def _below(book: Book, first: int) -> Iterator[Node]:
    """A node and everything under it: what follows it and stands deeper."""
    yield book.tree[first]
    for index in range(first + 1, len(book.tree)):
        if book.tree[index].depth <= book.tree[first].depth:
            return
        yield book.tree[index]


def _words(holding: Holding) -> str:
    return f"{holding.key}\n{holding.organisation}\n{holding.note}\n{holding.prefix}\n{holding.by}".casefold()

"""Addresses: `netctl addresses tree | find | free | who | utilisation | allocate | release | import | export`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from netctl.cli.dns import as_csv
from netctl.cli.lazy import LazyGroup, reads
from netctl.cli.output import say, write_csv, write_json, write_table
from netctl.cli.session import Session

if TYPE_CHECKING:
    from netctl.control.addresses.book import Book, Node
    from netctl.control.addresses.look import Whereabouts

COMMANDS = {
    "tree": ("netctl.cli.addresses:tree", "Show everything that has a prefix, under what it lies within."),
    "find": ("netctl.cli.addresses:find", "Find prefixes by any text, or by an address or prefix."),
    "free": ("netctl.cli.addresses:free", "Show what is free below a pool or an allocation, and what comes next."),
    "who": ("netctl.cli.addresses:who", "Say who has an address: pool, site, LAN, router and port."),
    "utilisation": ("netctl.cli.addresses:utilisation", "List how full everything is that others are cut from."),
    "allocate": ("netctl.cli.ledger:allocate", "Allocate prefixes; shows the difference, writes with --write."),
    "release": ("netctl.cli.ledger:release", "Give prefixes back; they rest before anybody else gets them."),
    "import": ("netctl.cli.ledger:import_", "Import allocations from CSV or a NetBox export."),
    "export": ("netctl.cli.ledger:export", "Write the ledger as CSV."),
}
_COLUMNS = (
    "vrf", "key", "level", "prefix", "state", "origin", "organisation", "note", "since", "released", "by", "where",
)  # fmt: skip
_SHARES = ("depth", "children", "used", "kept")
_STATES = {"rests": "yellow", "reserved": "dim"}
_BAR = 10
NOWHERE = 2


@click.group(cls=LazyGroup, places=COMMANDS)
def addresses() -> None:
    """Addresses: who has what, what is free, and how the ledger of allocations changes.

    Prefixes are declared as pools and levels in inventory/addressing.yaml, allocated in inventory/ledger.yaml, or
    follow from numbers (inventory/network.yaml). Texts are those of RFC 5952.
    """


@click.command()
@click.argument("key", default="")
@click.option("--depth", type=click.IntRange(min=1), default=None, help="Show so many levels.")
@as_csv
@reads
@click.pass_obj
def tree(session: Session, key: str, depth: int | None, as_csv: bool) -> None:
    """Show everything that has a prefix under what it lies within, or what lies below KEY.

    The bar is the share of its addresses that is cut off for others; `+` is reserved, or rests.
    """
    from netctl.control.addresses import look

    found = look.tree(_book(session), key, depth or 0)
    if _answered(session, found, as_csv=as_csv):
        return
    top = found[0].depth if key and found else 0
    rows = (
        (
            f"{'  ' * (node.depth - top)}{node.holding.prefix}",
            node.holding.key,
            node.holding.level,
            _state(node),
            _bar(node),
            node.holding.organisation,
        )
        for node in found
    )
    write_table(("prefix", "key", "level", "state", "use", "organisation"), rows, _STATES)


@click.command()
@click.argument("text")
@as_csv
@reads
@click.pass_obj
def find(session: Session, text: str, as_csv: bool) -> int:
    """Find what has TEXT in its key, name, organisation or prefix; of an address or prefix, all that shares it.

    Exit status 0 where something is found, 2 where nothing is.
    """
    from netctl.control.addresses import look

    found = look.find(_book(session), text)
    if not _answered(session, found, as_csv=as_csv):
        write_table(
            ("prefix", "key", "level", "state", "organisation", "note", "where"),
            (
                (each.prefix, each.key, each.level, _state(node), each.organisation, each.note, each.where)
                for node in found
                for each in (node.holding,)
            ),
            _STATES,
        )
    return 0 if found else NOWHERE


@click.command()
@click.argument("pool")
@click.option("--length", metavar="N", type=click.IntRange(1, 128), default=None, help="Count prefixes of this length.")
@as_csv
@reads
@click.pass_obj
def free(session: Session, pool: str, length: int | None, as_csv: bool) -> None:
    """Show the free blocks of POOL, or of an allocation by its key, each as large as it can be.

    With --length: how many of that length fit, and which one would be given next.
    """
    from netctl.control.addresses import look

    room = look.free(_book(session), pool, length or 0)
    if session.json:
        write_json(room)
    elif as_csv:
        write_csv(("key", "block"), ((room.key, block) for block in room.blocks))
    else:
        for block in room.blocks:
            say(block)
        if room.length:
            following = f"; next is {room.next}" if room.next else ""
            say(f"{room.fits} of /{room.length} fit in {room.key} {room.prefix}{following}", "bold")
        elif not room.blocks:
            say(f"{room.key} {room.prefix} is full", "bold")


@click.command()
@click.argument("address")
@as_csv
@reads
@click.pass_obj
def who(session: Session, address: str, as_csv: bool) -> int:
    """Say who has ADDRESS: what it lies within, from the pool down, and the router's port that has it.

    Exit status 0 where somebody has it, 2 where nobody does.
    """
    from netctl.control.addresses import look

    found = look.who(_book(session), address)
    if session.json:
        write_json(found)
    elif as_csv:
        rows = (
            (place.vrf, place.address, each.key, each.level, each.prefix, *_said(place)) for place, each in _each(found)
        )
        write_csv(("vrf", "address", "key", "level", "prefix", "ports"), rows)
    else:
        for place in found:
            say(f"{place.address}{f' in VRF {place.vrf}' if place.vrf else ''}", "bold")
            for each in place.chain:
                note = f"  {each.note}" if each.note else ""
                say(f"  {each.prefix}  {each.level}  {each.key}{note}  ({each.where})")
            for port in place.ports:
                say(f"  at {port}", "green")
        if not found:
            say(f"nobody has {address}")
    return 0 if found else NOWHERE


@click.command()
@click.option("--over", metavar="PERCENT", type=click.FloatRange(0, 100), default=0, help="What is fuller than this.")
@as_csv
@reads
@click.pass_obj
def utilisation(session: Session, over: float, as_csv: bool) -> None:
    """List how full everything is that others are cut from, the fullest first."""
    from netctl.control.addresses import look

    found = look.utilisation(_book(session), over / 100)
    if _answered(session, found, as_csv=as_csv):
        return
    write_table(
        ("use", "kept", "children", "prefix", "key", "vrf"),
        (
            (_percent(node.used), _percent(node.kept), node.children, each.prefix, each.key, each.vrf or "-")
            for node in found
            for each in (node.holding,)
        ),
    )


def _book(session: Session) -> Book:
    from netctl.control.addresses.book import open_book

    return open_book(session.root, cache=session.settings.home / "cache")


def _answered(session: Session, found: Iterable[Node], *, as_csv: bool) -> bool:
    """True where programs asked, who get every column."""
    if session.json:
        write_json([_facts(node) for node in found])
    elif as_csv:
        write_csv((*_COLUMNS, *_SHARES), ([row[name] for name in (*_COLUMNS, *_SHARES)] for row in map(_facts, found)))
    return session.json or as_csv


def _facts(node: Node) -> dict[str, Any]:
    facts = node.holding.as_dict()
    return {name: facts[name] for name in _COLUMNS} | {name: getattr(node, name) for name in _SHARES}


def _each(found: Iterable[Whereabouts]) -> Iterable[tuple[Whereabouts, Any]]:
    return ((place, each) for place in found for each in place.chain)


def _said(place: Whereabouts) -> tuple[str]:
    return (" ".join(place.ports),)


def _state(node: Node) -> str:
    return "" if node.holding.state == "used" else node.holding.state


def _bar(node: Node) -> str:
    """The share that is cut off for others, as a bar and a number."""
    if not node.children and not node.kept:
        return ""
    used = min(_BAR, round(node.used * _BAR))
    kept = min(_BAR - used, round(node.kept * _BAR))
    return f"{'#' * used}{'+' * kept}{'.' * (_BAR - used - kept)} {_percent(node.used)}"


def _percent(share: float) -> str:
    percent = 100 * share
    return "-" if not share else "<0.1 %" if percent < 0.1 else f"{percent:.1f} %"

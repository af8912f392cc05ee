"""Zones and names by what somebody types: a name or a part of it, an address that leads back to a name."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple

from netctl.control.dns.book import NamesBook, bare
from netctl.control.network.atlas import Reach
from netctl.control.pages.zone_list import sees
from netctl.errors import ZoneNameInvalid
from netctl.model.names import ViewZone
from netctl.zones import names
from netctl.zones.records import rdata_text, type_text

_MOST_OF_A_KIND = 50
_SHOWN = 2  # records of a name
_TYPES = (28, 1, 5, 12, 15, 33, 16, 2)  # what people look for first
_ARPA = ".arpa"


class NameFound(NamedTuple):
    """One name: the zone it is in, how it is written there, in full, and the first of its records."""

    of: ViewZone
    owner: str
    name: str
    records: str


def zones_found(book: NamesBook, seen: Reach, asked: str) -> list[ViewZone]:
    """Zones within reach whose name has what is asked in it; whole names first."""
    wanted = _as_name(asked)
    found = [of for of, zone in book.zones.items() if wanted in of.zone and sees(seen, zone)]
    return sorted(found, key=lambda of: (of.zone != wanted, not of.zone.startswith(wanted)))


def names_found(book: NamesBook, seen: Reach, asked: str) -> Iterator[NameFound]:
    """Names within reach: whole ones first, then those that begin so, then all others.

    Names of reverse zones are only found where they are asked for as such.
    """
    wanted = _as_name(asked)
    if not wanted:
        return
    nearest: tuple[list[tuple[ViewZone, str]], ...] = ([], [], [])
    reverse = _ARPA in wanted
    for text, of in book.owners:
        if wanted in text and sees(seen, book.zones[of]) and (reverse or not of.zone.endswith(_ARPA)):
            group = nearest[0 if text == wanted else 1 if text.startswith(wanted) else 2]
            if len(group) < _MOST_OF_A_KIND:
                group.append((of, text))
    for group in nearest:
        for of, text in group:
            yield _found(book, of, text)


def pointers_found(book: NamesBook, seen: Reach, address: IPv4Address | IPv6Address) -> Iterator[NameFound]:
    """The names that an address leads back to."""
    for of, owner, name in book.pointers(str(address)):
        if sees(seen, book.zones[of]):
            yield NameFound(of, owner, name, f"PTR {address}")


def _found(book: NamesBook, of: ViewZone, text: str) -> NameFound:
    zone = book.zones[of].data
    owner = names.wire(text if text == "." else f"{text}.")
    records = []
    for kind in _TYPES:
        rrset = zone.rrsets.get((owner, kind))
        records += [f"{type_text(kind)} {rdata_text(kind, data)}" for data in rrset.rdatas] if rrset is not None else []
    return NameFound(of, names.relative(owner, zone.origin), text, ", ".join(records[:_SHOWN]))


def _as_name(asked: str) -> str:
    """What is asked as names are kept: small letters, A-labels, no final dot; as it is where it is no name."""
    try:
        return bare(names.text(names.wire(asked)))
    except ZoneNameInvalid:
        return asked.casefold().rstrip(".")

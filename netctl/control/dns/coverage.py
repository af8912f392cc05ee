"""Which addresses in use lead back to a name: what a reverse zone covers, and which of its addresses it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import NamedTuple

from netctl.control.dns.names import Intended, Names
from netctl.control.network.directory import Directory
from netctl.services.dns.hosts import AAAA, A, packed
from netctl.services.dns.pointers import PTR, ReverseZones
from netctl.zones import names
from netctl.zones.data import Name

_WILDCARD = b"\x01*"


class Uncovered(NamedTuple):
    """An address in use without a PTR; `user` is a name that has it, or a router and its port."""

    address: str
    user: str


@dataclass(frozen=True, slots=True)
class Covered:
    """Addresses in use: `used` of them, `missing` without a PTR."""

    used: int
    missing: tuple[Uncovered, ...]

    @property
    def named(self) -> int:
        """How many lead back to a name."""
        return self.used - len(self.missing)

    @property
    def share(self) -> float:
        """The part that does; 1 where nothing is in use."""
        return self.named / self.used if self.used else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """By view and reverse zone, with its final dot; `outside` are addresses of a view that lie in no reverse zone."""

    zones: Mapping[tuple[str, str], Covered]
    outside: Mapping[str, tuple[Uncovered, ...]]

    @property
    def used(self) -> int:
        """All addresses in use, those outside included."""
        return sum(each.used for each in self.zones.values()) + sum(map(len, self.outside.values()))

    @property
    def named(self) -> int:
        """Those that lead back to a name."""
        return sum(each.named for each in self.zones.values())


def coverage(found: Names, directory: Directory) -> Coverage:
    """The coverage of every reverse zone of every view. A closed view uses what is declared for it, nothing else."""
    zones: dict[tuple[str, str], Covered] = {}
    outside: dict[str, tuple[Uncovered, ...]] = {}
    for view in found.declared.views.values():
        of_view = {each.data.origin: each for each in found.zones.values() if each.view == view.name}
        used = dict(_of_names(of_view.values()))
        if not view.closed:
            used = dict(_of_routers(directory)) | used
        reverse = ReverseZones(each.zone for each in of_view.values())
        counts: dict[Name, int] = dict.fromkeys(reverse.origins, 0)
        missing: dict[Name, list[Uncovered]] = {origin: [] for origin in reverse.origins}
        lost: list[Uncovered] = []
        for address, user in sorted(used.items(), key=_order):
            place = reverse.place(address)
            if place is None:
                lost.append(_uncovered(address, user))
                continue
            counts[place[0]] += 1
            if (place[1], PTR) not in of_view[place[0]].data.rrsets:
                missing[place[0]].append(_uncovered(address, user))
        for origin in reverse.origins:
            zones[view.name, of_view[origin].zone.name] = Covered(counts[origin], tuple(missing[origin]))
        outside[view.name] = tuple(lost)
    return Coverage(zones, outside)


def _of_names(zones: Iterable[Intended]) -> Iterator[tuple[bytes, Name | str]]:
    for each in zones:
        for (owner, kind), rrset in each.data.rrsets.items():
            if kind in {A, AAAA} and not owner.startswith(_WILDCARD):
                for address in rrset.rdatas:
                    yield address, owner


def _of_routers(directory: Directory) -> Iterator[tuple[bytes, Name | str]]:
    for address, places in directory.places.items():
        yield packed(address), f"{places[0].device} {places[0].port}"


def _order(item: tuple[bytes, object]) -> tuple[int, bytes]:
    return -len(item[0]), item[0]


def _uncovered(address: bytes, user: Name | str) -> Uncovered:
    return Uncovered(str(ip_address(address)), names.text(user).rstrip(".") if isinstance(user, bytes) else user)

"""PTR records of both families, each in the longest reverse zone that matches; classless zones by RFC 2317.

An address has one PTR: the one a person declared, else the name of a router or server, else a declared name, else a
service's; of several, the one with fewest labels, then the first by alphabet. A name that an organisation gave to an
address of another one comes last, and never into a reverse zone of the other: a PTR there is the other's to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from netctl.services.dns.declared import DeclaredZone
from netctl.services.dns.holders import Holders
from netctl.services.dns.hosts import AAAA, A
from netctl.services.dns.intended import Draft
from netctl.services.dns.origins import Origin
from netctl.services.dns.reverse import last_octets, octet_label, parent_of_classless, reverse_of
from netctl.zones import names
from netctl.zones.data import Name

CNAME, PTR = 5, 12
_WILDCARD = b"\x01*"
_IP6_ARPA = b"\x03ip6\x04arpa\0"
_ADDRESS = "the address"
_DERIVED, _DECLARED, _SERVICE, _FOREIGN = range(4)


class _Pointer(NamedTuple):
    """A name for an address."""

    rank: int
    name: Name
    origin: Origin
    organisation: str

    @property
    def order(self) -> tuple[int, int, Name]:
        """The least is taken."""
        return self.rank, len(names.labels(self.name)), self.name


class ReverseZones:
    """The reverse zones of one view, by the names they hold."""

    def __init__(self, zones: Iterable[DeclaredZone]) -> None:
        reverse = {zone.origin: zone for zone in zones if zone.kind == "reverse"}
        self.origins: Collection[Name] = reverse.keys()
        self._lengths = sorted({len(origin) for origin in reverse if origin.endswith(_IP6_ARPA)}, reverse=True)
        self._classless: dict[Name, tuple[DeclaredZone, Name]] = {}
        for zone in reverse.values():
            if zone.prefix:
                above = parent_of_classless(zone.prefix)
                for octet in last_octets(zone.prefix):
                    label = octet_label(octet)
                    self._classless[label + above] = (zone, label + zone.origin)

    def place(self, packed: bytes) -> tuple[Name, Name] | None:
        """The zone that holds an address's PTR, and its owner there; None where no zone does."""
        name = reverse_of(packed)
        if len(packed) == 16:  # every label is a nibble, so a zone's name is a slice
            found = next((each for length in self._lengths if (each := name[-length:]) in self.origins), None)
            return None if found is None else (found, name)
        if (classless := self._classless.get(name)) is not None:
            return classless[0].origin, classless[1]
        above = name
        while above != names.ROOT:
            if above in self.origins:
                return above, name
            above = names.parent(above)
        return None

    def aliases(self) -> Iterator[tuple[Name, Name, Name, Origin]]:
        """Zone, owner, target and origin of each CNAME that leads into a classless zone."""
        for name, (zone, target) in self._classless.items():
            if (above := names.parent(name)) in self.origins:
                yield above, name, target, zone.source._replace(derived=f"zone {zone.name}")


def lay_pointers(drafts: Mapping[Name, Draft], services: Collection[Name], holders: Holders) -> None:
    """The PTR records of one view's addresses, and the aliases that lead into its classless zones."""
    zones = ReverseZones(draft.zone for draft in drafts.values())
    for above, owner, target, origin in zones.aliases():
        if not drafts[above].holds((owner, CNAME)):
            drafts[above].add(owner, CNAME, target, origin)
    if not zones.origins:
        return
    for address, pointer in _best(drafts, services, holders).items():
        place = zones.place(address)
        if place is None:
            continue
        draft, owner = drafts[place[0]], place[1]
        if draft.holds((owner, PTR)) or not may_point(pointer.organisation, draft.zone.organisation):
            continue
        origin = pointer.origin if pointer.origin.derived else pointer.origin._replace(derived=_ADDRESS)
        draft.add(owner, PTR, pointer.name, origin)


def may_point(organisation: str, holder: str) -> bool:
    """Whether names of an organisation's zone are derived into another's reverse zone: the network serves all."""
    return organisation == holder or not organisation or not holder


def _best(drafts: Mapping[Name, Draft], services: Collection[Name], holders: Holders) -> dict[bytes, _Pointer]:
    """The name that each address of the view points to."""
    best: dict[bytes, _Pointer] = {}
    for draft in drafts.values():
        own = draft.zone.organisation
        for owner, address, origin in _addresses(draft):
            if origin.derived:
                rank = _SERVICE if owner in services else _DERIVED
            else:
                rank = _DECLARED if own in {"", holders.of(address)} else _FOREIGN
            found, held = _Pointer(rank, owner, origin, own), best.get(address)
            if held is None or found.order < held.order:
                best[address] = found
    return best


def _addresses(draft: Draft) -> Iterator[tuple[Name, bytes, Origin]]:
    """Owner, address and origin of each address record, but for wildcards, which nothing points back to."""
    for (owner, kind), held in draft.sets.items():
        if kind in {A, AAAA} and not owner.startswith(_WILDCARD):
            for address, origin in held.items():
                yield owner, address, origin
    file = draft.zone.bulk_file
    for key, rrset in draft.bulk.items():
        if key[1] in {A, AAAA} and not key[0].startswith(_WILDCARD):
            place = Origin(file, key)
            for address in rrset.rdatas:
                yield key[0], address, place

"""PTR records of both families, each in the longest reverse zone that matches; classless zones by RFC 2317.

An address has one PTR: the one a person declared, else the name of a router or server, else a declared name, else a
service's; of several, the one with fewest labels, then the first by alphabet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from netctl.services.dns.hosts import AAAA, A
from netctl.services.dns.intended import Draft
from netctl.services.dns.origins import Origin
from netctl.services.dns.reverse import last_octets, octet_label, parent_of_classless, reverse_of
from netctl.zones import names
from netctl.zones.data import Name

CNAME, PTR = 5, 12
_WILDCARD = b"\x01*"
_IP6_ARPA = b"\x03ip6\x04arpa\0"
_DERIVED, _DECLARED, _SERVICE = range(3)


class _Pointer(NamedTuple):
    """A name for an address; the least is taken."""

    rank: int
    labels: int
    name: Name
    origin: Origin


class ReverseZones:
    """The reverse zones of one view, by the names they hold."""

    def __init__(self, drafts: Mapping[Name, Draft]) -> None:
        self._drafts = drafts
        self._lengths = sorted({len(origin) for origin in drafts if origin.endswith(_IP6_ARPA)}, reverse=True)
        self._classless: dict[Name, tuple[Draft, Name]] = {}
        for draft in drafts.values():
            if draft.zone.prefix:
                above = parent_of_classless(draft.zone.prefix)
                for octet in last_octets(draft.zone.prefix):
                    label = octet_label(octet)
                    self._classless[label + above] = (draft, label + draft.zone.origin)

    def place(self, packed: bytes) -> tuple[Draft, Name] | None:
        """The zone that holds an address's PTR, and its owner there; None where no zone does."""
        name = reverse_of(packed)
        if len(packed) == 16:  # every label is a nibble, so a zone's name is a slice
            found = next((each for length in self._lengths if (each := self._drafts.get(name[-length:]))), None)
            return None if found is None else (found, name)
        if (classless := self._classless.get(name)) is not None:
            return classless
        above = name
        while above != names.ROOT:
            if (found := self._drafts.get(above)) is not None:
                return found, name
            above = names.parent(above)
        return None

    def aliases(self) -> Iterator[tuple[Draft, Name, Name, Origin]]:
        """Zone, owner, target and origin of each CNAME that leads into a classless zone."""
        for name, (draft, target) in self._classless.items():
            above = names.parent(name)
            if (found := self._drafts.get(above)) is not None:
                yield found, name, target, draft.zone.source._replace(derived=f"zone {draft.zone.name}")


def lay_pointers(drafts: Mapping[Name, Draft], services: Collection[Name]) -> None:
    """The PTR records of one view's addresses, and the aliases that lead into its classless zones."""
    zones = ReverseZones(drafts)
    for above, owner, target, origin in zones.aliases():
        if not above.holds((owner, CNAME)):
            above.add(owner, CNAME, target, origin)
    if not any(draft.zone.kind == "reverse" for draft in drafts.values()):
        return
    for address, pointer in _best(drafts, services).items():
        place = zones.place(address)
        if place is None or place[0].holds((place[1], PTR)):
            continue
        derived = pointer.origin.derived or f"address of {names.text(pointer.name)}"
        place[0].add(place[1], PTR, pointer.name, pointer.origin._replace(derived=derived))


def _best(drafts: Mapping[Name, Draft], services: Collection[Name]) -> dict[bytes, _Pointer]:
    """The name that each address of the view points to."""
    best: dict[bytes, _Pointer] = {}
    for draft in drafts.values():
        for owner, address, origin in _addresses(draft):
            held = best.get(address)
            rank = _SERVICE if owner in services else _DERIVED if origin.derived else _DECLARED
            if held is not None and held.rank < rank:
                continue
            found = _Pointer(rank, len(names.labels(owner)), owner, origin)
            if held is None or found[:3] < held[:3]:
                best[address] = found
    return best


def _addresses(draft: Draft) -> Iterator[tuple[Name, bytes, Origin]]:
    """Owner, address and origin of each address record, but for wildcards, which nothing points back to."""
    for (owner, kind), held in draft.sets.items():
        if kind in {A, AAAA} and not owner.startswith(_WILDCARD):
            for address, origin in held.items():
                yield owner, address, origin
    place = Origin(draft.zone.bulk_file)
    for (owner, kind), rrset in draft.bulk.items():
        if kind in {A, AAAA} and not owner.startswith(_WILDCARD):
            for address in rrset.rdatas:
                yield owner, address, place

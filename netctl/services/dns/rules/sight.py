"""What rules look at: one view's zones with the tables that keep every rule linear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from netctl.model.dns import View
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.intended import Intended
from netctl.services.dns.origins import Places
from netctl.services.dns.pointers import ReverseZones
from netctl.zones import names
from netctl.zones.data import Key, Name, RRset

Severity = Literal["error", "warning", "info"]
Standing = Literal["there", "absent", "elsewhere"]

A, NS, CNAME, PTR, MX, TXT, AAAA, SRV, DS = 1, 2, 5, 12, 15, 16, 28, 33, 43
_WILDCARD = b"\x01*"


class Rule(NamedTuple):
    """What a rule says, in one line, and how much it matters."""

    severity: Severity
    fact: str


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """One thing about one name. `waived` is the reason of the waiver that covers it, else "".

    `file` and `line` are where the record was declared, or what it was derived from; line 0 is a whole file.
    """

    rule: str
    severity: Severity
    view: str
    zone: str
    name: str
    message: str
    hint: str
    file: str
    line: int
    waived: str = ""

    @property
    def place(self) -> str:
        """File and line as one word."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def waive(self, reason: str) -> RuleFinding:
        """The same finding, lived with."""
        return replace(self, waived=reason)


class ZoneSight:
    """One zone in one view, with its owners by type."""

    def __init__(self, intended: Intended, places: Places) -> None:
        self.intended = intended
        self.origin = intended.zone.origin
        self.rrsets: Mapping[Key, RRset] = intended.data.rrsets
        self._places = places

    @cached_property
    def owners(self) -> Mapping[int, list[Name]]:
        """Owners by the type of what they hold."""
        found: dict[int, list[Name]] = {}
        for owner, kind in self.rrsets:
            found.setdefault(kind, []).append(owner)
        return found

    @cached_property
    def names(self) -> Mapping[Name, list[int]]:
        """The types that each owner has."""
        found: dict[Name, list[int]] = {}
        for owner, kind in self.rrsets:
            found.setdefault(owner, []).append(kind)
        return found

    @cached_property
    def nodes(self) -> frozenset[Name]:
        """Every name that exists: owners, and the names between them and the zone's (RFC 8020)."""
        found = set(self.names)
        for owner in self.names:
            above = owner
            while above != self.origin and (above := names.parent(above)) not in found:
                found.add(above)
        return frozenset(found)

    @cached_property
    def cuts(self) -> frozenset[Name]:
        """Names below the zone's own that are delegated."""
        return frozenset(owner for owner in self.owners.get(NS, ()) if owner != self.origin)

    def sets(self, *kinds: int) -> Iterator[tuple[Name, int, RRset]]:
        """Owner, type and RRset of each RRset of these types."""
        for kind in kinds:
            for owner in self.owners.get(kind, ()):
                yield owner, kind, self.rrsets[owner, kind]

    def cut_above(self, name: Name) -> Name | None:
        """The cut that a name is at or below; None where the zone holds the name itself."""
        if not self.cuts or name == self.origin:
            return None
        return name if name in self.cuts else self._cut_of(names.parent(name))

    def _cut_of(self, name: Name) -> Name | None:
        """The same of a name that others are below: worked out once for all of them."""
        known = self._cuts_of
        if name not in known:
            known[name] = None if name == names.ROOT else self.cut_above(name)
        return known[name]

    @cached_property
    def _cuts_of(self) -> dict[Name, Name | None]:
        return {}

    def finding(self, rule: str, severity: Severity, key: Key, message: str, hint: str = "") -> RuleFinding:
        """A finding about an RRset, with the place of its first record."""
        origin = self.intended.origin_of(key)
        line, name = self._places.line(origin), names.text(key[0])
        return RuleFinding(
            rule, severity, self.intended.view, self.intended.zone.name, name, message, hint, origin.file, line
        )


class Sight:
    """One view as an asker sees it."""

    def __init__(self, view: View, zones: Iterable[Intended], declared: DeclaredDns) -> None:
        places = declared.places
        self.view = view
        self.holders = declared.holders
        self.signing = declared.policy.signing
        self.zones: Mapping[Name, ZoneSight] = {each.zone.origin: ZoneSight(each, places) for each in zones}

    @cached_property
    def reverse(self) -> ReverseZones:
        """Where PTR records of addresses belong."""
        return ReverseZones(zone.intended.zone for zone in self.zones.values())

    def zone_of(self, name: Name) -> ZoneSight | None:
        """The zone that holds a name; None for a name outside."""
        found = self.zones.get(name)
        return found if found is not None or name == names.ROOT else self._zone_above(names.parent(name))

    def _zone_above(self, name: Name) -> ZoneSight | None:
        """The same of a name that others are below: worked out once for all of them."""
        known = self._zones_of
        if name not in known:
            known[name] = self.zone_of(name)
        return known[name]

    @cached_property
    def _zones_of(self) -> dict[Name, ZoneSight | None]:
        return {}

    def rrset(self, name: Name, kind: int) -> RRset | None:
        """What a name holds of a type, a wildcard's where the name itself is not there (RFC 4592)."""
        zone = self.zone_of(name)
        return None if zone is None else zone.rrsets.get((_matched(zone, name), kind))

    def standing(self, name: Name) -> Standing:
        """Whether a name exists; "elsewhere" where this network cannot know, as below a cut to others."""
        zone = self.zone_of(name)
        if zone is None or zone.cut_above(name) is not None:
            return "elsewhere"
        return "there" if _matched(zone, name) in zone.nodes else "absent"

    def has_address(self, name: Name) -> bool:
        """True where a name has an address, by itself or by glue."""
        if self.rrset(name, AAAA) is not None or self.rrset(name, A) is not None:
            return True
        zone = self.zone_of(name)
        return zone is not None and ((name, AAAA) in zone.rrsets or (name, A) in zone.rrsets)


def _matched(zone: ZoneSight, name: Name) -> Name:
    """The name that answers: itself, or the wildcard at its closest encloser."""
    if name in zone.nodes:
        return name
    above = name
    while above != zone.origin:
        above = names.parent(above)
        if above in zone.nodes:
            wildcard = _WILDCARD + above
            return wildcard if wildcard in zone.names else name
    return name


Check = Callable[[Sight, ZoneSight], Iterator[RuleFinding]]

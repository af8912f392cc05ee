"""Whose a name is: every organisation owns the zones it declares, and nobody adds a name under another's zone.

The zone above gives leave (`delegate:`) before an organisation may make a zone within it; once the zone exists, its
names are its own. The same answer is asked when files are checked, when a plan is made and when it is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netctl.inventory.findings import Problem
from netctl.services.dns import codes
from netctl.services.dns.declared import DeclaredZone, Delegation, Policy
from netctl.services.dns.origins import Origin
from netctl.zones import names
from netctl.zones.data import Key, Name

_NS, _DS = 2, 43
_A, _AAAA = 1, 28
_AT_A_CUT = frozenset({_NS, _DS})
_GLUE = frozenset({_A, _AAAA})


class Trespass(NamedTuple):
    """A name that a zone declares, and the zone whose it is; "" for a name that is outside all zones."""

    owner: Name
    zone: str
    organisation: str


class Owners:
    """Who owns which names, by the zones that are declared."""

    def __init__(self, zones: Iterable[DeclaredZone]) -> None:
        self._zones: dict[Name, DeclaredZone] = {zone.origin: zone for zone in zones}
        self._above: set[Name] = set()
        for origin in self._zones:
            name = origin
            while name != names.ROOT:
                name = names.parent(name)
                self._above.add(name)

    def zone_of(self, name: Name) -> DeclaredZone | None:
        """The zone that holds a name: the longest that matches; None outside all."""
        while True:
            if (found := self._zones.get(name)) is not None:
                return found
            if name == names.ROOT:
                return None
            name = names.parent(name)

    def above(self, origin: Name) -> DeclaredZone | None:
        """The zone that a zone is cut out of."""
        return None if origin == names.ROOT else self.zone_of(names.parent(origin))

    def organisation_of(self, name: Name) -> str | None:
        """Whose a name is; "" for the network's own, None outside all zones."""
        zone = self.zone_of(name)
        return None if zone is None else zone.organisation

    def has_cuts(self, origin: Name) -> bool:
        """True where a zone is cut out below this one."""
        return origin in self._above

    def may_hold(self, origin: Name, key: Key) -> bool:
        """True where the zone may hold an RRset: its own names, and what a cut below it needs."""
        owner, kind = key
        zone = self.zone_of(owner)
        if zone is None:
            return False
        if zone.origin == origin:
            return True
        if not names.is_under(zone.origin, origin):
            return False
        return (owner == zone.origin and kind in _AT_A_CUT) or kind in _GLUE

    def trespasses(self, origin: Name, keys: Iterable[Key]) -> Iterator[Trespass]:
        """Each RRset among `keys` that the zone may not hold: for plans, and once more before they are applied."""
        for key in keys:
            if not self.may_hold(origin, key):
                zone = self.zone_of(key[0])
                yield Trespass(key[0], zone.name if zone else "", zone.organisation if zone else "")


def problems(zones: Sequence[DeclaredZone], policy: Policy) -> Iterator[Problem]:
    """Zones that nobody gave leave for, zones declared twice, and names in another organisation's zone."""
    yield from _twice(zones)
    owners = Owners(zones)
    for zone in zones:
        yield from _leave(owners, zone, zones, policy)
        if owners.has_cuts(zone.origin):
            yield from _names(owners, zone, zones)


def _twice(zones: Iterable[DeclaredZone]) -> Iterator[Problem]:
    first: dict[Name, DeclaredZone] = {}
    seen: dict[tuple[Name, str], DeclaredZone] = {}
    for zone in zones:
        other = first.setdefault(zone.origin, zone)
        if other.organisation != zone.organisation:
            message = f"{zone.name} is another organisation's in {other.source.file}"
            hint = "one zone is one organisation's in every view"
            yield _problem(codes.ZONE_TWICE, zone.source, zone.name, message, hint)
        for view in zone.views:
            other = seen.setdefault((zone.origin, view), zone)
            if other is not zone:
                message = f"{zone.name} is declared for view {view!r} in {other.source.file} already"
                yield _problem(codes.ZONE_TWICE, zone.source, zone.name, message, "one file a zone and view")


def _leave(owners: Owners, zone: DeclaredZone, zones: Iterable[DeclaredZone], policy: Policy) -> Iterator[Problem]:
    """A zone of an organisation needs leave from the zone it is cut out of, or from the policy where none is above."""
    above = owners.above(zone.origin)
    if zone.organisation == (above.organisation if above else ""):
        return
    given: list[Delegation] = list(policy.delegations)
    if above is not None:
        given = [leave for each in zones if each.origin == above.origin for leave in each.delegations]
    for leave in given:
        if leave.organisation == zone.organisation and names.is_under(zone.origin, leave.name):
            return
    whose = f"{above.name} ({above.organisation or 'the network'})" if above else "the network"
    where = above.source.file if above else "dns/policy.yaml"
    message = f"{whose} gave {zone.organisation or 'the network'} no leave for {zone.name}"
    label = names.relative(zone.origin, above.origin) if above else zone.name.rstrip(".")
    hint = f"its owner says `delegate: {{{label}: {zone.organisation}}}` in {where}"
    yield _problem(codes.NO_LEAVE, zone.source, zone.name, message, hint)


def _names(owners: Owners, zone: DeclaredZone, zones: Sequence[DeclaredZone]) -> Iterator[Problem]:
    """Records below a cut: those of another organisation's zone, and those of a zone seen in the same view."""
    views_of: dict[Name, set[str]] = {}
    for each in zones:
        views_of.setdefault(each.origin, set()).update(each.views)
    for owner, views, origin in _owners_of(zone):
        holder = owners.zone_of(owner)
        if holder is None or holder.origin == zone.origin:
            continue
        if holder.organisation == zone.organisation and not views_of[holder.origin] & set(views):
            continue
        whose = f" of {holder.organisation}" if holder.organisation else ""
        message = f"{names.text(owner)} belongs to zone {holder.name}{whose}"
        yield _problem(
            codes.NOT_ITS_NAME, origin, names.text(owner), message, "delegations are derived: declare it there"
        )


def _owners_of(zone: DeclaredZone) -> Iterator[tuple[Name, tuple[str, ...], Origin]]:
    for each in zone.records:
        yield each.owner, each.views or zone.default_views, each.origins[0]
    if zone.bulk is not None:
        place = Origin(zone.bulk_file)
        for owner in dict.fromkeys(owner for owner, _ in zone.bulk.rrsets):
            yield owner, zone.default_views, place


def _problem(code: str, origin: Origin, value: str, message: str, hint: str) -> Problem:
    at = (origin.at or 1, 1) if isinstance(origin.at, int) else origin.at
    return Problem(code, origin.file, at, value, message, hint)

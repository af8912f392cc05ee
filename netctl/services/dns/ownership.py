"""Whose a name is: every organisation owns the zones it declares, and nobody adds a name under another's zone.

The zone above gives leave (`delegate:`) before an organisation may make a zone within it; once the zone exists, its
names are its own. The same answer is asked when files are checked, when a plan is made and when it is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from netctl.errors import NameOfAnother
from netctl.services.dns.declared import DeclaredZone
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
        self._known: dict[Name, DeclaredZone | None] = {}
        for origin in self._zones:
            name = origin
            while name != names.ROOT:
                name = names.parent(name)
                self._above.add(name)

    def zone_of(self, name: Name) -> DeclaredZone | None:
        """The zone that holds a name: the longest that matches; None outside all."""
        found = self._zones.get(name)
        return found if found is not None or name == names.ROOT else self._zone_above(names.parent(name))

    def _zone_above(self, name: Name) -> DeclaredZone | None:
        """The same of a name that others are below: worked out once for all of them."""
        if name not in self._known:
            self._known[name] = self.zone_of(name)
        return self._known[name]

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


class Titles:
    """Who owns which names in each view: asked of what a plan would write, and once more before it is written."""

    def __init__(self, zones: Iterable[DeclaredZone]) -> None:
        whole = tuple(zones)
        self._everywhere = Owners(whole)
        views = dict.fromkeys(view for zone in whole for view in zone.views)
        self._seen = {view: Owners(zone for zone in whole if view in zone.views) for view in views}

    def require(self, zone: DeclaredZone, view: str, keys: Iterable[Key], where: str) -> None:
        """Raises `NameOfAnother` where the zone may not hold one of these RRsets in this view.

        Ask for what would be there after a change: whatever a zone gives up, it may give up.
        """
        found = list(self._trespasses(zone, view, keys))
        if not found:
            return
        first = found[0]
        whose = f"belongs to zone {first.zone}" if first.zone else "is in no zone that is declared"
        of = f" of {first.organisation}" if first.organisation else ""
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise NameOfAnother(f"{names.text(first.owner)} {whose}{of}{more}", where=where)

    def _trespasses(self, zone: DeclaredZone, view: str, keys: Iterable[Key]) -> Iterator[Trespass]:
        """A name below a zone of one's own that is not seen in the view is free.

        What another organisation owns in any view, nobody else may hold in another one: neither cuts nor glue.
        """
        for key in keys:
            here, holder = self._seen[view].zone_of(key[0]), self._everywhere.zone_of(key[0])
            hidden = holder is not None and (here is None or here.origin != holder.origin)
            strange = hidden and holder is not None and holder.organisation != zone.organisation
            if strange or not self._seen[view].may_hold(zone.origin, key):
                owner = holder if strange else here
                yield Trespass(key[0], owner.name if owner else "", owner.organisation if owner else "")

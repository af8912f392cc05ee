"""Who declared what without leave: zones nobody delegated, zones declared twice, names in another's zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netctl.inventory.findings import Problem
from netctl.services.dns import codes
from netctl.services.dns.declared import DeclaredZone, Delegation, Policy
from netctl.services.dns.origins import Origin, Places
from netctl.services.dns.ownership import Owners
from netctl.zones import names
from netctl.zones.data import Name


class Leave:
    """All zones of a network, looked at for what their organisations may not declare."""

    def __init__(self, zones: Sequence[DeclaredZone], policy: Policy, places: Places) -> None:
        self._zones = zones
        self._policy = policy
        self._places = places
        self._owners = Owners(zones)
        self._views: dict[Name, set[str]] = {}
        for zone in zones:
            self._views.setdefault(zone.origin, set()).update(zone.views)

    def problems(self) -> Iterator[Problem]:
        """Everything that is not one's own to declare."""
        yield from self._twice()
        for zone in self._zones:
            yield from self._zone(zone)
            if self._owners.has_cuts(zone.origin):
                yield from self._names(zone)

    def _twice(self) -> Iterator[Problem]:
        first: dict[Name, DeclaredZone] = {}
        seen: dict[tuple[Name, str], DeclaredZone] = {}
        for zone in self._zones:
            other = first.setdefault(zone.origin, zone)
            if other.organisation != zone.organisation:
                message = f"{zone.name} is another organisation's in {other.source.file}"
                hint = "one zone is one organisation's in every view"
                yield self._problem(codes.ZONE_TWICE, zone.source, zone.name, message, hint)
            for view in zone.views:
                other = seen.setdefault((zone.origin, view), zone)
                if other is not zone:
                    message = f"{zone.name} is declared for view {view!r} in {other.source.file} already"
                    hint = "one file a zone and view"
                    yield self._problem(codes.ZONE_TWICE, zone.source, zone.name, message, hint)

    def _zone(self, zone: DeclaredZone) -> Iterator[Problem]:
        """A zone needs leave from the zone it is cut out of, or from the policy where none is above."""
        above = self._owners.above(zone.origin)
        if zone.organisation == (above.organisation if above else ""):
            return
        given: list[Delegation] = list(self._policy.delegations)
        if above is not None:
            given = [leave for each in self._zones if each.origin == above.origin for leave in each.delegations]
        for leave in given:
            if leave.organisation == zone.organisation and names.is_under(zone.origin, leave.name):
                return
        whose = f"{above.name} ({above.organisation or 'the network'})" if above else "the network"
        where = above.source.file if above else "dns/policy.yaml"
        message = f"{whose} gave {zone.organisation or 'the network'} no leave for {zone.name}"
        label = names.relative(zone.origin, above.origin) if above else zone.name.rstrip(".")
        hint = f"its owner says `delegate: {{{label}: {zone.organisation}}}` in {where}"
        yield self._problem(codes.NO_LEAVE, zone.source, zone.name, message, hint)

    def _names(self, zone: DeclaredZone) -> Iterator[Problem]:
        """Records below a cut: those of another organisation's zone, and those of a zone seen in the same view."""
        for owner, views, origin in _owners_of(zone):
            holder = self._owners.zone_of(owner)
            if holder is None or holder.origin == zone.origin:
                continue
            if holder.organisation == zone.organisation and not self._views[holder.origin] & set(views):
                continue
            whose = f" of {holder.organisation}" if holder.organisation else ""
            message = f"{names.text(owner)} belongs to zone {holder.name}{whose}"
            hint = "declare it there; delegations are derived"
            yield self._problem(codes.NOT_ITS_NAME, origin, names.text(owner), message, hint)

    def _problem(self, code: str, origin: Origin, value: str, message: str, hint: str) -> Problem:
        return Problem(code, origin.file, (max(self._places.line(origin), 1), 1), value, message, hint)


def _owners_of(zone: DeclaredZone) -> Iterator[tuple[Name, tuple[str, ...], Origin]]:
    for each in zone.records:
        yield each.owner, each.views or zone.default_views, each.origins[0]
    if zone.bulk is not None:
        for owner, kind in dict(zone.bulk.rrsets.keys()).items():
            yield owner, zone.default_views, Origin(zone.bulk_file, (owner, kind))

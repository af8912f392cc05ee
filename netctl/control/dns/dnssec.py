"""How signed zones stand: keys, signatures, the DS above, rollovers; asked of every server that serves them, now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from netctl.config.quiet import collector_resting
from netctl.control.dns.dnssec_story import Evidence, Link, tell
from netctl.control.dns.names import Intended, Names, names_of, zone_name
from netctl.control.dns.places import Places
from netctl.control.dns.writer import writer_in
from netctl.devices.nameserver.keys import Apex, Asked, Gathered, Told, gather
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.reading import read_zones
from netctl.errors import NetctlError, UsageError
from netctl.model import dns as model
from netctl.model.moments import Clock, now
from netctl.model.names import ViewZone
from netctl.model.signing import KeyHistory, ZoneSigning
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones import names
from netctl.zones.data import Name

__all__ = ["ZoneSigning", "examine_names", "examine_zone", "examine_zones"]


VERIFIED_WHOLE = 5_000
"""RRsets up to which every signature is verified unless asked for: most of a second."""


def examine_zones(
    root: Path,
    settings: Settings,
    store: Store,
    *,
    zone: str = "",
    view: str = "",
    whole: bool = False,
    clock: Clock = now,
) -> tuple[ZoneSigning, ...]:
    """Every zone that is declared to be signed, or `zone` alone whatever is declared of it.

    With `whole` every signature is verified, and where the zones together hold no more than `VERIFIED_WHOLE` RRsets;
    else those of each apex. A zone that cannot be read stops no other. What was seen of keys is remembered: it says how
    far a rollover has come. Raises `DnsNotDeclared`, `InvalidNetwork`, `UsageError` or `SecretMissing`.
    """
    found = names_of(root, cache=settings.home / "cache")
    return examine_names(found, settings, store, zone=zone, view=view, whole=whole, clock=clock)


def examine_zone(
    found: Names, settings: Settings, store: Store, zone: str, view: str, *, clock: Clock = now
) -> ZoneSigning:
    """One zone of one view; raises as `examine_zones` does."""
    (only,) = examine_names(found, settings, store, zone=zone, view=view, clock=clock)
    return only


@collector_resting()
def examine_names(
    found: Names,
    settings: Settings,
    store: Store,
    *,
    zone: str = "",
    view: str = "",
    whole: bool = False,
    clock: Clock = now,
) -> tuple[ZoneSigning, ...]:
    """`examine_zones` of names that one has at hand."""
    wanted = list(_wanted(found, zone_name(found, zone), view))
    if not wanted:
        return ()
    survey = _Survey(found, Places(found.declared, settings, writer_in(store)))
    mains = [survey.places.main(each.view, each.data.origin) for each in wanted]
    reached = [place for place in mains if place is not None]
    seconds, workers = settings.command_timeout, settings.fetch_workers
    readings = iter(read_zones(reached, Notes(store), seconds, workers))
    answers = gather(list(dict.fromkeys(survey.asked(wanted))), seconds, workers)
    with store.reading() as books:
        histories = books.keys.all()
    declared = sum(len(each.data.rrsets) for each in wanted)
    whole = whole or 2 * declared <= VERIFIED_WHOLE  # signing adds a proof of absence to each name
    told = [
        tell(survey.evidence(each, answers), None if place is None else next(readings), histories, clock(), whole=whole)
        for each, place in zip(wanted, mains, strict=True)
    ]
    _remember(store, histories, {each.of: each.histories for each in told})
    return tuple(each.signing for each in told)


def _wanted(found: Names, zone: str, view: str) -> Iterator[Intended]:
    if view and view not in found.declared.views:
        raise UsageError(f"no view is named {view!r}", hint=f"views: {', '.join(found.declared.views)}")
    for (of, name), each in found.zones.items():
        if view in {"", of} and (zone == name if zone else bool(each.zone.signing or each.zone.ds)):
            yield each


def _remember(
    store: Store,
    before: Mapping[ViewZone, Mapping[str, KeyHistory]],
    after: Mapping[ViewZone, Mapping[str, KeyHistory] | None],
) -> None:
    """Only what is new is written: most looks see what the last one saw."""
    fresh = {of: seen for of, seen in after.items() if seen is not None and seen != before.get(of, {})}
    if fresh:
        with store.writing() as books:
            books.keys.keep(fresh)


@dataclass(frozen=True, slots=True)
class _Survey:
    """Who is asked about which zones, and what their answers say of one."""

    found: Names
    places: Places

    def above(self, view: str, origin: Name) -> Intended | None:
        """The zone that a zone is cut out of, where it is one of the network's in that view."""
        name = origin
        while name != names.ROOT:
            name = names.parent(name)
            if (intended := self.found.zones.get((view, names.text(name)))) is not None:
                return intended
        return None

    def line(self, intended: Intended) -> Iterator[Intended]:
        """A zone, and every zone above it."""
        above: Intended | None = intended
        while above is not None:
            yield above
            above = self.above(above.view, above.data.origin)

    def asked(self, wanted: list[Intended]) -> Iterator[Asked]:
        """The apex on every server of each zone, that of each zone above where it is written, the DS everywhere."""
        for zone in wanted:
            yield from (Asked(place) for _, place in self.places.everywhere(zone.view, zone.data.origin))
            for each in self.line(zone):
                main = self.places.main(each.view, each.data.origin)
                yield from () if main is None else (Asked(main),)
                yield from (asked for _, asked in self._vouchers(each))

    def _vouchers(self, intended: Intended) -> Iterator[tuple[model.NameServer, Asked]]:
        above = self.above(intended.view, intended.data.origin)
        if above is not None:
            for server, place in self.places.everywhere(above.view, above.data.origin):
                yield server, Asked(place, intended.data.origin)

    def evidence(self, intended: Intended, answers: Gathered) -> Evidence:
        """What was answered about a zone, and about those above it."""
        everywhere = self.places.everywhere(intended.view, intended.data.origin)
        apexes = tuple((server, _apex(answers[Asked(place)])) for server, place in everywhere)
        return Evidence(intended, self.found.declared, apexes, self._link(intended, answers))

    def _link(self, intended: Intended, answers: Gathered) -> Link:
        above = self.above(intended.view, intended.data.origin)
        main = self.places.main(intended.view, intended.data.origin)
        apex = None if main is None else _apex(answers[Asked(main)])
        vouchers = {server.name: _told(answers[asked]) for server, asked in self._vouchers(intended)}
        known = apex if isinstance(apex, Apex) else None
        return Link(intended.zone, known, vouchers, None if above is None else self._link(above, answers))


def _apex(answer: object) -> Apex | NetctlError:
    if not isinstance(answer, Apex | NetctlError):
        raise TypeError(f"{answer!r} says nothing of an apex")
    return answer


def _told(answer: object) -> Told | NetctlError:
    if not isinstance(answer, Told | NetctlError):
        raise TypeError(f"{answer!r} is no answer about a DS")
    return answer

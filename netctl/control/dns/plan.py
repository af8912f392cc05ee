"""What would change in zones: the declared ones against what the primaries serve now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from netctl.config.quiet import collector_resting
from netctl.control.dns.differences import ZoneState, held_after, read_states, records_held
from netctl.control.dns.names import Intended, Names, names_of, zone_name
from netctl.control.dns.places import Places
from netctl.control.dns.rivals import rivals_beside
from netctl.control.dns.vouching import Vouching
from netctl.control.dns.writer import writer_in
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.writing import prepare
from netctl.errors import NetctlError, TwoWriters, UsageError
from netctl.model.plan import DiffLine
from netctl.services.dns.lines import lines_with_origins
from netctl.services.dns.ownership import Titles
from netctl.services.dns.rules.limits import LimitExceeded, allowance, exceeded
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.difference import difference

__all__ = ["DnsPlan", "LimitExceeded", "ZonePlan", "plan", "plan_names"]

Progress = Callable[[str, str, int, int], None]  # zone, error or "", how many are done, of how many


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """One zone of one view on its main primary.

    `zone` has its final dot. `error` says why nothing is known, or why it could not be applied. `transferred` is False
    where the serial was the one that was read last, and nothing was transferred.
    """

    zone: str
    view: str
    organisation: str
    server: str
    serial: int | None
    transferred: bool
    added: int
    removed: int
    messages: int
    lines: tuple[DiffLine, ...]
    limits: tuple[LimitExceeded, ...]
    read: bool
    error: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything would change."""
        return bool(self.lines)


@dataclass(frozen=True, slots=True)
class DnsPlan:
    """All zones that were asked for. `rivals` are primaries that take updates where a promoted one writes."""

    zones: tuple[ZonePlan, ...]
    rivals: tuple[TwoWriters, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing would change in what could be read."""
        return not any(each.differs for each in self.zones)

    @property
    def unread(self) -> bool:
        """Some zone could not be read."""
        return not all(each.read for each in self.zones)

    def as_dict(self) -> dict[str, Any]:
        """The plan as JSON output shows it; keys are part of the command line's contract."""
        rivals = [str(each) for each in self.rivals]
        return {"empty": self.empty, "unread": self.unread, "rivals": rivals, "zones": self.zones}


def plan(
    root: Path,
    settings: Settings,
    store: Store,
    *,
    zone: str = "",
    view: str = "",
    progress: Progress = lambda _zone, _error, _done, _total: None,
) -> DnsPlan:
    """What leads from what the main primaries serve to what is declared; nothing is changed anywhere.

    `zone` is a name or the prefix of a reverse zone; "" for all, as `view`. A zone that cannot be read stops no other.
    Raises `DnsNotDeclared`, `InvalidNetwork`, `UsageError` or `SecretMissing`.
    """
    return plan_names(
        names_of(root, cache=settings.home / "cache"), settings, store, zone=zone, view=view, progress=progress
    )


@collector_resting()
def plan_names(
    found: Names,
    settings: Settings,
    store: Store,
    *,
    zone: str = "",
    view: str = "",
    progress: Progress = lambda _zone, _error, _done, _total: None,
) -> DnsPlan:
    """The same from names that one has at hand."""
    wanted = list(_wanted(found, zone_name(found, zone), view))
    writer = writer_in(store)
    places = Places(found.declared, settings, writer)
    done: list[str] = []

    def told(place: ZonePlace, error: str) -> None:
        done.append(place.zone)
        progress(place.where, error, len(done), len(wanted))

    titles, vouching = Titles(found.declared.zones), Vouching(found, places, settings)
    states = read_states(wanted, places, settings, store, told)
    zones = tuple(_planned(found, titles, vouching, each) for each in states)
    return DnsPlan(zones, rivals_beside(_standing_by(wanted, places), settings) if writer else ())


def _standing_by(wanted: list[Intended], places: Places) -> dict[ZonePlace, ZonePlace]:
    """One zone of each view on the primaries that do not write, each with where it is written."""
    first = {each.view: each.data.origin for each in wanted}
    everywhere = [list(places.everywhere(view, origin)) for view, origin in first.items()]
    return {place: found[0][1] for found in everywhere for server, place in found[1:] if server.role == "primary"}


def _wanted(found: Names, zone: str, view: str) -> Iterator[Intended]:
    if view and view not in found.declared.views:
        raise UsageError(f"no view is named {view!r}", hint=f"views: {', '.join(found.declared.views)}")
    for (of, name), each in found.zones.items():
        if zone in {"", name} and view in {"", of}:
            yield each


def _nothing(intended: Intended, server: str) -> ZonePlan:
    zone, organisation = intended.zone.name, intended.zone.organisation
    return ZonePlan(zone, intended.view, organisation, server, None, False, 0, 0, 0, (), (), read=False)


def _planned(found: Names, titles: Titles, vouching: Vouching, state: ZoneState) -> ZonePlan:
    intended, place, running, transferred, unread = state
    blank = _nothing(intended, place.server.name if place else "")
    if place is None or running is None:
        return replace(blank, error=unread)
    change = difference(running, intended.data)
    blank = replace(blank, serial=running.serial, transferred=transferred, read=True)
    if not change:
        return blank
    allowed = allowance(found.declared.policy.limits)
    messages, error = 0, ""
    try:
        titles.require(intended.zone, intended.view, held_after(change), place.where)
        vouching.require(intended.view, change, place.where)
        messages = len(prepare(place, running, change).messages)
    except NetctlError as refused:
        error = str(refused)
    return replace(
        blank,
        added=change.records_added,
        removed=change.records_removed,
        messages=messages,
        lines=lines_with_origins(change, intended, found.declared.places),
        limits=tuple(exceeded(change, records_held(running), allowed)),
        error=error,
    )

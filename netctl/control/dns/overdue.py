"""Writes to zones that nobody confirmed in time are taken back: what a router's own timer does for routers.

Asked in every round of `netctl observe`, and before a push or what resumes one begins anything.
"""

from __future__ import annotations

from pathlib import Path

from netctl import inventory
from netctl.control.dns.places import Places
from netctl.control.dns.writer import writer_in
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.watchdog import TakenBack, take_back_overdue
from netctl.errors import WriteUnplaced
from netctl.model.moments import Clock, now, stamp
from netctl.model.zonewrites import ZoneId
from netctl.services.dns.load import load
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.names import wire

__all__ = ["TakenBack", "take_back_overdue_writes"]


def take_back_overdue_writes(root: Path, settings: Settings, store: Store, clock: Clock = now) -> list[TakenBack]:
    """Every write whose deadline has passed, as it stands now; files are read only where there is one.

    What cannot be taken back now is tried again next time. Raises `NetworkError` while what is declared cannot be read.
    """
    notes, moment = Notes(store), stamp(clock())
    if not any(write.revert_at and write.revert_at <= moment for write in notes.open_writes()):
        return []
    declared = load(inventory.load(root, cache=settings.home / "cache"))
    places = Places(declared, settings, writer_in(store), writes=True) if declared is not None else None

    def place_of(zone: ZoneId) -> ZonePlace:
        server = declared.servers.get(zone.server) if declared is not None else None
        if declared is None or places is None or server is None or zone.view not in declared.views:
            raise WriteUnplaced("its server or its view is not declared", where=str(zone))
        return places.place(server, zone.view, wire(zone.zone))

    return take_back_overdue(notes, place_of, settings.command_timeout, clock)

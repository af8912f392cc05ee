"""The zones of a raised lab filled as declared, without a change: what a lab that has been at work for long looks like."""

from __future__ import annotations

from pathlib import Path

from netctl import inventory
from netctl.control.dns.places import Places
from netctl.devices.nameserver.convergence import converge
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.services.dns.catalogs import catalogs
from netctl.services.dns.derive import derive
from netctl.services.dns.load import load
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.names import wire

_SECONDS = 30.0


def fill(root: Path, settings: Settings, folder: Path) -> dict[tuple[str, str], int]:
    """Write every zone of every view and the catalogs, and wait for all servers; view and zone → the serial served."""
    network = inventory.load(root)
    declared = load(network)
    assert declared is not None
    zones = {**derive(declared, network), **catalogs(declared)}  # catalogs last: what they name is there then
    places = Places(declared, settings)
    serials: dict[tuple[str, str], int] = {}
    store = Store.open(f"sqlite:///{folder / 'filling.db'}", create=True)
    try:
        for number, ((view, zone), intended) in enumerate(zones.items()):
            place = places.main(view, wire(zone))
            assert place is not None, (view, zone)
            target = ZoneTarget(place, Notes(store), owner="live", seconds=_SECONDS)
            target.stage(intended.data)
            target.commit(f"fill-{number}", 60)
            target.confirm(f"fill-{number}")
            serial = target.fetch().data.serial
            assert serial is not None
            serials[view, zone] = serial
        for (view, zone), serial in serials.items():
            copies = [place for server, place in places.everywhere(view, wire(zone)) if _holds(server.software, zone)]
            converge(copies, serial, _SECONDS)
    finally:
        store.close()
    return serials


def _holds(software: str, zone: str) -> bool:
    """NSD knows no catalogs."""
    return software != "nsd" or not zone.startswith("catalog.")

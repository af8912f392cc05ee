"""Ways to zones, as a rollout's sheet tells of them: the one where it is written, and every copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from netctl import credentials
from netctl.credentials.sources import require
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import NameServer, ZonePlace, server_key
from netctl.devices.nameserver.swapping import ZoneFile
from netctl.devices.nameserver.target import ZoneTarget
from netctl.model.dns import Purpose
from netctl.model.places import ZoneTargetName, zone_target
from netctl.model.plan import Plan
from netctl.push.boxes import Box, box_of
from netctl.push.names_sheet import NamesSheet, serving
from netctl.push.sheet import Sheet
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones import names
from netctl.zones.tsig import Key


class ZoneWays:
    """The places of a sheet's zones; secrets are looked up where one is needed. Raises `SecretMissing` then."""

    def __init__(self, sheet: NamesSheet, settings: Settings, store: Store) -> None:
        self._sheet = sheet
        self._settings = settings
        self._source = credentials.open_source(settings)
        self.notes = Notes(store)

    def target(self, name: str, owner: str, zone_file: Callable[[Box], ZoneFile | None]) -> ZoneTarget:
        """A zone of the plan where it is written."""
        place = self.writer(name)
        file = zone_file(box_of(self._sheet, place.server.name))
        return ZoneTarget(place, self.notes, owner=owner, seconds=self._settings.command_timeout, file=file)

    def writer(self, name: str) -> ZonePlace:
        """Where a zone of the plan is written."""
        return self.place(serving(self._sheet, name)[0], _named(name), update=True)

    def copies(self, name: str) -> list[ZonePlace]:
        """Where a zone of the plan is served beside that."""
        zone = _named(name)
        return [self.place(server, zone) for server in serving(self._sheet, name)[1:]]

    def served(self, server: str) -> list[ZonePlace]:
        """Every zone that a server is to serve, in all its views."""
        zones = self._sheet["servers"][server]["zones"]
        return [self.place(server, ZoneTargetName(zone, view)) for view, served in zones.items() for zone in served]

    def first_names(self, server: str) -> dict[str, str]:
        """One zone of each view that a resolver leads to."""
        zones = self._sheet["servers"][server]["zones"]
        return {view: led_to[0] for view, led_to in zones.items() if led_to}

    def place(self, server: str, zone: ZoneTargetName, *, update: bool = False) -> ZonePlace:
        """One zone of one view on one server; it can be written where `update` is asked for."""
        key = self._key(zone.view, "update") if update else None
        return ZonePlace(self.way(server), names.wire(zone.zone), zone.view, self._key(zone.view, "transfer"), key)

    def way(self, server: str) -> NameServer:
        """How a server is asked."""
        facts, settings = self._sheet["servers"][server], self._settings
        patience = float(settings.connect_timeout)
        return NameServer(server, tuple(facts["addresses"]), facts["port"], settings.management_netns, patience)

    def _key(self, view: str, purpose: Purpose) -> Key | None:
        facts = self._sheet["keys"][view].get(purpose)
        if facts is None:
            return None
        secret = require(self._source, facts["secret"], where=f"key {facts['name']}")
        return server_key(facts["name"], facts["algorithm"], secret)


def refuse_without_keys(sheet: Sheet, plan: Plan, settings: Settings) -> None:
    """Nothing, or `SecretMissing` for the first secret that this host lacks to write the plan's zones and servers."""
    names = sheet.get("names")
    if names is None:
        return
    views = {_named(target).view for target in names["zones"]}
    keys = {key["secret"]: f"key {key['name']}" for view in sorted(views) for key in names["keys"][view].values()}
    for target in plan.targets:
        if target.kind == "server":
            keys |= {secret: target.target for secret in names["servers"][target.target]["own"] if secret not in keys}
    source = credentials.open_source(settings)
    for secret, where in keys.items():
        require(source, secret, where=where)


def _named(target: str) -> ZoneTargetName:
    return cast("ZoneTargetName", zone_target(target))

"""What the targets of a change hold now, read by the sheet it was pushed with: where its way back begins."""

from __future__ import annotations

from collections.abc import Collection

from netctl.devices.nameserver.reading import read_zones
from netctl.devices.target import Target
from netctl.errors import NetctlError, NothingToRollBack
from netctl.model.artefact import RunningState
from netctl.plan import fetch_states
from netctl.push.boxes import box_of
from netctl.push.engine import Engine
from netctl.push.sheet import Sheet, device_of, names_in
from netctl.push.zoneways import ZoneWays
from netctl.zones.data import ZoneData

_HINT = "bring it back first, then say it again"


def boxes_now(engine: Engine, sheet: Sheet, done: Collection[str]) -> dict[str, RunningState]:
    """What the routers and name servers of `done` hold now; raises `NothingToRollBack` where one cannot be read."""
    names = [name for name in done if engine.share(sheet["plan"], name).kind != "zone"]

    def reach(name: str) -> Target:
        if name in sheet["devices"]:
            return engine.connect(device_of(sheet, name))
        return engine.boxes.connect(box_of(names_in(sheet), name))

    fetched = fetch_states(names, reach, engine.settings.fetch_workers)
    if fetched.unreachable:
        name, error = fetched.unreachable[0]
        raise NothingToRollBack(f"{name} cannot be read: {error}", hint=_HINT)
    return dict(fetched.states)


def zones_now(engine: Engine, sheet: Sheet, done: Collection[str]) -> dict[str, ZoneData]:
    """What the zones of `done` hold now where they are written, by redundancy group; raises as `boxes_now` does."""
    groups: dict[str, str] = {}
    for name in done:
        share = engine.share(sheet["plan"], name)
        if share.kind == "zone":
            groups[share.group] = name
    if not groups:
        return {}
    ways, settings = ZoneWays(names_in(sheet), engine.settings, engine.store), engine.settings
    places = [ways.writer(name) for name in groups.values()]
    readings = read_zones(places, ways.notes, settings.command_timeout, settings.fetch_workers)
    found: dict[str, ZoneData] = {}
    for group, reading in zip(groups, readings, strict=True):
        if isinstance(reading, NetctlError):
            raise NothingToRollBack(f"{group} cannot be read: {reading}", hint=_HINT)
        found[group] = reading.data
    return found

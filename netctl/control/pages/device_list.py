"""All routers with how they stand, a line each."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.change.roles import reach
from netctl.control.network.atlas import Atlas, Reach
from netctl.control.watching.watched import Watched, watched
from netctl.model.network import Device
from netctl.model.watch import DeviceState, Standing
from netctl.store import Store


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One router; `standing` is what was found last, `None` for never."""

    device: Device
    organisation: str
    region: str
    state: DeviceState
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class DeviceList:
    """The routers within reach, in the network's order."""

    lines: tuple[DeviceLine, ...]
    seen: Reach
    found: Watched


def device_list(store: Store, atlas: Atlas, *, user: str) -> DeviceList:
    """Every router the user may see."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        found = watched(store, books, atlas)
    return DeviceList(device_lines(atlas, found, seen), seen, found)


def device_lines(atlas: Atlas, found: Watched, seen: Reach) -> tuple[DeviceLine, ...]:
    """The lines of all routers within a reach, made once a round."""
    network, owner = atlas.network, atlas.organisation_of

    def lines() -> tuple[DeviceLine, ...]:
        region = {each.id: each.region for each in network.centres.values()}
        region |= {each.id: each.region for each in network.sites.values()}
        return tuple(
            DeviceLine(
                device=(device := network.devices[name]),
                organisation=owner[name],
                region=region[device.site or device.centre],
                state=found.state(name),
                standing=found.standings.get(name),
            )
            for name in atlas.devices(seen)
        )

    return found.once(("devices", seen), lines)

"""What is asked of boxes outside any change: which host keys they show; and what their platforms can do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from netctl import inventory
from netctl.control.changes.plan import choose
from netctl.control.routers.asking import Progress, side_by_side
from netctl.devices import hostkeys
from netctl.devices.deadline import Deadline
from netctl.devices.platform import CAPABILITIES, load_platform, platform_names
from netctl.devices.register import access_of
from netctl.devices.scan import shown_keys
from netctl.errors import NetctlError
from netctl.model.dns import NameServer
from netctl.model.network import Device, Network
from netctl.services.dns.load import load
from netctl.services.dns.reading import HOST_KEYS
from netctl.settings import Settings

__all__ = ["KeyScan", "PlatformAbilities", "ScannedKeys", "platforms", "scan_keys"]


@dataclass(frozen=True, slots=True)
class ScannedKeys:
    """What one box showed: keys in the inventory's form, and their fingerprints to compare on its console.

    `standing` is ``known`` (the inventory has one of them), ``new`` (it has none for this router), ``changed`` (it has
    others: be careful), or ``failed``, with the reason in `error`.
    """

    device: str
    address: str
    standing: str
    keys: tuple[str, ...]
    fingerprints: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class KeyScan:
    """All that were asked, and a patch of the inventory for a person to check and apply; nothing was written."""

    routers: tuple[ScannedKeys, ...]
    patch: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as JSON output shows it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PlatformAbilities:
    """One platform as declared: what it can do, and why netctl does not read or push it where it does not."""

    name: str
    title: str
    driver: str
    abilities: dict[str, bool]
    reasons: dict[str, str]
    cannot_read: str
    cannot_push: str


def scan_keys(
    root: Path,
    settings: Settings,
    *,
    names: Collection[str] = (),
    progress: Progress = lambda _name, _error, _done, _total: None,
) -> KeyScan:
    """Ask routers and name servers for their host keys, without logging in.

    `names` as in `plan`, of name servers too; all that netctl configures without. Raises `InvalidNetwork` or
    `UnknownDevice`; a box that does not answer is told and stops no other.
    """
    network = inventory.load(root)
    servers = _managed(network)
    routers = [name for name in names if name not in servers]
    chosen = choose(network, routers) if routers or not names else []
    boxes: list[Device | NameServer] = [network.devices[name] for name in chosen]
    boxes += [server for name, server in servers.items() if not names or name in names]
    found = side_by_side(boxes, lambda box: _scan(box, settings, root), settings.fetch_workers, progress)
    # A box whose keys are known needs no patch; what it shows beside them is no news.
    news = {one.device: one.keys for one in found if one.standing in {"new", "changed"}}
    return KeyScan(tuple(found), _patch(root, news, servers))


def _managed(network: Network) -> dict[str, NameServer]:
    """The name servers that netctl configures."""
    declared = load(network)
    servers = declared.servers if declared else {}
    return {name: server for name, server in servers.items() if server.management_address}


def _patch(root: Path, news: Mapping[str, tuple[str, ...]], servers: Collection[str]) -> str:
    """One patch of both files that hold host keys."""
    routers = {name: keys for name, keys in news.items() if name not in servers}
    others = {name: keys for name, keys in news.items() if name in servers}
    patch = inventory.hostkeys_patch(root, routers) if routers else ""
    return patch + (inventory.hostkeys_patch(root, others, HOST_KEYS) if others else "")


def platforms(root: Path) -> list[PlatformAbilities]:
    """The platforms a network declares, by name. Raises `PlatformInvalid`."""
    found = [load_platform(root, name) for name in platform_names(root)]
    return [
        PlatformAbilities(
            name=platform.name,
            title=platform.title,
            driver=platform.driver,
            abilities={name: platform.capabilities[name].able for name in CAPABILITIES},
            reasons={name: platform.capabilities[name].verified for name in CAPABILITIES},
            cannot_read=platform.refusal("read"),
            cannot_push=platform.refusal("push"),
        )
        for platform in found
    ]


def _scan(device: Device | NameServer, settings: Settings, root: Path) -> ScannedKeys:
    platform = device.software if isinstance(device, NameServer) else device.platform
    access = access_of(device, settings, load_platform(root, platform))
    try:
        keys = shown_keys(access, Deadline.after(settings.connect_timeout, "scan host keys", device.name))
    except NetctlError as error:
        return ScannedKeys(device.name, device.management_address, "failed", (), (), str(error))
    known = set(device.host_keys) & set(keys)
    standing = "known" if known else "changed" if device.host_keys else "new"
    fingerprints = tuple(hostkeys.fingerprint_of(key) for key in keys)
    return ScannedKeys(device.name, device.management_address, standing, keys, fingerprints)

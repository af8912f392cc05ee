"""The way into any router of a network, and the rules its platform is compared by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from netctl import credentials, inventory
from netctl.devices.platform import Purpose, load_platform
from netctl.devices.register import connect, secrets_of
from netctl.devices.rules import RulesOf, rules_of
from netctl.devices.target import Target
from netctl.errors import NetworkError
from netctl.model.network import Device
from netctl.settings import Settings


def rules_for(root: Path) -> RulesOf:
    """The rules of platforms: the network's own, else those that come with netctl."""
    return rules_of(root, inventory.reference_root())


def connector(root: Path, settings: Settings, *, push: bool = False) -> Callable[[Device], Target]:
    """The way into any router of a network, by what its folder says about platforms."""
    secrets = credentials.open_source(settings)
    declared = _DeclaredSecrets(root, settings)

    def reach(device: Device) -> Target:
        platform = load_platform(root, device.platform)
        purpose: Purpose = "push" if push else "read"
        return connect(device, settings, platform, secrets, purpose=purpose, references=declared)

    return reach


class _DeclaredSecrets:
    """The secrets any router of the network refers to: a core holds those of its sites' sessions too.

    Looked up only when a router shows a secret. A network that cannot be read now is no reason to stop reading routers.
    """

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._settings = settings
        self._found: frozenset[str] | None = None

    def __iter__(self) -> Iterator[str]:
        if self._found is None:
            self._found = self._look_up()
        return iter(self._found)

    def _look_up(self) -> frozenset[str]:
        try:
            network = inventory.load(self._root, cache=self._settings.home / "cache")
        except NetworkError:
            return frozenset()
        return frozenset(reference for device in network.devices.values() for reference in secrets_of(device))

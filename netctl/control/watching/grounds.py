"""What is watched, as the files declare it now: followed while somebody edits them, the last good one in between."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from netctl.control.changes.plan import choose, connector
from netctl.control.dns.book import NamesBook
from netctl.control.network.declared import Declared
from netctl.control.watching.names import ground_of_names
from netctl.devices.platform import load_platform
from netctl.devices.target import Target
from netctl.errors import NetworkNotRead
from netctl.model.artefact import Artefact
from netctl.model.network import Network
from netctl.observe.expect import EVERYTHING, NAPALM, expect
from netctl.observe.names import NO_NAMES
from netctl.observe.topology import topology
from netctl.observe.watcher import Ground
from netctl.render.artefacts import Artefacts
from netctl.services import routing
from netctl.settings import Settings

__all__ = ["Grounds"]


class Grounds:
    """The ground now, the way into its routers, and what they must hold."""

    def __init__(self, root: Path, settings: Settings, names: Collection[str]) -> None:
        self._root = root
        self._settings = settings
        self._chosen = names
        self._names: NamesBook | None = None
        self.ground: Ground
        # A look has a deadline of its own, shorter than that of a plan: what is late is as good as silent.
        self._hurried = replace(
            settings,
            connect_timeout=min(settings.connect_timeout, settings.observe_timeout),
            command_timeout=min(settings.command_timeout, settings.observe_timeout),
        )
        self._declared = Declared(root, settings)
        self._declared.start()
        network = self._declared.network()
        with suppress(NetworkNotRead):  # a round that knew of no names would end what is wrong with them
            self._declared.names()
        self._set(network)

    def close(self) -> None:
        """Follow the files no longer."""
        self._declared.close()

    def follow(self) -> bool:
        """Take over what the files declare by now; true where that is another network."""
        network = self._declared.network()
        if network.digest == self.ground.network.digest:
            self._follow_names()
            return False
        self._set(network)
        return True

    @property
    def names(self) -> NamesBook | None:
        """The names whose servers are asked; None where there are none, or only some routers are watched."""
        return None if self._chosen else self._names

    @property
    def error(self) -> str:
        """What is wrong with the files since the network in use was read; "" for nothing."""
        return str(self._declared.error or self._declared.names_error or "")

    def reach(self, name: str) -> Target:
        """A connected router."""
        return self._connect(self.ground.network.devices[name])

    def intended(self, name: str) -> Artefact:
        """What a router must hold."""
        return self._artefacts.intended(name)

    def _follow_names(self) -> None:
        """Take over the names that were worked out meanwhile; without any, whatever was wrong with names is over."""
        book = self._declared.names_ready
        if not self._declared.names_known or (book is self._names and self.ground.names is not None):
            return
        self._names = book
        self.ground = replace(self.ground, names=ground_of_names(book) if book is not None else NO_NAMES)

    def _set(self, network: Network) -> None:
        self.ground = ground_of(self._root, network, self._chosen)
        self._follow_names()
        self._connect = connector(self._root, self._hurried)
        self._artefacts = Artefacts(network, self._root, self._settings.home / "cache")


def ground_of(root: Path, network: Network, names: Collection[str]) -> Ground:
    """What to watch of a network: `names` as in `plan`, without routers that netctl does not read.

    Raises `UnknownDevice` or `PlatformInvalid`.
    """
    platforms = {name: load_platform(root, name) for name in {each.platform for each in network.devices.values()}}
    readable = [
        name for name in choose(network, names) if not platforms[network.devices[name].platform].refusal("read")
    ]
    tells = {name: EVERYTHING if platform.state == "vtysh" else NAPALM for name, platform in platforms.items()}
    return Ground(network, topology(network), expect(network, routing.derive_devices(network, readable), tells))

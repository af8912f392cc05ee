"""All artefacts of one network: made when they are asked for, or taken from what was kept of an earlier run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from netctl.model.artefact import Artefact, Part
from netctl.model.intent import RouterIntent
from netctl.model.network import Network
from netctl.render import beside, keeping
from netctl.render.once import Once
from netctl.render.renderer import Renderer
from netctl.services import routing

WORTH_KEEPING = 64
"""With fewer new artefacts than this, the file of kept ones stays as it is: writing it costs more than making them."""

WORTH_FORKING = 400
"""With fewer artefacts to make than this, a second process costs more than it brings."""


class Artefacts:
    """The artefacts of `network`, whose templates are in `root`; with a `cache` folder, unchanged ones are not made."""

    def __init__(self, network: Network, root: Path, cache: Path | None = None) -> None:
        self._network = network
        self._root = root
        self._file = keeping.place(cache, root) if cache is not None else None
        self._keys = keeping.keys(network, root) if cache is not None else {}
        self._shelf = keeping.read(self._file) if self._file is not None else keeping.Shelf()
        self._shared: dict[tuple[str, int], Part] = {}
        self._intents: dict[str, RouterIntent] = {}
        self._made: dict[str, Artefact] = {}
        self._renderer: Renderer | None = None

    def intended(self, device: str) -> Artefact:
        """What a router must hold."""
        found = self._made.get(device) or self._kept(device)
        if found is None:
            found = self._renderer_now().render(self.intent(device))
        self._made[device] = found
        return found

    def drained(self, device: str) -> Artefact:
        """The same with traffic led to the mate."""
        return self._renderer_now().render_drained(self.intent(device))

    def drain(self, device: str) -> tuple[Part, ...]:
        """Only what drains the router, for a merge into whatever runs."""
        return self._renderer_now().render_drain(self.intent(device))

    def intent(self, device: str) -> RouterIntent:
        """What a router must be."""
        self._derive([device])
        return self._intents[device]

    def prepare(self, devices: Iterable[str]) -> int:
        """Have the artefacts of some routers ready, all at once; returns how many had to be made."""
        missing = []
        for name in devices:
            if name not in self._made:
                found = self._kept(name)
                if found is None:
                    missing.append(name)
                else:
                    self._made[name] = found
        self._make(missing)
        return len(missing)

    def all(self) -> dict[str, Artefact]:
        """The artefacts of all routers, in the network's order; keeps them where that is worth it."""
        made = self.prepare(self._network.devices)
        if self._file is not None and made > WORTH_KEEPING:
            keeping.write(self._file, keeping.shelf_of((self._keys[name], each) for name, each in self._made.items()))
        return {name: self._made[name] for name in self._network.devices}

    def _kept(self, device: str) -> Artefact | None:
        entry = self._shelf.entries.get(device)
        if entry is None or entry.key != self._keys.get(device):
            return None
        return self._artefact(device, entry.platform, self._shelf.parts(entry, self._shared))

    def _artefact(self, device: str, platform: str, parts: tuple[Part, ...]) -> Artefact:
        return Artefact(device, platform, parts, Once(partial(self._origins, device)))

    def _origins(self, device: str) -> dict[str, list[str]]:
        origins = self._renderer_now().render(self.intent(device)).origins
        return {} if origins is None else origins()

    def _make(self, names: Sequence[str]) -> None:
        if len(names) < WORTH_FORKING or not beside.possible():
            self._make_here(names)
            return
        self._renderer_now()
        theirs = names[1::2]  # every second one: heavy routers stand together
        result = beside.start(partial(self._made_elsewhere, theirs))
        try:
            self._make_here(names[::2])
        finally:
            content = result()
        if content is None:
            self._make_here(theirs)
            return
        shelf, shared = keeping.decode(content), dict[tuple[str, int], Part]()
        for name, entry in shelf.entries.items():
            self._made[name] = self._artefact(name, entry.platform, shelf.parts(entry, shared))

    def _made_elsewhere(self, names: Sequence[str]) -> bytes:
        self._make_here(names)
        return keeping.encode(keeping.shelf_of(("", self._made[name]) for name in names))

    def _make_here(self, names: Iterable[str]) -> None:
        self._derive(names)
        renderer = self._renderer_now()
        for name in names:
            self._made[name] = renderer.render(self._intents[name])

    def _derive(self, names: Iterable[str]) -> None:
        wanted = [name for name in names if name not in self._intents]
        if wanted:
            self._intents |= routing.derive_devices(self._network, wanted)

    def _renderer_now(self) -> Renderer:
        if self._renderer is None:
            self._renderer = Renderer(self._root)
        return self._renderer

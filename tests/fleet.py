"""Routers that are not there, behind the seam by which real ones are reached; what they show follows their intents."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from seeds import Seeds

from netctl.errors import DeviceTimeout, DeviceUnreachable, NetctlError
from netctl.model.artefact import Part, RunningState
from netctl.model.health import Observation
from netctl.model.network import Network
from netctl.render.artefacts import Artefacts


class Fleet:
    """All routers of a network. `dead` do not answer, `hung` only when `release` is set, and `wrong` raise that."""

    def __init__(self, network: Network, root: object = None) -> None:
        self.seeds = Seeds(network)
        self.artefacts = Artefacts(network, root) if root is not None else None
        self.dead: set[str] = set()
        self.cut: set[str] = set()
        self.hung: set[str] = set()
        self.release = threading.Event()
        self.wrong: dict[str, Exception] = {}
        self.lost: set[str] = set()  # the next look in an open session finds it ended
        self.texts: dict[str, Mapping[str, str]] = {}  # what routers hold other than what is intended
        self.logins: Counter[str] = Counter()
        self.open: set[str] = set()
        self._lock = threading.Lock()

    def connect(self, name: str) -> Box:
        """A session; raises where the router does not answer."""
        self.answer(name)
        with self._lock:
            self.logins[name] += 1
            self.open.add(name)
        return Box(self, name)

    def answer(self, name: str) -> None:
        """Nothing, for a router that is well."""
        if name in self.hung:
            self.release.wait(30)
            raise DeviceTimeout("no end within 8 s", where=name)
        if name in self.dead:
            raise DeviceUnreachable("no route to host", where=name)
        if name in self.wrong:
            raise self.wrong[name]


class Box:
    """A session into one of them."""

    def __init__(self, fleet: Fleet, name: str) -> None:
        self.name = name
        self._fleet = fleet

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fleet.open.discard(self.name)

    def observe(self) -> Observation:
        """One look."""
        if self.name in self._fleet.lost:
            self._fleet.lost.discard(self.name)
            raise DeviceUnreachable("the session has ended", where=self.name)
        self._fleet.answer(self.name)
        return self._fleet.seeds.look(self.name, datetime.now(UTC), dead=self._fleet.dead, cut=self._fleet.cut)

    def fetch(self) -> RunningState:
        """What is intended, but for the parts that a test set."""
        if self._fleet.artefacts is None:
            raise NetctlError("nothing is held here")
        with self._fleet._lock:
            artefact = self._fleet.artefacts.intended(self.name)
        texts = self._fleet.texts.get(self.name, {})
        parts = tuple(Part(part.name, texts.get(part.name, part.text)) for part in artefact.parts)
        return RunningState(self.name, artefact.platform, parts)

    def pending(self) -> None:
        """No commit waits for anything here."""

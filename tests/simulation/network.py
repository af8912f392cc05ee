"""A network of targets that is not there: state, timers and faults of routers, for state-space tests of the rollout only.

Real routers are tested in tests/integration and tests/live. Here one configuration line means one thing:

    hostname NAME             who the box says it is
    vrrp 10 priority N        role among the pair; 10 means drained
    graceful-shutdown         drained
    cut                       the management path is gone while this runs
    deaf                      probes and sessions are gone while this runs
    neighbor NAME             a session; up while both ends run

State lives in a mapping, so that it can be kept in files and outlive a killed controller.
"""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from netctl.devices.target import PendingCommit
from netctl.errors import CandidateRejected, DeviceTimeout, DeviceUnreachable, ForeignPendingCommit
from netctl.model.artefact import Part, RunningState
from netctl.model.health import Health, Observation, Probe, Session, VrrpStatus

PART = "frr.conf"


class Files(MutableMapping[str, Any]):
    """A mapping kept in one JSON file a key, each write whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __getitem__(self, key: str) -> Any:
        try:
            return json.loads((self.folder / f"{key}.json").read_text())
        except FileNotFoundError:
            raise KeyError(key) from None

    def __setitem__(self, key: str, value: Any) -> None:
        temporary = self.folder / f".{key}.{time.monotonic_ns()}"
        temporary.write_text(json.dumps(value))
        temporary.replace(self.folder / f"{key}.json")

    def __delitem__(self, key: str) -> None:
        (self.folder / f"{key}.json").unlink()

    def __iter__(self) -> Iterator[str]:
        return (path.stem for path in sorted(self.folder.glob("[!.]*.json")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Network:
    """Routers by name. `violations` lists what a rollout must never do; `pairs` maps each router to its mate."""

    def __init__(
        self, boxes: MutableMapping[str, Any], pairs: dict[str, str], clock: Callable[[], float] = time.time
    ) -> None:
        self.boxes = boxes
        self.pairs = pairs
        self.clock = clock
        self.flaky: Callable[[str], bool] = lambda _name: False

    def add(self, name: str, lines: list[str], **faults: Any) -> None:
        self.boxes[name] = {
            "lines": lines,
            "pending": None,
            "dead": False,
            "drops": "",
            "violations": [],
            "commits": [],
        }
        self.change(name, **faults)

    def change(self, name: str, **values: Any) -> None:
        self.boxes[name] = self.boxes[name] | values

    def box(self, name: str) -> dict[str, Any]:
        """The router as it is now, its timer honoured."""
        box = dict(self.boxes[name])
        pending = box["pending"]
        if pending and not box["dead"] and self.clock() >= pending["expires"]:
            box |= {"lines": pending["saved"], "pending": None}
            self.boxes[name] = box
        return box

    def lines(self, name: str) -> list[str]:
        return self.box(name)["lines"]

    def violations(self) -> list[str]:
        return [told for name in self.boxes for told in self.boxes[name]["violations"]]

    def drained(self, name: str) -> bool:
        return "graceful-shutdown" in self.lines(name)

    def healthy(self, name: str) -> bool:
        box = self.box(name)
        return not box["dead"] and "deaf" not in box["lines"]

    def connect(self, name: str) -> Router:
        return Router(self, name)


class Router:
    """One connected target; implements `netctl.devices.target.Target`."""

    def __init__(self, network: Network, name: str) -> None:
        self.network = network
        self.name = name
        self._staged: list[str] | None = None

    def __enter__(self) -> Router:
        self._reach()
        return self

    def __exit__(self, *_: object) -> None:
        self._staged = None

    def fetch(self) -> RunningState:
        return RunningState(self.name, "frr", (Part(PART, text(self._reach()["lines"])),))

    def pending(self) -> PendingCommit | None:
        waiting = self._reach()["pending"]
        return waiting and PendingCommit(waiting["token"], waiting["owner"], int(waiting["expires"]))

    def stage(self, parts: tuple[Part, ...], *, merge: bool = False) -> str:
        box = self._reach()
        if box["pending"] and not box["pending"]["token"].startswith("netctl-"):
            raise ForeignPendingCommit(f"held by {box['pending']['owner']}", where=self.name)
        wanted = [line for part in parts for line in part.text.splitlines()]
        if "rejected" in wanted:
            raise CandidateRejected("% Unknown command: rejected", where=self.name)
        self._staged = merged(box["lines"], wanted) if merge else wanted
        return ""

    def commit(self, token: str, deadline: int) -> None:
        box = self._reach()
        assert self._staged is not None
        pending = box["pending"]
        assert pending is None or pending["token"] == token, "committed over another token"
        saved = pending["saved"] if pending else box["lines"]
        held = [line for line in self._staged if not box["drops"] or box["drops"] not in line]
        told = [*box["violations"], *self._broken_laws(deadline)]
        commits = [*box["commits"], [token, held]]
        waiting = {"token": token, "owner": "netctl", "saved": saved, "expires": self.network.clock() + deadline}
        self.network.change(self.name, lines=held, pending=waiting, violations=told, commits=commits)
        self._reach()

    def confirm(self, token: str) -> None:
        box = self._reach()
        assert box["pending"] and box["pending"]["token"] == token
        self.network.change(self.name, pending=None)

    def roll_back(self, token: str) -> None:
        box = self._reach(cut_matters=True)
        assert box["pending"] and box["pending"]["token"] == token
        self.network.change(self.name, lines=box["pending"]["saved"], pending=None)

    def health(self) -> Health:
        lines = self._reach()["lines"]
        mate = self.network.pairs[self.name]
        sessions = []
        for line in lines:
            if line.startswith("neighbor "):
                peer = line.split()[1]
                up = peer not in self.network.boxes or self.network.healthy(peer)
                up = up and "deaf" not in lines
                sessions.append(Session("bgp", peer, "Established" if up else "Active", up, 6))
        mine, theirs = priority(lines), priority(self.network.lines(mate)) if self.network.healthy(mate) else 0
        role = "master" if mine > theirs else "backup"
        return Health(self.name, tuple(sessions), (VrrpStatus("lan0", 10, 6, role, mine),))

    def observe(self) -> Observation:
        return Observation(self.health(), (), cpu=None, memory=None, clock=None, version="", uptime=None)

    def probe(self, destination: str, source: str = "", count: int = 3) -> Probe:
        lines = self._reach()["lines"]
        return Probe(destination, source, count, 0 if "deaf" in lines else count)

    def facts(self) -> dict[str, object]:
        lines = self._reach()["lines"]
        return {"hostname": next(line.split()[1] for line in lines if line.startswith("hostname "))}

    def _reach(self, *, cut_matters: bool = True) -> dict[str, Any]:
        box = self.network.box(self.name)
        if box["dead"] or (cut_matters and "cut" in box["lines"]):
            raise DeviceUnreachable("no answer", where=self.name)
        if self.network.flaky(self.name):
            raise DeviceTimeout("gave no answer in time", where=self.name)
        return box

    def _broken_laws(self, deadline: int) -> list[str]:
        mate = self.network.pairs[self.name]
        told = []
        if self.network.box(mate)["pending"]:
            told.append(f"law 1: {self.name} was committed while {mate} waits for confirmation")
        if self.network.drained(mate):
            told.append(f"law 1: {self.name} was committed while {mate} is drained")
        if not self.network.healthy(mate):
            told.append(f"law 2: {self.name} was committed while {mate} is not healthy")
        if deadline <= 0:
            told.append(f"law 3: {self.name} was committed without a deadline")
        return told


def text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def merged(lines: list[str], more: list[str]) -> list[str]:
    """Lines of `more` over `lines`: a priority replaces the one there."""
    replaces = any(line.startswith("vrrp ") for line in more)
    kept = [line for line in lines if not (replaces and line.startswith("vrrp ")) and line not in more]
    return [*kept, *more]


def priority(lines: list[str]) -> int:
    return next((int(line.split()[-1]) for line in lines if line.startswith("vrrp ")), 0)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield

"""One router: what it is, how it stands and since when, why it is red, and what was changed on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from netctl.change.roles import reach
from netctl.config.diff import diff_parts
from netctl.control.changes.plan import rules_for
from netctl.control.changes.touched import within
from netctl.control.network.atlas import Atlas, Reach
from netctl.control.pages.device_parts import Neighbour, Port, VirtualRouter, neighbours, ports, virtual_routers
from netctl.control.watching.watched import Watched, watched
from netctl.errors import UnknownDevice
from netctl.model.artefact import RunningState
from netctl.model.moments import stamp
from netctl.model.network import Device
from netctl.model.plan import DiffLine
from netctl.model.problems import rank
from netctl.model.watch import DeviceState, Episode, KeptConfiguration, Point, Problem, Reason, Standing
from netctl.store import Books, Store
from netctl.store.traces import Trace

SPANS: Mapping[str, timedelta] = {
    "3h": timedelta(hours=3),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
"""How far back plots reach, by the name their address has."""

MOST_POINTS = 360
MOST_EPISODES = 30
MOST_CONFIGURATIONS = 50
MOST_TRACES = 20
MOST_REASONS = 20  # a core that lost its mate has a thousand; the first say what the others do


@dataclass(frozen=True, slots=True)
class Because:
    """Reasons of one kind with the open problem they belong to, where there is one; the gravest comes first."""

    reasons: tuple[Reason, ...]
    problem: Problem | None

    @property
    def code(self) -> str:
        """What kind of reason they are."""
        return self.reasons[0].code

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.reasons)


@dataclass(frozen=True, slots=True)
class Seen:
    """How old one part of what is told of a router is: `stale` where it may be anything by now; "" for never seen."""

    observed_at: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Observed:
    """When each part of what is told of a router was seen."""

    ports: Seen
    neighbours: Seen
    virtual_routers: Seen
    version: Seen
    clock: Seen
    drift: Seen


@dataclass(frozen=True, slots=True)
class DevicePage:
    """Everything about one router. `standing` may be old: `state` is what may be said now."""

    device: Device
    organisation: str
    mate: Device
    mate_state: DeviceState
    state: DeviceState
    standing: Standing | None
    found: Watched
    because: tuple[Because, ...]
    problems: tuple[Problem, ...]
    ports: tuple[Port, ...]
    neighbours: tuple[Neighbour, ...]
    virtual_routers: tuple[VirtualRouter, ...]
    configurations: tuple[KeptConfiguration, ...]
    episodes: tuple[Episode, ...]
    traces: tuple[Trace, ...]

    @property
    def stale(self) -> bool:
        """True where nobody has looked for too long."""
        return self.found.fresh(self.device.name) is None

    @property
    def seen_before(self) -> bool:
        """True where ports, sessions and the rest are as they were seen earlier: they may be anything by now."""
        return self.standing is None or self.stale or self.standing.seen_at < self.standing.tried_at

    @property
    def observed(self) -> Observed:
        """When each part was seen: one look shows all of them, only configurations are compared more rarely."""
        look = Seen(self.standing.seen_at if self.standing else "", self.seen_before)
        compared = self.standing.drift_at if self.standing else ""
        return Observed(look, look, look, look, look, Seen(compared, self.seen_before or not compared))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two configurations a router held; without `before` the whole of `after` is shown as it is."""

    device: Device
    before: KeptConfiguration | None
    after: KeptConfiguration
    diff: tuple[DiffLine, ...]
    text: tuple[tuple[str, str], ...]  # (part, text) where there is nothing to compare with


def device_page(store: Store, atlas: Atlas, name: str, *, user: str) -> DevicePage:
    """One router; raises `UnknownDevice` where there is none of this name within the user's reach."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        device = _device(atlas, name, seen)
        found = watched(store, books, atlas)
        standing = books.watch.standing(name)
        problems = tuple(
            problem
            for problem in books.problems.of_targets((name,)).get(name, ())
            if seen is None or problem.organisation in seen
        )
        mate = atlas.network.mate_of(name)
        return DevicePage(
            device=device,
            organisation=atlas.organisation_of[name],
            mate=mate,
            mate_state=found.state(mate.name),
            state=found.state(name),
            standing=standing,
            found=found,
            because=_because(books, standing, problems),
            problems=problems,
            ports=ports(atlas, name, standing),
            neighbours=neighbours(atlas, name, standing),
            virtual_routers=virtual_routers(atlas.intent(name), standing),
            configurations=books.watch.configurations(name, MOST_CONFIGURATIONS),
            episodes=books.watch.episodes(name, most=MOST_EPISODES),
            traces=within(books, seen, books.traces.of((name,), MOST_TRACES)),
        )


def history(store: Store, atlas: Atlas, name: str, *, user: str, span: str) -> tuple[Point, ...]:
    """The router's metrics over one of `SPANS`, oldest first; raises `UnknownDevice`."""
    with store.reading() as books:
        _device(atlas, name, reach(books.users.get(user), "show"))
        since = books.now() - SPANS.get(span, SPANS["day"])
        return books.watch.points(name, stamp(since), most=MOST_POINTS)


def compare(store: Store, atlas: Atlas, root: Path, name: str, *, user: str, before: str, after: str) -> Comparison:
    """Two configurations by their digests, or one alone ("" for `before`); raises `UnknownDevice`.

    Secrets were replaced by marks before anything was kept.
    """
    with store.reading() as books:
        device = _device(atlas, name, reach(books.users.get(user), "show"))
        kept = {each.digest: each for each in reversed(books.watch.configurations(name, MOST_CONFIGURATIONS))}
        old, new = (_text(books, name, digest) for digest in (before, after))
    if new is None or after not in kept:
        raise UnknownDevice(f"{name} held no configuration {after[:16]!r}")
    if old is None or before not in kept:
        return Comparison(device, None, kept[after], (), tuple((part.name, part.text) for part in new.parts))
    rules = rules_for(root)(new.platform)
    return Comparison(device, kept[before], kept[after], diff_parts(old.parts, new.parts, rules), ())


def _text(books: Books, name: str, digest: str) -> RunningState | None:
    return books.watch.configuration(name, digest) if digest else None


def _device(atlas: Atlas, name: str, seen: Reach) -> Device:
    device = atlas.network.devices.get(name)
    if device is None or not atlas.sees(seen, name):
        raise UnknownDevice(f"no router {name!r} to show", hint="the search finds what you may see")
    return device


def _because(books: Books, standing: Standing | None, problems: tuple[Problem, ...]) -> tuple[Because, ...]:
    if standing is None or not standing.reasons:
        return ()
    reasons = sorted(standing.reasons, key=lambda reason: rank(reason.severity))[:MOST_REASONS]
    whole = tuple(books.problems.get(problem.id) for problem in problems[:MOST_REASONS])
    groups: dict[tuple[str, str], tuple[list[Reason], Problem | None]] = {}
    for reason in reasons:
        problem = _problem_of(standing.target, reason, whole)
        groups.setdefault((reason.code, problem.id if problem else ""), ([], problem))[0].append(reason)
    return tuple(Because(tuple(some), problem) for some, problem in groups.values())


def _problem_of(device: str, reason: Reason, problems: tuple[Problem, ...]) -> Problem | None:
    """The problem that tells the reason among its symptoms, else one of the same code: it may have just begun."""
    told = " ".join(f"{device} {reason.code} {reason.subject}".split())
    exact = (each for each in problems if any(symptom.startswith(told) for symptom in each.symptoms))
    return next(exact, None) or next((each for each in problems if each.code == reason.code), None)

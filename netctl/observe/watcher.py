"""Rounds over the routers: look, derive how each stands, keep it in one transaction, and tell."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import cast

from netctl.config.quiet import collector_resting
from netctl.model.artefact import RunningState
from netctl.model.moments import Clock, read_moment, stamp
from netctl.model.network import Network
from netctl.model.plan import Severity
from netctl.model.problems import Steps
from netctl.model.watch import DeviceState, RoundMark, Sample, Standing, Trail
from netctl.observe.collect import Looked
from netctl.observe.derive import Hysteresis, derive, settled
from netctl.observe.drift import Causes
from netctl.observe.excuse import excused_since, in_the_air
from netctl.observe.expect import Expected
from netctl.observe.exposition import exposition
from netctl.observe.judge import judge
from netctl.observe.names import NamesGround, NamesLook, after
from netctl.observe.names_causes import NamesRound, Patience
from netctl.observe.reasons import Mate
from netctl.observe.topology import Topology
from netctl.settings import Settings
from netctl.store import Books, Store

_CONDENSE_EVERY = 300  # seconds: the finest mean


@dataclass(frozen=True, slots=True)
class Ground:
    """What is watched: a declared network, what hangs on what, and what to expect of the routers that can be read."""

    network: Network
    topology: Topology
    expected: Mapping[str, Expected]
    names: NamesGround | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What one round gave. `whole` is false for a second look at routers that seemed to change."""

    mark: RoundMark
    whole: bool
    seconds: float
    standings: tuple[Standing, ...]  # of the routers looked at, light
    changed: tuple[Standing, ...]  # those whose state is another one than before
    states: Mapping[DeviceState, int]  # of all routers
    steps: Steps  # problems that were opened, changed and closed


class Watcher:
    """How all routers stand, between rounds and across restarts. One thread; one watcher a store, by its lease."""

    def __init__(
        self, store: Store, settings: Settings, causes: Causes, clock: Clock, sinks: Collection[str] = ()
    ) -> None:
        self._store = store
        self._sinks = sinks
        self._settings = settings
        self._causes = causes
        self._clock = clock
        self._hysteresis = Hysteresis(settings.observe_down_after, settings.observe_up_after)
        self._trails: dict[str, Trail] = {}
        self._digests: dict[str, str] = {}
        self._condensed = 0

    def remember(self) -> None:
        """Go on where the last watcher left off."""
        with self._store.reading() as books:
            self._trails = books.watch.trails()
            self._digests = {name: kept.digest for name, kept in books.watch.digests().items()}

    def unsettled(self, names: Collection[str]) -> list[str]:
        """Routers that showed something that is not told yet: a second look decides."""
        return [name for name in names if name in self._trails and not settled(self._trails[name])]

    def record(
        self,
        ground: Ground,
        began_at: str,
        looked: Collection[Looked],
        hold: Callable[[Books], None],
        *,
        whole: bool,
        names: NamesLook | None = None,
    ) -> Round:
        """Keep what was seen, of names as well where they were looked at.

        `hold` is called in the transaction that writes, and refuses where another one watches.

        Raises `StoreError`, and what `hold` raises; nothing is kept or remembered then.
        """
        with collector_resting():  # 6,000 routers are a million objects, and none of them is garbage
            return self._record(ground, began_at, looked, hold, whole=whole, names=names)

    def _record(
        self,
        ground: Ground,
        began_at: str,
        looked: Collection[Looked],
        hold: Callable[[Books], None],
        *,
        whole: bool,
        names: NamesLook | None,
    ) -> Round:
        # A look that came late and the one after it may come in together: the later one counts.
        looked = {each.sample.target: each for each in looked if each.sample.target in ground.expected}.values()
        after = self._derived(ground, looked)
        caused = self._caused(looked)
        gone = self._trails.keys() - ground.network.devices.keys()
        trails = {**self._trails, **after}
        ended_at = stamp(self._clock())
        mark = RoundMark(0, began_at, ended_at, float(self._settings.observe_interval), len(looked))
        points = {each.sample.target: _metrics(each.sample, after[each.sample.target]) for each in looked}
        told = exposition(ground.network, ground.topology, (trails[name].standing for name in sorted(trails)))
        packed = [zlib.compress(text.encode(), 1) for text in told]
        with self._store.writing() as books:
            hold(books)
            mark = books.watch.keep(mark, after.values(), points if whole else {}, whole=whole)
            for state, at, change in caused:
                books.watch.keep_configuration(state, at, change)
            if gone:
                books.watch.forget(gone, ended_at)
            books.watch.expose(mark.number, packed)
            least = cast("Severity", self._settings.alert_severity)
            flights = self._flights(books)
            round_of_names = self._names(books, ground.names, names, flights)
            steps = judge(books, ground.topology, self._sinks, least, flights, round_of_names)
        changed = [each.standing for name, each in after.items() if self._moved(name, each)]
        for name in gone:
            del trails[name]
        states: Counter[DeviceState] = Counter(each.standing.state for each in trails.values())
        self._trails = trails
        self._digests |= {state.target: state.digest for state, _, _ in caused}
        return Round(
            mark,
            whole,
            (read_moment(ended_at) - read_moment(began_at)).total_seconds(),
            tuple(_light(after[name].standing) for name in ground.expected if name in after),
            tuple(_light(each) for each in changed),
            dict(states.most_common()),
            steps,
        )

    def condense(self) -> None:
        """Make the means of what is over, and drop what is too old; does nothing in between."""
        slot = int(self._clock().timestamp()) // _CONDENSE_EVERY
        if slot == self._condensed:
            return
        settings = self._settings
        with self._store.writing() as books:
            books.watch.condense(settings.history_raw_hours, settings.history_fine_days, settings.history_days)
        self._condensed = slot

    def standings(self) -> dict[str, Standing]:
        """How all routers stand, whole."""
        return {name: trail.standing for name, trail in self._trails.items()}

    def _derived(self, ground: Ground, looked: Collection[Looked]) -> dict[str, Trail]:
        samples = {each.sample.target: each.sample for each in looked}
        return {
            name: derive(
                self._trails.get(name),
                sample,
                ground.expected[name],
                self._mate(ground, ground.expected[name].mate, samples),
                self._hysteresis,
            )
            for name, sample in samples.items()
        }

    def _mate(self, ground: Ground, name: str, samples: Mapping[str, Sample]) -> Mate:
        """What is known of the other router of a pair: what this round says of it, else what the last one did."""
        platform = ground.network.devices[name].platform
        sample = samples.get(name)
        if sample is not None:
            seen = sample.observation
            return Mate(seen.health, seen.version, platform) if seen is not None else Mate(None, "", platform)
        trail = self._trails.get(name)
        if trail is None or trail.standing.observation is None or trail.standing.seen_at != trail.standing.tried_at:
            return Mate(None, "", platform)
        return Mate(trail.standing.observation.health, trail.standing.version, platform)

    def _names(
        self, books: Books, ground: NamesGround | None, look: NamesLook | None, flights: Collection[str]
    ) -> NamesRound | None:
        """What is known of names: what this round found is kept, else it is what the last one did."""
        if ground is None:
            return None
        state, settings = books.names.state(serials=look is not None), self._settings
        if look is not None:
            state = after(state, look, ground, float(settings.names_every * settings.observe_interval))
            books.names.keep(state, look.signings)
        patience = Patience(settings.observe_down_after, settings.names_behind_after, settings.names_expiry_hours)
        return NamesRound(ground, state, flights, patience, self._clock())

    def _flights(self, books: Books) -> dict[str, str]:
        """Routers whose troubles are netctl's own doing, each with its change."""
        settings = self._settings
        return in_the_air(books.rollout.flights(excused_since(settings, self._clock)), settings, self._clock)

    def _caused(self, looked: Collection[Looked]) -> list[tuple[RunningState, str, str]]:
        """Configurations that are new, since when, and by which change."""
        found = []
        for sample, running in looked:
            if running is not None and self._digests.get(running.target) != running.digest:
                before = self._trails.get(running.target)
                known = running.target in self._digests and before is not None
                change = self._causes.of(running, before.standing.drift_at) if known and before is not None else ""
                found.append((running, sample.at, change))
        return found

    def _moved(self, name: str, after: Trail) -> bool:
        before = self._trails.get(name)
        return before is None or before.standing.state != after.standing.state


def _metrics(sample: Sample, trail: Trail) -> dict[str, float]:
    """What is kept over time of one look; names in a fixed order, so that few sets of them are met."""
    seen = sample.observation
    if seen is None:
        return {"reachable": 0.0}
    up = sum(session.up for session in seen.health.sessions)
    values: dict[str, float | None] = {
        "reachable": 1.0,
        "look": sample.seconds,
        "cpu": seen.cpu,
        "memory": seen.memory,
        "clock_offset": seen.clock.offset if seen.clock is not None else None,
        "sessions_up": up,
        "sessions_down": len(seen.health.sessions) - up,
    }
    for rate in trail.standing.rates:
        values[f"rx:{rate.interface}"] = rate.rx
        values[f"tx:{rate.interface}"] = rate.tx
    return {name: value for name, value in values.items() if value is not None}


def _light(standing: Standing) -> Standing:
    return replace(standing, observation=None, rates=())

"""Rounds of watching that never happened, but could have: for pages, and for networks too large to raise.

Every router shows what its intent says, except for routers that are dead and lines that are cut; what follows from
that (standings with hysteresis, problems, points) is worked out by the code that does it in earnest.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from netctl.config.quiet import collector_resting
from netctl.model.health import Clock, Health, Interface, Observation, Session, VrrpStatus
from netctl.model.intent import RouterIntent
from netctl.model.moments import stamp
from netctl.model.network import Network
from netctl.model.watch import RoundMark, Sample, Trail
from netctl.observe.derive import Hysteresis, derive
from netctl.observe.expect import EVERYTHING, Expected, expect
from netctl.observe.judge import judge
from netctl.observe.reasons import Mate
from netctl.observe.topology import Topology, topology
from netctl.services.routing.derive import derive as derive_intents
from netctl.store import Store

INTERVAL = 30.0


class Seeds:
    """A network whose rounds are made up."""

    def __init__(self, network: Network) -> None:
        with collector_resting():
            self.network = network
            self.wiring: Topology = topology(network)
            self.intents: Mapping[str, RouterIntent] = derive_intents(network)
            platforms = {device.platform for device in network.devices.values()}
            self.expected: Mapping[str, Expected] = expect(network, self.intents, dict.fromkeys(platforms, EVERYTHING))
            self.trails: dict[str, Trail] = {}

    def rounds(
        self,
        store: Store,
        end: datetime,
        count: int = 2,
        *,
        dead: Collection[str] = (),
        cut: Collection[str] = (),
        drifted: Collection[str] = (),
        clocks_lost: Collection[str] = (),
        without: Collection[str] = (),
        interval: float = INTERVAL,
        flights: Mapping[str, str] = MappingProxyType({}),
        sinks: Collection[str] = (),
    ) -> None:
        """Keep `count` rounds, the last of which ended at `end`; routers in `without` were never looked at.

        `flights` are routers that a change is in flight on, by that change.
        """
        broken = _Broken(frozenset(dead), frozenset(cut), frozenset(drifted), frozenset(clocks_lost))
        for left in range(count - 1, -1, -1):
            ended = end - timedelta(seconds=interval * left)
            began = ended - timedelta(seconds=2)
            samples = {name: self._sample(name, began, broken) for name in self.network.devices if name not in without}
            for name, sample in samples.items():
                self.trails[name] = self._trail(name, sample, samples)
            mark = RoundMark(0, stamp(began), stamp(ended), interval, len(samples))
            points = {name: _metrics(self.trails[name]) for name in samples}
            with store.writing() as books:
                books.watch.keep(mark, list(self.trails.values()), points, whole=True)
                judge(books, self.wiring, sinks, flights=flights)

    def look(self, name: str, at: datetime, *, dead: Collection[str] = (), cut: Collection[str] = ()) -> Observation:
        """What one router shows while these are dead, and these lines cut."""
        return self._look(name, at, _Broken(frozenset(dead), frozenset(cut), frozenset(), frozenset()))

    def _trail(self, name: str, sample: Sample, samples: Mapping[str, Sample]) -> Trail:
        expected = self.expected[name]
        seen = samples[expected.mate].observation if expected.mate in samples else None
        mate = Mate(seen.health, seen.version, self.network.devices[expected.mate].platform) if seen else Mate()
        return derive(self.trails.get(name), sample, expected, mate, Hysteresis())

    def _sample(self, name: str, at: datetime, broken: _Broken) -> Sample:
        if name in broken.dead:
            return Sample(name, stamp(at), 5.0, None, "no answer within 5 s")
        drift, lines = ("drifted", 3) if name in broken.drifted else ("none", 0)
        return Sample(name, stamp(at), 0.2, self._look(name, at, broken), "", drift, lines)

    def _look(self, name: str, at: datetime, broken: _Broken) -> Observation:
        intent = self.intents[name]
        offset = (_chance(name, "clock") - 0.5) / 100
        clock = Clock(True, intent.ntp_servers[0], 3, offset)
        return Observation(
            health=Health(name, tuple(self._sessions(intent, broken)), tuple(self._vrrp(intent, broken))),
            interfaces=tuple(self._port(intent, port.name, at, broken) for port in intent.interfaces),
            cpu=0.1 + 0.3 * _chance(name, "cpu") + 0.1 * math.sin(at.timestamp() / 900),
            memory=0.2 + 0.3 * _chance(name, "memory"),
            clock=Clock(False, "", None, None) if name in broken.clocks_lost else clock,
            version="10.3",
            uptime=86400.0 * 40,
        )

    def _port(self, intent: RouterIntent, port: str, at: datetime, broken: _Broken) -> Interface:
        line = self.wiring.by_port.get((intent.device, port), "")
        seconds = at.timestamp() % 1e7 + 900 * math.sin(at.timestamp() / 1800)  # half as fast at night, so to speak
        count = int(1e6 * (1 + 9 * _chance(line, port)) * seconds) if line else 0
        up = line not in broken.cut
        return Interface(port, up, 1000, count, count // 3, 0, 0, 0, 0)

    def _sessions(self, intent: RouterIntent, broken: _Broken) -> Iterator[Session]:
        for each in intent.neighbours:
            line = self.wiring.about(intent.device, each.address)[0]
            up = each.description not in broken.dead and line not in broken.cut
            yield Session("bgp", each.address, "Established" if up else "Active", up, each.family)
            if each.bfd:
                yield Session("bfd", each.address, "up" if up else "down", up)
        for port in intent.interfaces:
            if port.igp == "active":
                up = port.peer.partition(":")[0] not in broken.dead and port.name not in broken.cut
                yield Session("isis", port.name, "Up" if up else "Down", up)

    def _vrrp(self, intent: RouterIntent, broken: _Broken) -> Iterator[VrrpStatus]:
        wins = {each.vrid: each.wins for each in self.expected[intent.device].virtual_routers}
        alone = self.expected[intent.device].mate in broken.dead
        for port in intent.interfaces:
            for group in port.vrrp:
                role = "master" if wins[group.vrid] or alone else "backup"
                yield VrrpStatus(port.name, group.vrid, group.family, role, group.priority)


class _Broken:
    def __init__(
        self, dead: frozenset[str], cut: frozenset[str], drifted: frozenset[str], clocks_lost: frozenset[str]
    ) -> None:
        self.dead, self.cut, self.drifted, self.clocks_lost = dead, cut, drifted, clocks_lost


def _metrics(trail: Trail) -> dict[str, float]:
    standing, seen = trail.standing, trail.standing.observation
    answered = standing.seen_at == standing.tried_at
    found: dict[str, float] = {"reachable": float(answered)}
    if seen is None or not answered:
        return found
    up = sum(session.up for session in seen.health.sessions)
    found |= {"cpu": seen.cpu or 0, "memory": seen.memory or 0, "sessions_up": up}
    found |= {"sessions_down": len(seen.health.sessions) - up, "look": 0.2}
    if standing.clock_offset is not None:
        found["clock_offset"] = standing.clock_offset
    for rate in standing.rates:
        found |= {f"rx:{rate.interface}": rate.rx or 0, f"tx:{rate.interface}": rate.tx or 0}
    return found


def _chance(*words: str) -> float:
    """0 to 1, always the same for the same words."""
    return int.from_bytes(hashlib.sha256("/".join(words).encode()).digest()[:4], "big") / 2**32

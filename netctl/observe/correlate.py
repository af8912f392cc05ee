"""One cause is one problem: every reason of every router belongs to exactly one cause, as its root or its symptom.

Pure: the standings of a round and the topology give the causes, always the same ones in the same order. There is no
memory here; what makes a state stay for a while is each router's own hysteresis.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from netctl.model.problems import Cause
from netctl.model.watch import Problem, Standing
from netctl.observe.blame import SPLIT, Blame, blame, parted
from netctl.observe.describe import Found, Round, describe, shared
from netctl.observe.evidence import OUTAGES, Evidence, Picture, picture
from netctl.observe.excuse import excuse
from netctl.observe.topology import LAN_PORTS, Topology

_CROWD = 3  # so many clocks that went wrong together, and at least half of those with the same sources, are no accident

_NONE: Mapping[str, str] = {}

Sources = tuple[str, ...]


def correlate(
    topology: Topology,
    standings: Mapping[str, Standing],
    flights: Mapping[str, str] = _NONE,
    known: Collection[Problem] = (),
) -> tuple[Cause, ...]:
    """What is wrong now. `standings` must be those of the whole network, not of the part one looked at last.

    `flights` are routers that a change is in flight on, each with that change; `known` are the open problems.
    """
    seen = picture(topology, standings)
    blamed = blame(topology, seen)
    crowds = _crowds(topology, _clocks_lost(topology, seen.evidence, blamed), standings)
    sorter = _Sorter(topology, seen, blamed, crowds, parted(topology, seen))
    groups: dict[str, list[Evidence]] = defaultdict(list)
    for each in seen.evidence:
        groups[sorter.key(each)].append(each)
    silent: dict[str, list[str]] = defaultdict(list)
    for name in sorted(seen.dead | seen.unseen):
        silent[blamed.of_device[name]].append(name)
    at = Round(topology, seen, blamed, shared(topology, seen.cut))
    keys = sorted(groups.keys() | silent.keys())
    found = [Found(key, tuple(groups.get(key, ())), tuple(silent.get(key, ()))) for key in keys]
    told = [(each, describe(at, each)) for each in found]
    return excuse(topology, told, flights, known)


@dataclass(frozen=True, slots=True)
class _Sorter:
    """Gives every reason the key of the one cause that explains it."""

    topology: Topology
    seen: Picture
    blamed: Blame
    crowds: Mapping[Sources, str]
    split: bool

    def key(self, each: Evidence) -> str:
        device, reason = each.device, each.reason
        if device in self.blamed.of_device:
            return self.blamed.of_device[device]
        if reason.code in OUTAGES or reason.service == "first_hop":
            return self._way(each)
        if reason.code == "WATCH-CLOCK":
            own = self.blamed.of_site.get(self.topology.site_of[device])
            return own or self.crowds.get(self.topology.clocks[device]) or f"clock:{device}"
        if reason.code == "WATCH-ERRORS" and each.line:
            return f"errors:{each.line}"
        if reason.code == "WATCH-VERSION":
            return f"version:{self.topology.group_of[device]}"
        return _own(each)

    def _way(self, each: Evidence) -> str:
        """What explains a reason that is about the way to somebody else."""
        device, reason, line, far = each
        if far in self.seen.dead:
            return self.blamed.of_device[far]
        if line:
            return self.blamed.of_line.get(line) or f"line:{line}"
        mate = self.topology.mate_of[device]
        at_lan = bool(LAN_PORTS & set(reason.subject.replace(",", " ").split()))
        if reason.service == "first_hop" or at_lan or (far == mate and self.topology.site_of[device]):
            return self.blamed.of_device[mate] if mate in self.seen.dead else f"pair:{self.topology.group_of[device]}"
        if far:
            return SPLIT if self.split else f"session:{'~'.join(sorted((device, far)))}"
        return _own(each)


def _own(each: Evidence) -> str:
    return f"{each.reason.code}:{each.device}"


def _clocks_lost(topology: Topology, evidence: Iterable[Evidence], blamed: Blame) -> Counter[Sources]:
    """Routers by time source that have lost it, and have a way to it."""
    return Counter(
        topology.clocks[name]
        for name in {each.device for each in evidence if each.reason.code == "WATCH-CLOCK"}
        if name not in blamed.of_device and topology.site_of[name] not in blamed.of_site
    )


def _crowds(topology: Topology, lost: Counter[Sources], standings: Mapping[str, Standing]) -> dict[Sources, str]:
    """Time sources that many routers have lost at once: the sources are the cause then, not the routers."""
    speaking = Counter(
        topology.clocks[name]
        for name, each in standings.items()
        if name in topology.clocks and each.state in ("up", "degraded")
    )
    return {
        sources: f"time:{sources[0]}"
        for sources, count in lost.items()
        if sources and count >= _CROWD and count * 2 >= speaking[sources]
    }

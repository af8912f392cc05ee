"""What all routers say in one round, about whom; and what follows: who is dead, who is only not seen, which lines.

A router that does not answer is *dead* unless a neighbour that does answer has nothing to say against it: then its
sessions stand, it forwards, and only netctl does not see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from netctl.model.watch import Reason, Standing
from netctl.observe.topology import Topology

# Reasons that tell of the way between two routers. What else is said of a port (errors) is not about its far end.
OUTAGES = frozenset({"WATCH-PORT", "WATCH-BGP", "WATCH-ISIS", "WATCH-BFD"})
UNREACHABLE = "WATCH-UNREACHABLE"

_CROWD = 3  # routers that make it no accident that nobody answers
_FAMILIES = 2  # an access line carries a session of each; one of them alone says nothing about the line
_BOTH_FAMILIES_AT_ONCE = frozenset({"WATCH-PORT", "WATCH-ISIS"})


class Evidence(NamedTuple):
    """One reason of one router, with the line and the far router it is about, "" where it is about none."""

    device: str
    reason: Reason
    line: str
    far: str

    @property
    def breaks(self) -> bool:
        """True where the way to the far router is said to be broken; what merely waits for its push is not."""
        return self.reason.code in OUTAGES and self.reason.severity in ("medium", "high")

    def __str__(self) -> str:
        """As a symptom: one line of text."""
        words = (self.device, self.reason.code, self.reason.subject, self.reason.detail)
        return " ".join(" ".join(words).split())


@dataclass(frozen=True, slots=True)
class Picture:
    """One round. `dead` and `unseen` do not answer; `cut` are lines whose two living ends do not reach each other.

    `blind` is true where nobody answers at all: that says more about netctl's own line than about the network.
    """

    evidence: tuple[Evidence, ...]
    dead: frozenset[str]
    unseen: frozenset[str]
    cut: frozenset[str]
    blind: bool = False


def picture(topology: Topology, standings: Mapping[str, Standing]) -> Picture:
    """What the standings of one round say together."""
    evidence = tuple(_evidence(topology, standings))
    speaking = {
        name
        for name, each in standings.items()
        if each.state in ("up", "degraded") and each.seen_at >= each.tried_at and name in topology.site_of
    }
    accusers: dict[str, set[str]] = defaultdict(set)
    for each in evidence:
        if each.far and each.device in speaking and each.breaks:
            accusers[each.far].add(each.device)
    silent = {name for name, each in standings.items() if _silent(each, accusers.get(name))} & topology.site_of.keys()
    unseen = frozenset(
        name
        for name in silent
        if any(mate not in accusers.get(name, ()) for mate in topology.neighbours[name] & speaking)
    )
    dead = frozenset(silent - unseen)
    blind = not speaking and len(dead) >= _CROWD
    living = {name for name, each in standings.items() if each.state in ("up", "degraded")} - silent
    return Picture(evidence, dead, unseen, _cut(topology, evidence, living, dead), blind)


def _evidence(topology: Topology, standings: Mapping[str, Standing]) -> Iterator[Evidence]:
    for name in sorted(standings.keys() & topology.site_of.keys()):
        for reason in standings[name].reasons:
            found = reason.code != UNREACHABLE and reason.service in ("routing", "lines", "first_hop")
            line, far = topology.about(name, reason.subject) if found else ("", "")
            yield Evidence(name, reason, line, far)


def _silent(standing: Standing, accusers: Collection[str] | None) -> bool:
    """Hysteresis waits for a second look; where neighbours have lost the router as well there is no need to."""
    missed = standing.state != "unknown" and standing.seen_at < standing.tried_at
    return standing.state == "down" or (missed and bool(accusers))


def _cut(
    topology: Topology, evidence: tuple[Evidence, ...], living: Collection[str], dead: frozenset[str]
) -> frozenset[str]:
    """Lines that carry nothing: the port is down, or the adjacency, or the sessions of both families."""
    words: dict[tuple[str, str], set[str]] = defaultdict(set)
    found = set()
    for each in evidence:
        device, reason, line, far = each
        if not line or not each.breaks or device not in living or far in dead:
            continue
        if reason.code in _BOTH_FAMILIES_AT_ONCE:
            found.add(line)
        peers = words[device, line]
        peers.update(word for word in reason.subject.split() if topology.by_address.get(word, ("",))[0] == far)
        if len(peers) >= _FAMILIES:
            found.add(line)
    return frozenset(found)

"""Name servers as targets of a plan, and which zones a primary's configuration speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from netctl.config.diff import diff_parts
from netctl.devices.rules import RulesOf
from netctl.model.artefact import Artefact, Part, RunningState
from netctl.model.dns import NameServer
from netctl.model.places import server_group
from netctl.model.plan import TargetPlan
from netctl.zones.data import Name, ZoneData
from netctl.zones.files import read_master

_VIEW = re.compile(r'^\s*view\s+"?([^"\s]+)"?')
_ZONE = re.compile(r'^\s*zone\s+"?([^"\s]+)"?')
_MAIN, _FIRST = "named.conf", "first.zone"
_ROLES = ("primary", "secondary", "resolver")


@dataclass(frozen=True, slots=True)
class ServerShare:
    """One name server that was read. `writes` is true for the primary that takes updates."""

    server: NameServer
    writes: bool
    state: RunningState
    artefact: Artefact

    @property
    def new(self) -> frozenset[tuple[str, str]]:
        """Views and zones that it serves as soon as it is configured, and does not yet."""
        return _spoken_of(self.artefact.parts) - _spoken_of(self.state.parts)

    @property
    def dropped(self) -> frozenset[tuple[str, str]]:
        """Views and zones that it no longer serves then."""
        return _spoken_of(self.state.parts) - _spoken_of(self.artefact.parts)

    def first(self, origin: Name) -> ZoneData:
        """What a zone holds on it before its first update; raises `BulkZoneInvalid` where its template writes none."""
        return read_master(next(part.text for part in self.artefact.parts if part.name == _FIRST), origin)


def in_order(servers: Iterable[ServerShare]) -> list[ServerShare]:
    """Primaries first, the one that writes last among them, then secondaries, then resolvers."""
    return sorted(servers, key=lambda each: (_ROLES.index(each.server.role), each.writes, each.server.name))


def server_targets(servers: Sequence[ServerShare], rules: RulesOf) -> tuple[TargetPlan, ...]:
    """The servers that differ, in the order in which they change."""
    found = (_target(each, rules) for each in in_order(servers))
    return tuple(target for target in found if target.changed)


def _target(share: ServerShare, rules: RulesOf) -> TargetPlan:
    artefact = share.artefact
    return TargetPlan(
        target=share.server.name,
        platform=artefact.platform,
        group=server_group(share.server.role),
        running_digest=share.state.digest,
        intended=artefact.parts,
        drained=(),
        drain=(),
        diff=diff_parts(share.state.parts, artefact.parts, rules(artefact.platform), artefact.origin),
        kind="server",
    )


def _spoken_of(parts: Sequence[Part]) -> frozenset[tuple[str, str]]:
    """Views and zones of BIND's configuration; of other software none."""
    return frozenset(zone for part in parts if part.name == _MAIN for zone in _zones(part.text))


def _zones(text: str) -> Iterator[tuple[str, str]]:
    view = ""
    for line in text.splitlines():
        if found := _VIEW.match(line):
            view = found[1]
        elif found := _ZONE.match(line):
            yield view, found[1]

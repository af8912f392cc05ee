"""One round over the name servers: what each serves of every zone, held against where the zone is written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from netctl.devices.nameserver.serials import lag
from netctl.model.dns import NameServer
from netctl.model.names import Lapse, NamesMark, NamesState, ServerSeen, ViewZone, ZoneSignatures
from netctl.model.signing import ZoneSigning
from netctl.model.zonewrites import Sighting, ZoneId

Answer = int | str
"""A serial, or why there is none."""


@dataclass(frozen=True, slots=True)
class NamesGround:
    """What is watched of names: servers that hold zones, whose each zone is, and which of them are signed.

    `organisations` has every zone, "" for the network's own. `routers` are those of each centre, in whose LAN servers
    stand.
    """

    servers: Mapping[str, NameServer]
    organisations: Mapping[ViewZone, str]
    signed: frozenset[ViewZone]
    routers: Mapping[str, tuple[str, ...]]


NO_NAMES = NamesGround({}, {}, frozenset(), {})
"""Of a network that declares none."""


@dataclass(frozen=True, slots=True)
class NamesLook:
    """What servers said in one round. `silent` are those that did not answer at all, and why.

    `sources` say on which server each zone is written; `signatures` are of zones that were looked at anew, in short;
    `signings` have everything that was seen of those.
    """

    began_at: str
    ended_at: str
    answers: Mapping[ZoneId, Answer]
    silent: Mapping[str, str]
    sources: Mapping[ViewZone, str]
    signatures: Mapping[ViewZone, ZoneSignatures]
    signings: Mapping[ViewZone, ZoneSigning]


def after(before: NamesState, look: NamesLook, ground: NamesGround, interval: float) -> NamesState:
    """What is known after a look; what is no longer declared is forgotten."""
    mark = NamesMark(look.began_at, look.ended_at, interval, len(look.answers))
    servers = {name: _server(before.servers.get(name), name, look) for name in _asked(look)}
    sightings = {place: _sighting(before.sightings.get(place), look.answers[place], look) for place in look.answers}
    known = {place: seen for place, seen in sightings.items() if seen is not None}
    lapses: dict[ZoneId, Lapse] = {}
    for place in look.answers:
        lapse = _lapse(before.lapses.get(place), place, look, known)
        if lapse is not None:
            lapses[place] = lapse
    signatures = {of: each for of, each in {**before.signatures, **look.signatures}.items() if of in ground.signed}
    return NamesState(mark, servers, lapses, signatures, known)


def _asked(look: NamesLook) -> dict[str, None]:
    return dict.fromkeys(place.server for place in look.answers)


def _server(before: ServerSeen | None, name: str, look: NamesLook) -> ServerSeen:
    why = look.silent.get(name)
    if why is None:
        since = before.since if before is not None and before.answers else look.ended_at
        return ServerSeen(name, answers=True, since=since, seen_at=look.ended_at)
    if before is None or before.answers:
        return ServerSeen(name, False, look.ended_at, before.seen_at if before else "", 1, why)
    return replace(before, tries=before.tries + 1, why=why)


def _sighting(before: Sighting | None, answer: Answer, look: NamesLook) -> Sighting | None:
    if isinstance(answer, str) or (before is not None and before.serial == answer):
        return before
    return Sighting(answer, look.ended_at)


def _lapse(before: Lapse | None, place: ZoneId, look: NamesLook, known: Mapping[ZoneId, Sighting]) -> Lapse | None:
    """What is wrong with one zone on one server; a server that does not answer at all is another matter."""
    answer = look.answers[place]
    if place.server in look.silent:
        return None
    if isinstance(answer, str):
        since = before.since if before is not None and before.kind == "unserved" else look.ended_at
        return Lapse(place, "unserved", since, why=answer)
    source = known.get(ZoneId(look.sources.get(ViewZone(place.view, place.zone), ""), place.view, place.zone))
    behind = 0 if source is None else lag(source.serial, answer)
    if source is None or not behind:
        return None
    if before is not None and before.kind == "behind" and lag(before.wanted, answer):
        return replace(before, lag=behind)
    return Lapse(place, "behind", look.ended_at, behind, source.serial)

"""What is wrong with name servers as causes of problems: one for each server, and signatures that end.

A server whose centre does not answer is no cause: it is a symptom of what took the centre.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from netctl.model.moments import read_moment, stamp
from netctl.model.names import Lapse, LapseKind, NamesState, ZoneSignatures
from netctl.model.places import ZoneTargetName
from netctl.model.plan import Severity
from netctl.model.problems import Cause
from netctl.model.watch import Service, Standing
from netctl.model.zonewrites import ZoneId
from netctl.observe.names import NamesGround

NAME_SERVER, ALL_NAME_SERVERS = "WATCH-NAME-SERVER", "WATCH-NAME-SERVERS"
BEHIND, UNSERVED, SIGNATURES = "WATCH-ZONE-BEHIND", "WATCH-ZONE-UNSERVED", "WATCH-SIGNATURES"

CODES = frozenset({NAME_SERVER, ALL_NAME_SERVERS, BEHIND, UNSERVED, SIGNATURES})
"""What problems with names are called."""

_CODES: Mapping[LapseKind, str] = {"behind": BEHIND, "unserved": UNSERVED}
_TOLD: Mapping[LapseKind, str] = {"behind": "is behind in", "unserved": "does not serve"}
_OUTAGES = frozenset(
    {"WATCH-BLIND", "WATCH-GROUP-DOWN", "WATCH-DEVICE-DOWN", "WATCH-DEVICE-UNSEEN", "WATCH-BACKBONE-SPLIT"}
)
_SHOWN = 5  # names that a sentence lists before it counts
_MOST_SYMPTOMS = 100
_CROWD = 3  # zones of one server whose signatures end together: what signs them is dead
_GRAVE = timedelta(days=1)  # before signatures end


class Patience(NamedTuple):
    """How long what is wrong is not told: looks without an answer, seconds behind, hours until signatures end."""

    tries: int
    behind: float
    expiry_hours: float


class NamesRound(NamedTuple):
    """What is known of names at one moment.

    `flights` are targets that a change is in flight on: what it does to a server or a zone is not told.
    """

    ground: NamesGround
    state: NamesState
    flights: Collection[str]
    patience: Patience
    now: datetime


def with_names(found: Iterable[Cause], standings: Mapping[str, Standing], at: NamesRound) -> tuple[Cause, ...]:
    """The causes, and those of the name servers; a server that a cause explains is a symptom of it."""
    declared = {name: seen for name, seen in at.state.servers.items() if name in at.ground.servers}
    state = replace(at.state, servers=declared)
    causes, own = _of_servers(list(found), standings, at._replace(state=state))
    own += _lapses(at.ground, state, at.flights, stamp(at.now - timedelta(seconds=at.patience.behind)))
    own += _signatures(at.ground, state, at.now, timedelta(hours=at.patience.expiry_hours))
    return (*causes, *own)


def _of_servers(
    causes: list[Cause], standings: Mapping[str, Standing], at: NamesRound
) -> tuple[list[Cause], list[Cause]]:
    """The causes with the servers that they explain as symptoms, and a cause for each of the others."""
    servers = at.state.servers
    silent = [name for name, seen in servers.items() if not seen.answers and seen.tries >= at.patience.tries]
    places = {name: _explained(causes, at.ground, name, standings) for name in silent if name not in at.flights}
    if len(places) > 1 and len(places) == len(servers) and all(place is None for place in places.values()):
        return causes, [_all_silent(at.state, silent)]
    own = []
    for name, place in places.items():
        if place is None:
            own.append(_silent(at.ground, at.state, name))
        else:
            causes[place] = _with_symptom(causes[place], f"{name} {NAME_SERVER} {servers[name].why}")
    return causes, own


def _explained(causes: list[Cause], ground: NamesGround, server: str, standings: Mapping[str, Standing]) -> int | None:
    """The place of the cause that took the server's centre, where all routers of it are silent."""
    routers = ground.routers.get(ground.servers[server].centre, ())
    if not routers or any(name in standings and standings[name].state in ("up", "degraded") for name in routers):
        return None
    wanted = set(routers)
    return next(
        (place for place, cause in enumerate(causes) if cause.code in _OUTAGES and wanted & set(cause.targets)), None
    )


def _with_symptom(cause: Cause, symptom: str) -> Cause:
    return replace(cause, symptoms=tuple(sorted({*cause.symptoms, " ".join(symptom.split())})))


def _all_silent(state: NamesState, silent: list[str]) -> Cause:
    told = f"none of {len(silent)} name servers answers: {state.servers[silent[0]].why}"
    symptoms = tuple(f"{name} {NAME_SERVER} {state.servers[name].why}" for name in sorted(silent))
    return _cause("name-servers:", ALL_NAME_SERVERS, "reachability", "high", "name servers", told, symptoms)


def _silent(ground: NamesGround, state: NamesState, name: str) -> Cause:
    views = ground.servers[name].views
    others = {view for each, seen in state.servers.items() if seen.answers for view in ground.servers[each].views}
    left = [view for view in views if view not in others]
    told = f"does not answer questions about names: {state.servers[name].why}"
    told += f"; nobody else answers for view {', '.join(left)}" if left else ""
    severity: Severity = "high" if left else "medium"
    return _cause(f"name-server:{name}", NAME_SERVER, "reachability", severity, name, told)


def _lapses(ground: NamesGround, state: NamesState, flights: Collection[str], before: str) -> Iterator[Cause]:
    groups: dict[tuple[str, LapseKind], list[Lapse]] = defaultdict(list)
    for place, lapse in state.lapses.items():
        steps = (str(ZoneTargetName(place.zone, place.view, leaving)) for leaving in (False, True))
        in_flight = place.server in flights or any(step in flights for step in steps)
        if lapse.since <= before and not in_flight and place.server in ground.servers:
            groups[place.server, lapse.kind].append(lapse)
    for (server, kind), found in sorted(groups.items()):
        places = sorted((lapse.place for lapse in found), key=str)
        told = f"{_TOLD[kind]} {_count(len(places), 'zone')}: {_list(map(_zone, places))}"
        symptoms = tuple(_symptom(lapse) for lapse in sorted(found, key=lambda each: str(each.place))[:_MOST_SYMPTOMS])
        yield _cause(f"{kind}:{server}", _CODES[kind], "configuration", "medium", server, told, symptoms)


def _symptom(lapse: Lapse) -> str:
    said = f"behind since {_second(lapse.since)}" if lapse.kind == "behind" else lapse.why
    return " ".join(f"{lapse.place.server} {_CODES[lapse.kind]} {_zone(lapse.place)} {said}".split())


def _signatures(ground: NamesGround, state: NamesState, now: datetime, least: timedelta) -> Iterator[Cause]:
    ending = [
        each
        for of, each in sorted(state.signatures.items())
        if of in ground.organisations and (each.flaw or not each.expires or read_moment(each.expires) < now + least)
    ]
    if len(ending) > _CROWD:
        grave = any(_grave(each, now) for each in ending)
        told = f"signatures of {_count(len(ending), 'zone')} end soon or do not hold: "
        told += _list(f"{each.of.zone}@{each.of.view}" for each in ending)
        symptoms = tuple(f"{each.of.zone}@{each.of.view} {SIGNATURES} {_said(each)}" for each in ending)
        severity: Severity = "high" if grave else "medium"
        yield _cause("signatures:", SIGNATURES, "configuration", severity, "signing", told, symptoms[:_MOST_SYMPTOMS])
        return
    for each in ending:
        name = f"{each.of.zone}@{each.of.view}"
        cause = _cause(
            f"signatures:{name}",
            SIGNATURES,
            "configuration",
            "high" if _grave(each, now) else "medium",
            name,
            _said(each),
        )
        yield replace(cause, organisation=ground.organisations[each.of])


def _grave(each: ZoneSignatures, now: datetime) -> bool:
    return bool(each.flaw) or not each.expires or read_moment(each.expires) < now + _GRAVE


def _said(each: ZoneSignatures) -> str:
    if each.flaw:
        return f"does not hold for who validates: {each.flaw}"
    return (
        f"its first signature ends at {_second(each.expires)}" if each.expires else "is not signed, and declared to be"
    )


def _cause(  # noqa: PLR0917  a cause is all of these
    key: str,
    code: str,
    service: Service,
    severity: Severity,
    subject: str,
    detail: str,
    symptoms: tuple[str, ...] = (),
) -> Cause:
    return Cause(
        key=key,
        code=code,
        service=service,
        severity=severity,
        kind="service",
        subject=subject,
        organisation="",
        detail=" ".join(detail.split()),
        symptoms=symptoms,
        targets=(),
        places=(subject,),
    )


def _second(at: str) -> str:
    """A moment as people are told it."""
    return f"{at[:19]}Z"


def _zone(place: ZoneId) -> str:
    return f"{place.zone}@{place.view}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _list(names: Iterable[str]) -> str:
    found = list(names)
    return ", ".join(found[:_SHOWN]) + (f", … ({len(found)})" if len(found) > _SHOWN else "")

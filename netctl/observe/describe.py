"""A cause in words: its name, how bad it is, whose it is and what it is about. docs/problems.md has the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from netctl.model.plan import Severity
from netctl.model.problems import Cause, rank
from netctl.model.watch import Reason, Service, SubjectKind
from netctl.observe.blame import Blame
from netctl.observe.evidence import Evidence, Picture
from netctl.observe.topology import BACKBONE, Topology

_SHOWN = 5  # names that a sentence lists before it counts

# Of several reasons of one severity, the one that explains the others stands in front.
_FIRST = ("WATCH-PORT", "WATCH-VRRP", "WATCH-ISIS", "WATCH-BFD", "WATCH-BGP")


class Found(NamedTuple):
    """The key of a cause, every reason that belongs to it, and the routers that do not answer because of it."""

    key: str
    evidence: tuple[Evidence, ...]
    silent: tuple[str, ...]


class Round(NamedTuple):
    """What all descriptions of one round look at."""

    topology: Topology
    seen: Picture
    blamed: Blame
    shared: Mapping[str, tuple[str, ...]]  # carrier or risk → lines that are cut and have it, where there are several


class _Words(NamedTuple):
    code: str
    service: Service
    severity: Severity
    kind: SubjectKind
    subject: str
    detail: str
    organisation: str = ""
    places: tuple[str, ...] = ()


def describe(at: Round, found: Found) -> Cause:
    """The cause with this key."""
    kind, _, name = found.key.partition(":")
    words = _KINDS.get(kind, _of_device)(at, found, name)
    symptoms = tuple(sorted(map(str, found.evidence)))
    return Cause(
        key=found.key,
        code=words.code,
        service=words.service,
        severity=words.severity,
        kind=words.kind,
        subject=words.subject,
        organisation=words.organisation,
        detail=words.detail,
        symptoms=symptoms,
        targets=tuple(sorted({*(each.device for each in found.evidence), *found.silent})),
        places=words.places or (words.subject,),
    )


def _silent_device(at: Round, found: Found, name: str) -> _Words:
    topology, site = at.topology, at.topology.site_of[name]
    place = (name, site) if site else (name,)
    if name in at.seen.unseen:
        told = "does not answer netctl, but its neighbours still reach it"
        code, severity = "WATCH-DEVICE-UNSEEN", "low"
    else:
        alone = f"; site {site} runs on {topology.mate_of[name]} alone" if site else _without(found)
        told, code, severity = f"does not answer{alone}", "WATCH-DEVICE-DOWN", "medium"
    owner = topology.organisation_of[name]
    return _Words(code, "reachability", _severity(severity), "device", name, told, owner, place)


def _without(found: Found) -> str:
    others = {each.device for each in found.evidence} - set(found.silent)
    return f"; {_count(len(others), 'router')} lost their way to it" if others else ""


def _group(at: Round, found: Found, name: str) -> _Words:
    if name == BACKBONE:
        cut = sorted(line for line, key in at.blamed.of_line.items() if key == found.key)
        told = f"routers of the backbone do not reach each other: {_list(cut)} are cut"
        return _Words("WATCH-BACKBONE-SPLIT", "routing", "high", "group", BACKBONE, told + _sharing(at, cut))
    members = at.blamed.clusters[found.key]
    sites = sorted(site for site, key in at.blamed.of_site.items() if key == found.key)
    told = f"{_list(members)} do not answer"
    told += f"; {_count(len(sites), 'site')} cut off: {_list(sites)}" if sites else ""
    return _Words("WATCH-GROUP-DOWN", "reachability", "high", "group", ", ".join(members), told)


def _cut_off(at: Round, _found: Found, name: str) -> _Words:
    ways = at.blamed.blocked[name]
    told = f"no way to the backbone is left: {', '.join(way.why for way in ways)}"
    told += _sharing(at, [way.path.line for way in ways if way.path.line in at.seen.cut])
    owner = at.topology.organisation_of[ways[0].path.ce]
    return _Words("WATCH-SITE-CUT-OFF", "reachability", "high", "site", name, told, owner)


def _unseen_site(at: Round, found: Found, name: str) -> _Words:
    told = "neither router answers netctl, but the backbone still reaches them"
    owner = at.topology.organisation_of[found.silent[0]]
    return _Words("WATCH-SITE-UNSEEN", "reachability", "medium", "site", name, told, owner)


def _line(at: Round, found: Found, name: str) -> _Words:
    line = at.topology.lines[name]
    owner = at.topology.organisation_of[line.a] if line.site else ""
    place = (name, line.site) if line.site else (name,)
    if name not in at.seen.cut or not found.key.startswith("line:"):
        lead = _lead(found)
        return _Words(lead.code, lead.service, lead.severity, "line", name, _details(found), owner, place)
    told = f"between {line.a} and {line.b}, {line.carrier}"
    rest = [path.line for path in at.topology.paths.get(line.site, ()) if path.line != name]
    told += f"; site {line.site} runs on line {rest[0]} alone" if rest else ""
    told += _sharing(at, [name])
    return _Words("WATCH-LINE-DOWN", "lines", "medium", "line", name, told, owner, place)


def _pair(at: Round, found: Found, name: str) -> _Words:
    lead, site = _lead(found), name in at.topology.paths
    owner = at.topology.organisation_of[found.evidence[0].device] if site else ""
    kind: SubjectKind = "site" if site else "group"
    return _Words(lead.code, lead.service, lead.severity, kind, name, _details(found), owner)


def _session(at: Round, found: Found, name: str) -> _Words:
    one, _, other = name.partition("~")
    lead = _lead(found)
    told = f"with {other}: {_details(found)}"
    return _Words(lead.code, lead.service, lead.severity, "device", one, told, at.topology.organisation_of[one])


def _time(at: Round, found: Found, name: str) -> _Words:
    sources = at.topology.clocks[found.evidence[0].device]
    told = f"{_count(len({each.device for each in found.evidence}), 'router')} lost the time of {_list(sources)}"
    return _Words("WATCH-TIME-SOURCE", "time", "medium", "service", name, told)


def _blind(_at: Round, found: Found, name: str) -> _Words:
    told = f"none of {_count(len(found.silent), 'router')} answers: look at netctl's own way to them first"
    return _Words("WATCH-BLIND", "reachability", "high", "service", name, told)


def _of_device(at: Round, found: Found, name: str) -> _Words:
    lead, site = _lead(found), at.topology.site_of[name]
    place = (name, site) if site else (name,)
    owner = at.topology.organisation_of[name]
    return _Words(lead.code, lead.service, lead.severity, "device", name, _details(found), owner, place)


_KINDS: Mapping[str, Callable[[Round, Found, str], _Words]] = {
    "device": _silent_device,
    "group": _group,
    "site": _cut_off,
    "unseen": _unseen_site,
    "line": _line,
    "errors": _line,
    "pair": _pair,
    "version": _pair,
    "session": _session,
    "time": _time,
    "blind": _blind,
}


def _lead(found: Found) -> Reason:
    """The reason that names the cause."""

    def weight(reason: Reason) -> tuple[int, int, str, str]:
        place = _FIRST.index(reason.code) if reason.code in _FIRST else len(_FIRST)
        return rank(reason.severity), place, reason.code, reason.subject

    return min((each.reason for each in found.evidence), key=weight)


def _details(found: Found) -> str:
    """What the leading kind of reason says, of every router and port."""
    code = _lead(found).code
    many = len({each.device for each in found.evidence}) > 1
    said = sorted(
        " ".join(f"{each.device if many else ''} {each.reason.subject} {each.reason.detail}".split())
        for each in found.evidence
        if each.reason.code == code
    )
    return _list(dict.fromkeys(said), "; ")


def _sharing(at: Round, lines: list[str]) -> str:
    """What these lines have in common with others that are cut: a carrier, a duct, a building."""
    told = []
    for what, those in at.shared.items():
        if set(lines) & set(those):
            told.append(f"; {len(those)} lines of {what} are cut: {_list(those)}")
    return "".join(told)


def shared(topology: Topology, cut: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Carriers and risks that several cut lines have in common."""
    found: dict[str, list[str]] = {}
    for name in sorted(cut):
        line = topology.lines[name]
        for what in (*sorted(line.risk), line.carrier):
            found.setdefault(what, []).append(name)
    return {what: tuple(names) for what, names in found.items() if len(names) > 1}


def _severity(word: str) -> Severity:
    return "low" if word == "low" else "medium"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _list(names: object, joint: str = ", ") -> str:
    found = list(names) if isinstance(names, (tuple, list, dict)) else []
    return joint.join(found[:_SHOWN]) + (f"{joint}… ({len(found)})" if len(found) > _SHOWN else "")

"""Who is to blame: which dead routers, sites and lines are causes of their own, and which only follow from others.

Dead routers of the backbone that are one redundancy group, or without which together a site has no way left, are one
cause. A site that has no way left is one cause, unless it is cut off by such routers alone: then it follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from netctl.observe.evidence import Picture
from netctl.observe.topology import BACKBONE, Path, Topology

SPLIT = f"group:{BACKBONE}"
BLIND = "blind:netctl"


class Blocked(NamedTuple):
    """One way of a site that leads nowhere, and the dead core it ends at, "" where the site's own half is broken."""

    path: Path
    why: str
    core: str


@dataclass(slots=True)
class Blame:
    """Keys of causes by what they explain."""

    of_device: dict[str, str] = field(default_factory=dict)  # routers that do not answer
    of_line: dict[str, str] = field(default_factory=dict)  # lines that are cut
    of_site: dict[str, str] = field(default_factory=dict)  # sites without a way to the backbone
    clusters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # key → dead routers of the backbone
    blocked: dict[str, tuple[Blocked, ...]] = field(default_factory=dict)  # site → its ways, where some lead nowhere


def blame(topology: Topology, picture: Picture) -> Blame:
    """The keys of everything that is broken."""
    result = Blame()
    if picture.blind:
        result.of_device = dict.fromkeys(picture.dead, BLIND)
        return result
    result.blocked = dict(_blocked(topology, picture))
    cut_off = {site: ways for site, ways in result.blocked.items() if len(ways) == len(topology.paths[site])}
    _blame_backbone(topology, picture, result, cut_off)
    for site, ways in cut_off.items():
        result.of_site[site] = result.of_device[ways[0].core] if all(way.core for way in ways) else f"site:{site}"
    _blame_lines(topology, picture, result)
    _blame_silent(topology, picture, result)
    return result


def _blocked(topology: Topology, picture: Picture) -> Iterator[tuple[str, tuple[Blocked, ...]]]:
    """Sites with a way that leads nowhere; only those that something broken can concern are looked at."""
    sites = {topology.site_of[name] for name in picture.dead} | {topology.lines[line].site for line in picture.cut}
    if any(not topology.site_of[name] for name in picture.dead):
        sites |= topology.paths.keys()
    for site in sorted(sites - {""}):
        ways = tuple(way for path in topology.paths[site] if (way := _way(path, picture)))
        if ways:
            yield site, ways


def _way(path: Path, picture: Picture) -> Blocked | None:
    if path.core in picture.dead:
        return Blocked(path, f"{path.core} is down", path.core)
    if path.ce in picture.dead:
        return Blocked(path, f"{path.ce} does not answer", "")
    if path.line in picture.cut:
        return Blocked(path, f"line {path.line} is cut", "")
    return None


def _blame_backbone(
    topology: Topology, picture: Picture, result: Blame, cut_off: dict[str, tuple[Blocked, ...]]
) -> None:
    dead = sorted(name for name in picture.dead if not topology.site_of[name])
    ties = [(name, topology.mate_of[name]) for name in dead if topology.mate_of[name] in picture.dead]
    for ways in cut_off.values():
        cores = [way.core for way in ways]
        ties += [(cores[0], core) for core in cores[1:] if all(cores)]
    for names in _clusters(dead, ties):
        key = f"device:{names[0]}" if len(names) == 1 else f"group:{names[0]}"
        result.clusters[key] = names
        result.of_device.update(dict.fromkeys(names, key))


def _clusters(names: list[str], ties: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    """`names` (sorted), together where ties lead from one to another."""
    leader = {name: name for name in names}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for one, other in ties:
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    members: dict[str, list[str]] = {}
    for name in names:
        members.setdefault(find(name), []).append(name)
    return [tuple(each) for each in members.values()]


def _blame_lines(topology: Topology, picture: Picture, result: Blame) -> None:
    split = parted(topology, picture)
    for line in sorted(picture.cut):
        site = topology.lines[line].site
        own = result.of_site.get(site) if site else SPLIT if split else None
        result.of_line[line] = own or f"line:{line}"


def _blame_silent(topology: Topology, picture: Picture, result: Blame) -> None:
    """A router that is only not seen follows from what cuts its line; else it is a cause of its own."""
    for name in sorted((picture.dead | picture.unseen) - result.of_device.keys()):
        site = topology.site_of[name]
        keys = [result.of_site.get(site, "")]
        if name in picture.unseen:
            for path in topology.paths.get(site, ()):
                if path.ce == name:
                    keys += [result.of_device.get(path.core, ""), result.of_line.get(path.line, "")]
            if not any(keys) and site and all(path.ce in picture.unseen for path in topology.paths[site]):
                keys.append(f"unseen:{site}")
        result.of_device[name] = next(filter(None, keys), f"device:{name}")


def parted(topology: Topology, picture: Picture) -> bool:
    """True where cut lines keep living routers of the backbone from each other."""
    links = [line for line in topology.lines.values() if line.kind == "backbone" and line.id not in picture.cut]
    if not any(topology.lines[line].kind == "backbone" for line in picture.cut):
        return False
    living = [name for name in topology.backbone() if name not in picture.dead]
    reached, waiting = set(living[:1]), living[:1]
    while waiting:
        here = waiting.pop()
        for line in links:
            if here in (line.a, line.b) and (far := line.far(here)) not in reached and far not in picture.dead:
                reached.add(far)
                waiting.append(far)
    return len(reached) < len(living)

"""Which line of the inventory a line of a configuration says again: by the values that stand in both.

Addresses, names and numbers of a router follow from what was declared; every one of them is kept here with the place of
the object it follows from. A line whose values nobody declared has no origin, and that is said rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from netctl.control.network.atlas import Atlas
from netctl.inventory.settled import Fact, settled
from netctl.model.intent import Interface, Neighbour, RouterIntent
from netctl.model.network import AccessLine, Device, Network, Source
from netctl.services.routing.filters import OWN_SITE, site_list_name
from netctl.services.routing.ports import access_port
from netctl.services.routing.sessions import FAMILIES

__all__ = ["Fact", "Origins"]

MOST = 3  # places told of one line

_WORD = re.compile(r"[^\s\"'\[\](){}<>;,]+")
_SMALL = re.compile(r"[0-9]{1,4}\Z")


class Origins:
    """The declared facts of one router; `of` a line gives those whose values it holds."""

    def __init__(self, root: Path, atlas: Atlas, device: str) -> None:
        self._by_value: dict[str, Fact] = {}
        self._small: list[Fact] = []  # numbers that mean something only beside their name
        self._phrases: list[Fact] = []
        found = atlas.network.devices[device]
        for fact in (*_derived(atlas, found), *settled(root, atlas.network, found)):
            if _SMALL.match(fact.value):
                self._small.append(fact)
            elif " " in fact.value:
                self._phrases.append(fact)
            elif fact.value:
                self._by_value.setdefault(fact.value, fact)

    def of(self, line: str) -> tuple[Fact, ...]:
        """The facts a line holds, each place once, in the order they stand there; empty where none is known."""
        words = _WORD.findall(line)
        found = [fact for fact in self._phrases if fact.value in line]
        for word in words:
            _, _, after = word.partition("=")
            for value in (word, word.partition("/")[0], after, after.partition("/")[0]):
                if value in self._by_value:
                    found.append(self._by_value[value])
                    break
            else:
                found += [fact for fact in self._small if fact.value == word and _named(fact, line)]
        places = {fact.source: fact for fact in reversed(found)}
        return tuple(fact for fact in dict.fromkeys(found) if places[fact.source] is fact)[:MOST]


def _named(fact: Fact, line: str) -> bool:
    """True where the line also says what the number is: `mtu 1500`, and not any 1500."""
    return all(part in line for part in fact.what.rpartition(".")[2].split("_"))


def _derived(atlas: Atlas, device: Device) -> Iterator[Fact]:
    """What follows from the router itself, its lines, its mate and its far ends; the nearest first."""
    network, intent = atlas.network, atlas.intent(device.name)
    lines = _lines(network, device)
    for port in intent.interfaces:
        yield from _port(network, device, port, lines)
    for neighbour in intent.neighbours:
        yield from _neighbour(network, neighbour, lines)
    yield Fact(device.name, "router", device.source)
    yield Fact(device.management_address, "router", device.source)
    yield Fact(intent.router_id, "router", device.source)
    if intent.igp is not None:
        yield Fact(intent.igp.net, "router", device.source)
    source, what = _place(network, device)
    yield from (Fact(prefix, what, source) for prefix in intent.originated)
    if device.site:
        yield Fact(str(intent.asn), what, source)
    yield from _site_lists(network, intent, lines)


def _site_lists(network: Network, intent: RouterIntent, lines: dict[str, AccessLine]) -> Iterator[Fact]:
    """What a core accepts from each site, and a site's own: as many lists as families."""
    if intent.role == "ce":
        named = {OWN_SITE[family]: network.sites[network.devices[intent.device].site] for family in FAMILIES}
    else:
        sites = {line.site for line in lines.values()}
        named = {site_list_name(site, family): network.sites[site] for site in sites for family in FAMILIES}
    for each in intent.prefix_lists:
        site = named.get(each.name)
        if site is not None:
            yield Fact(each.name, f"site {site.id}", site.source)
            yield from (Fact(rule.prefix, f"site {site.id}", site.source) for rule in each.rules)


def _place(network: Network, device: Device) -> tuple[Source, str]:
    if device.site:
        return network.sites[device.site].source, f"site {device.site}"
    return network.centres[device.centre].source, f"centre {device.centre}"


def _lines(network: Network, device: Device) -> dict[str, AccessLine]:
    """The access lines of a router by port and by the router at the far end."""
    if device.role == "ce":
        mine = [line for line in network.sites[device.site].lines if line.ce == device.name]
        return {key: line for line in mine for key in ("wan0", line.core)}
    found = {}
    for site in network.sites.values() if device.role == "core" else ():
        for line in site.lines:
            if line.core == device.name:
                found[access_port(line, site.number)] = found[line.ce] = line
    return found


def _port(network: Network, device: Device, port: Interface, lines: dict[str, AccessLine]) -> Iterator[Fact]:
    what, source = f"router {device.name}", device.source
    if port.name in lines:
        line = lines[port.name]
        what, source = f"line {line.site}:{line.position}", line.source
    for link in network.backbone if port.kind == "backbone" else ():
        if link.id == port.name:
            what, source = f"line {link.id}", link.source
    if port.kind == "lan":
        source, what = _place(network, device)
    for address in (*port.v6, *port.v4):
        yield Fact(address, what, source)
        yield Fact(address.partition("/")[0], what, source)
    for group in port.vrrp:
        yield Fact(group.virtual_address, what, source)
    if port.kind not in {"loopback", "management"}:
        yield Fact(port.name, what, source)
        yield Fact(port.description, what, source)


def _neighbour(network: Network, session: Neighbour, lines: dict[str, AccessLine]) -> Iterator[Fact]:
    far = network.devices.get(session.description)
    if session.kind == "access" and session.description in lines:
        line = lines[session.description]
        yield Fact(session.address, f"line {line.site}:{line.position}", line.source)
    elif far is not None:
        yield Fact(session.address, f"router {far.name}", far.source)
    if far is not None:
        yield Fact(far.name, f"router {far.name}", far.source)

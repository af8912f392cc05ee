"""The backbone: links between known routers, connected, and still connected when any one router is gone."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping

from netctl.inventory import files
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import Problem
from netctl.inventory.rules.inventory import Inventory

_TAKEN = re.compile(r"lo|mgmt[0-9]*|wan[0-9]*|lan[0-9]*|dc[0-9]*|ac[0-9]+p[0-9]+|eth[0-9]+|all|default")
_LONGEST = 15  # octets of an interface's name in Linux, IFNAMSIZ - 1


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything wrong with the backbone."""
    if not inventory.knows(files.BACKBONE, files.CENTRES):
        return
    complete = yield from _links(inventory)
    if complete and inventory.backbone_routers:
        yield from _connected(inventory)


def _links(inventory: Inventory) -> Generator[Problem, None, bool]:
    routers, carriers = inventory.backbone_routers, inventory.declared.carriers
    complete = True
    for name, link in inventory.declared.backbone.items():
        if len(name) > _LONGEST or _TAKEN.fullmatch(name):
            message = f"{name!r} cannot be the name of a port"
            hint = f"{_LONGEST} characters at most, and none of lo, mgmt0, wan0, lan0, dc0, ac1p1"
            yield Problem("NETCTL-E0110", files.BACKBONE, (name,), name, message, hint)
        for end, router in (("a", link.a), ("b", link.b)):
            if router is None:
                complete = False
            elif router not in routers:
                complete = False
                message = f"no core or border router is named {router!r}"
                yield Problem(
                    "NETCTL-E0111", files.BACKBONE, (name, end), router, message, did_you_mean(router, routers)
                )
        if link.a is not None and link.a == link.b:
            message = f"both ends are {link.a}"
            yield Problem("NETCTL-E0137", files.BACKBONE, (name, "b"), link.b, message, "a link joins two routers")
        if link.carrier is not None and link.carrier not in carriers and inventory.knows(files.CARRIERS):
            message = f"no carrier is named {link.carrier!r}"
            hint = did_you_mean(link.carrier, carriers)
            yield Problem("NETCTL-E0111", files.BACKBONE, (name, "carrier"), link.carrier, message, hint)
    return complete


def _connected(inventory: Inventory) -> Iterator[Problem]:
    neighbours: dict[str, set[str]] = {name: set() for name in inventory.backbone_routers}
    for link in inventory.declared.backbone.values():
        neighbours[link.a].add(link.b)
        neighbours[link.b].add(link.a)
    apart = _unreached(neighbours, "")
    if apart:
        names = ", ".join(apart)
        message = f"no path of backbone links leads to {names}"
        yield Problem("NETCTL-E0135", files.BACKBONE, (), names, message, "every router needs two links")
        return
    for gone in neighbours:
        apart = _unreached(neighbours, gone)
        if apart:
            names = ", ".join(apart)
            message = f"without {gone}, nothing leads to {names}"
            yield Problem("NETCTL-E0136", files.BACKBONE, (), gone, message, "add a link around it")


def _unreached(neighbours: Mapping[str, set[str]], gone: str) -> list[str]:
    """Routers that the first one does not reach when `gone` is gone; the smaller part, by name."""
    rest = [name for name in neighbours if name != gone]
    if not rest:
        return []
    seen, waiting = {rest[0]}, [rest[0]]
    while waiting:
        for name in neighbours[waiting.pop()]:
            if name != gone and name not in seen:
                seen.add(name)
                waiting.append(name)
    apart = [name for name in rest if name not in seen]
    return min(apart, sorted(seen), key=len)

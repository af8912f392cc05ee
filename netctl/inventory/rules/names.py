"""Names and numbers: each names one thing, and a router's name can be a hostname."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from netctl.inventory import files
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import KeyPath, Problem
from netctl.inventory.resolve import router_name
from netctl.inventory.rules.inventory import Inventory, named

LONGEST_HOSTNAME = 63

Place = tuple[str, KeyPath]


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Every name and number that is used twice or cannot be used, and host keys of routers that do not exist."""
    declared = inventory.declared
    yield from _numbers(
        "site", ((body.number, (site_file(name), ("number",))) for name, body in inventory.sites.items())
    )
    yield from _numbers(
        "centre", ((body.number, (files.CENTRES, (name, "number"))) for name, body in declared.centres.items())
    )
    yield from _numbers(
        "link", ((body.number, (files.BACKBONE, (name, "number"))) for name, body in declared.backbone.items())
    )
    yield from _group_names(inventory)
    routers = yield from _router_names(inventory)
    if inventory.knows(files.CENTRES, files.SITES) and not any(
        file.startswith(files.SITES) for file in inventory.misread
    ):
        for name in declared.host_keys:
            if name not in routers:
                message = f"no router is named {name!r}"
                hint = did_you_mean(name, routers) or "remove the key of a router that is gone"
                yield Problem("NETCTL-E0111", files.HOST_KEYS, (name,), name, message, hint)


def site_file(name: str) -> str:
    """Where a site is declared."""
    return f"{files.SITES}/{name}.yaml"


def _numbers(what: str, numbered: Iterable[tuple[int | None, Place]]) -> Iterator[Problem]:
    seen: dict[int, Place] = {}
    for number, (file, at) in numbered:
        if number is None:
            continue
        first = seen.setdefault(number, (file, at))
        if first != (file, at):
            other = f"{first[0]}" if first[0] != file else str(first[1][0])
            message = f"{what} number {number} belongs to {other} already"
            yield Problem("NETCTL-E0113", file, at, number, message, "addresses follow from it: choose a free one")


def _group_names(inventory: Inventory) -> Iterator[Problem]:
    """Sites, centres and further core pairs are redundancy groups and share one space of names."""
    taken = {"border": "the border routers"}
    for name, body in inventory.declared.centres.items():
        if name == "border":
            yield Problem("NETCTL-E0112", files.CENTRES, (name,), name, "'border' names the border routers already")
        taken |= {f"{name}-{index}": f"core pair {index} of {name}" for index in range(2, len(body.cores or ()) + 1)}
        taken[name] = f"a centre in {files.CENTRES}"
    for name in inventory.sites:
        if name in taken:
            message = f"{name!r} names {taken[name]} already"
            yield Problem("NETCTL-E0112", site_file(name), (), name, message, "rename the site's file")


def _router_names(inventory: Inventory) -> Generator[Problem, None, dict[str, Place]]:
    seen: dict[str, Place] = {}
    for name, place in _routers(inventory):
        first = seen.setdefault(name, place)
        if first is not place:
            message = f"a router is named {name} already, in {first[0]}"
            yield Problem("NETCTL-E0112", *place, name, message, "every router has a name of its own")
        if len(name) > LONGEST_HOSTNAME:
            message = f"{name} has {len(name)} characters: a hostname has {LONGEST_HOSTNAME} at most (RFC 1123)"
            yield Problem("NETCTL-E0115", *place, name, message, "shorten the site's or the router's name")
    return seen


def _routers(inventory: Inventory) -> Iterator[tuple[str, Place]]:
    for _, _, name, at in inventory.backbone_places():
        yield name, (files.CENTRES, at)
    for site, body in inventory.sites.items():
        file = site_file(site)
        for index, router in enumerate(body.routers or ()):
            if named(router):
                yield f"{site}-{router_name(router)}", (file, ("routers", index))

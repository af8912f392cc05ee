"""Names and numbers: each names one thing, and a router's name can be a hostname."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from netctl.inventory import files
from netctl.inventory.declared import router_name
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import KeyPath, Problem
from netctl.inventory.rules.inventory import Inventory, named
from netctl.model.network import Network, Site

LONGEST_HOSTNAME = 63

Place = tuple[str, KeyPath]


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Every name and number that is used twice or cannot be used, and host keys of routers that do not exist."""
    yield from unique(inventory)
    yield from _host_keys(inventory)


def unique(inventory: Inventory) -> Iterator[Problem]:
    """Every name and number that is used twice, and names that cannot be a hostname."""
    declared = inventory.declared
    sites = ((body.number, (site_file(name), ("number",))) for name, body in inventory.sites.items())
    centres = ((body.number, (files.CENTRES, (name, "number"))) for name, body in declared.centres.items())
    links = ((body.number, (files.BACKBONE, (name, "number"))) for name, body in declared.backbone.items())
    yield from _numbers("site", sites)
    yield from _numbers("centre", centres)
    yield from _numbers("link", links)
    yield from _group_names(inventory)
    yield from _router_names(inventory)


def _host_keys(inventory: Inventory) -> Iterator[Problem]:
    misread_site = any(file.startswith(files.SITES) for file in inventory.misread)
    if misread_site or files.CENTRES in inventory.misread:
        return  # which routers there are is not known yet
    routers = {name for name, _ in _routers(inventory)}
    for name in inventory.declared.host_keys:
        if name not in routers:
            message = f"no router is named {name!r}"
            hint = did_you_mean(name, routers) or "remove the key of a router that is gone"
            yield Problem("NETCTL-E0111", files.HOST_KEYS, (name,), name, message, hint)


def beside(inventory: Inventory, network: Network, kept: Mapping[str, Site]) -> Iterator[Problem]:
    """Names and numbers of the sites in `inventory` that belong to one of the `kept` sites already."""
    numbers = {site.number for site in kept.values()}
    routers = {name for site in kept.values() for name in site.devices}
    for name, body in inventory.sites.items():
        if body.number in numbers:
            yield Problem("NETCTL-E0113", site_file(name), ("number",), body.number, "a number used twice")
    for name, (file, at) in _routers(inventory):
        if name in routers:
            yield Problem("NETCTL-E0112", file, at, name, "a name used twice")
    gone = set(network.devices) - routers - {name for name, _ in _routers(inventory)} - set(inventory.backbone_routers)
    for name in inventory.declared.host_keys.keys() & gone:
        yield Problem("NETCTL-E0111", files.HOST_KEYS, (name,), name, "the key of a router that is gone")


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


def _router_names(inventory: Inventory) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for name, place in _routers(inventory):
        first = seen.setdefault(name, place)
        if first is not place:
            message = f"a router is named {name} already, in {first[0]}"
            yield Problem("NETCTL-E0112", *place, name, message, "every router has a name of its own")
        if len(name) > LONGEST_HOSTNAME:
            message = f"{name} has {len(name)} characters: a hostname has {LONGEST_HOSTNAME} at most (RFC 1123)"
            yield Problem("NETCTL-E0115", *place, name, message, "shorten the site's or the router's name")


def _routers(inventory: Inventory) -> Iterator[tuple[str, Place]]:
    for _, _, name, at in inventory.backbone_places():
        yield name, (files.CENTRES, at)
    for site, body in inventory.sites.items():
        file = site_file(site)
        for index, router in enumerate(body.routers or ()):
            if named(router):
                yield f"{site}-{router_name(router)}", (file, ("routers", index))

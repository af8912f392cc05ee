"""Networks for tests: the reference network, and the same grown to any number of sites without files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from netctl.inventory import load
from netctl.model.network import Network, RedundancyGroup

ROOT = Path(__file__).parent.parent


@cache
def reference() -> Network:
    """The reference network as declared; treat as read-only."""
    return load(ROOT)


def grown(numbers: tuple[int, ...]) -> Network:
    """The reference backbone with one site for each number, all like rivers-hq."""
    network = reference()
    pattern = network.sites["rivers-hq"]
    routers = [network.devices[name] for name in pattern.devices]
    sites, devices = {}, {name: device for name, device in network.devices.items() if device.role != "ce"}
    groups = {name: group for name, group in network.groups.items() if group.kind != "site"}
    for number in numbers:
        name = f"site-{number}"
        names = (f"{name}-r1", f"{name}-r2")
        cores = (f"core-main-{1 + number % 2}", f"core-backup-{1 + number % 2}")
        lines = tuple(
            replace(line, site=name, ce=ce, core=core)
            for line, ce, core in zip(pattern.lines, names, cores, strict=True)
        )
        sites[name] = replace(pattern, id=name, number=number, devices=names, lines=lines)
        for position, (router, ce) in enumerate(zip(routers, names, strict=True)):
            host = 2 * number + position
            management = f"3fff:600::3:{host >> 16:x}:{host & 0xFFFF:x}"
            devices[ce] = replace(
                router, name=ce, site=name, number=2 * number + position, management_address=management
            )
        groups[name] = RedundancyGroup(name, "site", names)
    addresses = replace(
        network.addresses,
        sites_v4="10.0.0.0/12",
        access_v4="10.16.0.0/14",
        loopbacks_v4="10.32.0.0/12",
        aggregate_v4=("10.0.0.0/12", "198.51.100.128/25"),
    )
    return replace(network, addresses=addresses, sites=sites, devices=devices, groups=groups)

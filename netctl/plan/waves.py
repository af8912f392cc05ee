"""The order of a rollout: one site first, then more at a time, then the borders, then the centres one by one.

Before the routers come the name servers and what leaves zones; after them all that comes into zones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from netctl.model.network import Network, RedundancyGroup
from netctl.model.plan import TargetPlan, Wave

_Groups = Sequence[tuple[str, tuple[str, ...]]]
_Targets = Sequence[TargetPlan]

LARGEST_WAVE = 64  # groups; beyond it a wave is no longer something a person can follow


def order_waves(network: Network, changed: Collection[str]) -> tuple[Wave, ...]:
    """Waves over the redundancy groups of `changed`; every changed target is in exactly one.

    The canary is one site alone. Waves of sites then double up to `LARGEST_WAVE`. Borders follow, and the centres come
    last, each pair of cores in a wave of its own and the backup centre before the main one: never both centres at once.
    Within a group the member that carries less traffic (position 2) goes first.
    """
    touched: dict[str, RedundancyGroup] = {}
    for name in changed:
        group = network.group_of(name)
        touched[group.id] = group
    sites = sorted((g for g in touched.values() if g.kind == "site"), key=lambda g: network.sites[g.id].number)
    borders = [g for g in touched.values() if g.kind == "border"]
    centres = sorted((g for g in touched.values() if g.kind == "centre"), key=lambda g: _centre_order(network, g))
    batches = [*_growing(sites), *([borders] if borders else []), *([centre] for centre in centres)]
    return tuple(
        Wave(number, tuple((group.id, _members(network, group, changed)) for group in batch))
        for number, batch in enumerate(batches, start=1)
    )


def order_all(
    servers: Iterable[TargetPlan], leaving: _Targets, routers: Iterable[Wave], coming: _Targets, catalogs: _Targets
) -> tuple[Wave, ...]:
    """Waves over all targets of a plan; every one is in exactly one.

    `servers` are in their order: a wave for each role, in which one changes after the other. `leaving` comes before the
    waves of `routers`, `coming` after them, both deepest zones first: a zone is there before the one above leads to it.
    `catalogs` come before `coming`: a secondary that reads them is told of a zone first, only then can it be seen to
    serve what comes into it.
    """
    roles: dict[str, list[str]] = {}
    for server in servers:
        roles.setdefault(server.group, []).append(server.target)
    batches: list[_Groups] = [[(group, tuple(names))] for group, names in roles.items()]
    batches += _chunks(leaving)
    batches += [wave.groups for wave in routers]
    batches += [*_chunks(catalogs), *_chunks(coming)]
    return tuple(Wave(number, tuple(batch)) for number, batch in enumerate(batches, start=1))


def _chunks(zones: _Targets) -> Iterator[_Groups]:
    ordered = sorted(zones, key=lambda each: (-each.group.partition("@")[0].count("."), each.group))
    for start in range(0, len(ordered), LARGEST_WAVE):
        yield [(each.group, (each.target,)) for each in ordered[start : start + LARGEST_WAVE]]


def _growing(sites: list[RedundancyGroup]) -> Iterator[list[RedundancyGroup]]:
    start, size = 0, 1
    while start < len(sites):
        yield sites[start : start + size]
        start += size
        size = min(size * 2, LARGEST_WAVE)


def _centre_order(network: Network, group: RedundancyGroup) -> tuple[bool, str]:
    centre = network.centres[network.devices[group.members[0]].centre]
    return (centre.standing == "main", group.id)


def _members(network: Network, group: RedundancyGroup, changed: Collection[str]) -> tuple[str, ...]:
    ordered = sorted(group.members, key=lambda name: -network.devices[name].position)
    return tuple(name for name in ordered if name in changed)

"""The way back of zones: the inverse of what a change wrote, from what the zones hold now. Pure.

What came last goes first. A zone that changed in two steps goes back in two: what had left returns at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from netctl.devices.nameserver.notes import touched_by
from netctl.errors import ZoneHeldByAnother
from netctl.model.places import ZoneTargetName, zone_target
from netctl.model.plan import Plan, TargetKind, TargetPlan, Wave
from netctl.plan.zonepart import change_of, changed, content_digest, holds_after, holds_before, zone_part
from netctl.zones import names
from netctl.zones.data import SOA, ZoneData
from netctl.zones.difference import ZoneDifference, diff_lines
from netctl.zones.records import type_text


def zones_back(plan: Plan, done: Collection[str], held: Mapping[str, ZoneData]) -> Iterator[TargetPlan]:
    """The shares of the zones that `done` names, by what they hold now; a zone that is back already has none.

    `held` is by redundancy group. Raises `ZoneHeldByAnother` where somebody else changed the same names since.
    """
    for group, data in held.items():
        now = data
        steps = [each for each in plan.targets if each.kind == "zone" and each.group == group and each.target in done]
        for share in sorted(steps, key=lambda each: _named(each).leaving):
            change = change_of(share, names.wire(_named(share).zone))
            if holds_before(now, change):
                continue
            if not holds_after(now, change):
                raise ZoneHeldByAnother(f"somebody else changed {_others(now, change)}", where=share.target)
            back = change.taken_back()
            yield replace(share, running_digest=content_digest(now), intended=(zone_part(back),), diff=diff_lines(back))
            now = changed(now, back)


def waves_back(plan: Plan, wanted: Collection[str]) -> tuple[Wave, ...]:
    """Waves over these targets: names that came go first, then routers in their own order.

    What had left, and name servers, return at the end, in the opposite order.
    """
    kinds: dict[str, TargetKind] = {each.target: each.kind for each in plan.targets}
    leaving = {each.target for each in plan.targets if each.kind == "zone" and _named(each).leaving}
    routers = {name for name, kind in kinds.items() if kind == "router"}
    servers = {name for name, kind in kinds.items() if kind == "server"}
    came = kinds.keys() - routers - servers - leaving
    batches = [
        *_batches(reversed(plan.waves), came & set(wanted)),
        *_batches(plan.waves, routers & set(wanted)),
        *_batches(reversed(plan.waves), leaving & set(wanted)),
        *_batches(reversed(plan.waves), servers & set(wanted), backwards=True),
    ]
    return tuple(Wave(number, batch) for number, batch in enumerate(batches, 1))


def _batches(
    waves: Iterable[Wave], wanted: Collection[str], *, backwards: bool = False
) -> Iterator[tuple[tuple[str, tuple[str, ...]], ...]]:
    for wave in waves:
        groups = [(group, tuple(name for name in members if name in wanted)) for group, members in wave.groups]
        left = tuple((group, members[::-1] if backwards else members) for group, members in groups if members)
        if left:
            yield left


def _others(data: ZoneData, change: ZoneDifference) -> str:
    """The RRsets that hold neither what was before nor what the change wrote."""
    found = [
        f"{names.relative(owner, data.origin)} {type_text(kind)}"
        for (owner, kind), (_, after) in touched_by(change).items()
        if kind != SOA and data.rrsets.get((owner, kind)) != after
    ]
    return ", ".join(found[:3]) or "its SOA"


def _named(share: TargetPlan) -> ZoneTargetName:
    return cast("ZoneTargetName", zone_target(share.target))

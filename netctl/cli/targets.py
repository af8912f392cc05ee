"""What a plan's targets are called on a terminal, and how many there are of which kind."""

from __future__ import annotations

from netctl.model.counts import TargetCount
from netctl.model.places import read_as_prefix, zone_target


def counted(count: TargetCount) -> str:
    """``3 routers, 1 name server and 2 zones``; what there is none of is not said."""
    kinds = (("router", count.routers), ("name server", count.servers), ("zone", count.zones))
    said = [f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in kinds if number]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:]))) or "nothing"


def called(target: str) -> str:
    """A target's name; a zone with its view, and whether it is what goes first."""
    zone = zone_target(target)
    if zone is None:
        return target
    return f"{read_as_prefix(zone.zone)} ({zone.view}){': names that go first' if zone.leaving else ''}"

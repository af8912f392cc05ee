"""Zones as targets of a plan: what each would hold, in one step or in two, and the lines that people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.writing import prepare
from netctl.errors import NetctlError
from netctl.model.places import ZoneTargetName
from netctl.model.plan import TargetPlan
from netctl.plan.leaving import Moving, Steps, in_two_steps
from netctl.plan.zonepart import changed, content_digest, zone_part
from netctl.services.dns.intended import Intended
from netctl.services.dns.lines import lines_with_origins
from netctl.services.dns.origins import Places
from netctl.services.dns.rules.limits import LimitExceeded
from netctl.zones.data import Name, ZoneData
from netctl.zones.difference import ZoneDifference
from netctl.zones.embedded import AAAA, NS, A
from netctl.zones.names import is_under, text


@dataclass(frozen=True, slots=True)
class ZoneShare:
    """One zone of one view that differs.

    `running` is what it holds, or will hold as soon as its server is configured: then it is `fresh`. A `catalog` is
    netctl's own. `refused` says why it may not become what is declared; `limits` are those of the policy that its
    difference is beyond, `allowed` whether the plan says that it may be.
    """

    place: ZonePlace
    intended: Intended
    running: ZoneData
    change: ZoneDifference
    fresh: bool = False
    catalog: bool = False
    refused: str = ""
    limits: tuple[LimitExceeded, ...] = ()
    allowed: bool = False

    @property
    def name(self) -> ZoneTargetName:
        """What it is called in plans, where it comes in one step."""
        return ZoneTargetName(self.place.zone, self.intended.view)


class ZoneTargets(NamedTuple):
    """The targets of one zone: what leaves before the routers, and the rest; one at least. `refused` as its share's."""

    share: ZoneShare
    leaving: TargetPlan | None
    rest: TargetPlan | None
    refused: str

    @property
    def name(self) -> str:
        """The target that a finding about the zone is about."""
        found = self.rest or self.leaving
        return found.target if found else str(self.share.name)


def zone_targets(shares: Sequence[ZoneShare], places: Places, *, routers: bool) -> tuple[ZoneTargets, ...]:
    """Every zone's targets; `routers` where some change in between."""
    moving = [Moving(share.intended.view, share.running, share.change, share.intended.zone.prefix) for share in shares]
    steps = in_two_steps(moving, routers=routers)
    return tuple(_targets(share, each, places) for share, each in zip(shares, steps, strict=True))


def _targets(share: ZoneShare, steps: Steps, places: Places) -> ZoneTargets:
    leaving, rest = steps
    between = changed(share.running, leaving) if leaving else share.running
    return ZoneTargets(
        share,
        _target(share, share.running, leaving, places, leaves=True),
        _target(share, between, rest, places, leaves=False),
        share.refused or _step_refused(share, share.running, leaving) or _step_refused(share, between, rest),
    )


def _target(
    share: ZoneShare, before: ZoneData, change: ZoneDifference, places: Places, *, leaves: bool
) -> TargetPlan | None:
    if not change:
        return None
    name = share.name._replace(leaving=leaves)
    return TargetPlan(
        target=str(name),
        platform="zone",
        group=name.group,
        running_digest=content_digest(before),
        intended=(zone_part(change),),
        drained=(),
        drain=(),
        diff=lines_with_origins(change, share.intended, places),
        organisation=share.intended.zone.organisation,
        kind="zone",
    )


def _step_refused(share: ZoneShare, before: ZoneData, change: ZoneDifference) -> str:
    """Why the server would not do that; "" where it would, or where there is nothing to do."""
    if not change:
        return ""
    lost = _servers_without_address(changed(before, change)) - _servers_without_address(before)
    if lost:
        who = ", ".join(sorted(text(each) for each in lost))
        return f"{share.name}: {who} serves the zone and would have no address; make the change in two plans"
    try:
        prepare(share.place, before, change)
    except NetctlError as error:
        return str(error)
    return ""


def _servers_without_address(data: ZoneData) -> set[Name]:
    """The zone's own name servers that have a name in it, and no address: BIND refuses an update that leads there."""
    found = data.rrsets.get((data.origin, NS))
    inside = {each for each in (found.rdatas if found else ()) if is_under(each, data.origin)}
    return {each for each in inside if (each, A) not in data.rrsets and (each, AAAA) not in data.rrsets}

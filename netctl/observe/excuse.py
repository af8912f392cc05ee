"""What netctl does itself: while a change is in flight on a router, what follows from that is told as "in change N".

A push drains a router and loads its configuration anew: its sessions go and come, its mate takes the LAN over. That is
one problem of severity info for each router in flight, which nobody is alerted of. Whatever else happens at the same
time keeps its own name, and so does whatever is grave: a push never takes a site's last way, so that is no part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from netctl.model.change import Flight
from netctl.model.moments import Clock, read_moment, stamp
from netctl.model.problems import Cause
from netctl.model.watch import Problem
from netctl.observe.describe import Found
from netctl.observe.evidence import OUTAGES, UNREACHABLE, Evidence
from netctl.observe.topology import Topology
from netctl.settings import Settings

IN_CHANGE = "WATCH-IN-CHANGE"

_OWN = OUTAGES | {UNREACHABLE, "WATCH-VRRP"}  # what draining and loading may bring about
_SHOWN = 5  # causes that a sentence lists before it counts


def in_the_air(flights: Iterable[Flight], settings: Settings, clock: Clock) -> dict[str, str]:
    """The change that excuses each router now, by router.

    A step that takes longer than every deadline of its push has no hand at it any more, and the router has reverted by
    itself: that excuses nothing. After a member ended well, routers need some looks to say that all is well again.
    """
    now = clock()
    patience = timedelta(seconds=settings.confirm_deadline + settings.settle_deadline)
    grace = _grace(settings)
    return {
        flight.target: flight.change
        for flight in flights
        if now - read_moment(flight.moved_at) <= (patience if flight.state == "in_flight" else grace)
    }


def excused_since(settings: Settings, clock: Clock) -> str:
    """What ended before this moment excuses nothing any more."""
    return stamp(clock() - _grace(settings))


def _grace(settings: Settings) -> timedelta:
    return timedelta(seconds=(settings.observe_up_after + 1) * settings.observe_interval)


def excuse(
    topology: Topology,
    told: Iterable[tuple[Found, Cause]],
    flights: Mapping[str, str],
    known: Collection[Problem] = (),
) -> tuple[Cause, ...]:
    """The causes, with those that a change in flight explains whole as one cause for each router in flight.

    What is `known` as a problem of its own began before the change came there, and stays that.
    """
    keys = {problem.key for problem in known}
    left: list[Cause] = []
    taken: dict[str, list[Cause]] = defaultdict(list)
    for found, cause in told:
        router = "" if cause.key in keys or cause.severity == "high" else _explained(topology, found, flights)
        if router:
            taken[router].append(cause)
        else:
            left.append(cause)
    excused = [_in_change(topology, router, flights[router], causes) for router, causes in sorted(taken.items())]
    return (*left, *excused)


def _explained(topology: Topology, found: Found, flights: Mapping[str, str]) -> str:
    """A router in flight that all of this may follow from, "" where some of it cannot."""
    routers = [name if name in flights else "" for name in found.silent]
    routers += [
        # What a silent router said before says nothing now.
        each.device if each.device in found.silent and each.device in flights else _behind(topology, each, flights)
        for each in found.evidence
    ]
    return routers[0] if routers and all(routers) else ""


def _behind(topology: Topology, each: Evidence, flights: Mapping[str, str]) -> str:
    """The router in flight that this reason is about: its own, its far end's, or its mate's."""
    if each.reason.code not in _OWN:
        return ""
    mate = topology.mate_of[each.device] if each.reason.service == "first_hop" else ""
    return next((name for name in (each.device, each.far, mate) if name in flights), "")


def _in_change(topology: Topology, router: str, change: str, causes: list[Cause]) -> Cause:
    words = [f"{cause.code} {cause.subject}" for cause in causes]
    more = f", … ({len(words)})" if len(words) > _SHOWN else ""
    site = topology.site_of[router]
    return Cause(
        key=f"change:{change}:{router}",
        code=IN_CHANGE,
        service=causes[0].service,
        severity="info",
        kind="device",
        subject=router,
        organisation=topology.organisation_of[router],
        detail=f"in change {change}: {', '.join(words[:_SHOWN])}{more}",
        symptoms=tuple(sorted(symptom for cause in causes for symptom in cause.symptoms)),
        targets=tuple(sorted({target for cause in causes for target in cause.targets})),
        places=(router, site) if site else (router,),
    )

"""What a round means: problems are opened, changed and closed, and what is new is put in the outbox."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from netctl.model.plan import Severity
from netctl.model.problems import Cause, SinkTrouble, Steps, rank
from netctl.observe.blame import BLIND
from netctl.observe.correlate import correlate
from netctl.observe.excuse import IN_CHANGE
from netctl.observe.follow import follow
from netctl.observe.names_causes import CODES, NamesRound, with_names
from netctl.observe.topology import Topology
from netctl.store import Books

REFUSING = "WATCH-ALERTS"

_NONE: Mapping[str, str] = {}


def judge(  # noqa: PLR0917  what it compares, and what is known of it
    books: Books,
    topology: Topology,
    sinks: Collection[str] = (),
    least: Severity = "low",
    flights: Mapping[str, str] = _NONE,
    names: NamesRound | None = None,
) -> Steps:
    """Make open problems equal the causes that the standings in the books show; returns what was written.

    To be called at the end of a round, in the transaction that keeps its standings: then nobody ever sees a router red
    without the problem that says why. What is less severe than `least` is told to no sink, and neither is what follows
    from a change in flight: `flights` has the routers that one is carried out on. `names` is what is known of name
    servers.
    """
    before = books.problems.open(whole=True)
    standings = books.watch.standings()
    found = correlate(topology, standings, flights, before)
    if names is not None:
        found = with_names(found, standings, names)
    causes = (*found, *(refusing(trouble) for trouble in books.outbox.troubles()))
    steps = follow(topology, before, causes)
    if any(cause.key == BLIND for cause in found):
        steps = replace(steps, closed=())  # what nobody sees has not ended
    if names is None:  # nor has what nobody could look at
        steps = replace(steps, closed=tuple(each for each in steps.closed if each.code not in CODES))
    alerts = books.problems.record(steps)
    known = {alert.id for alert in alerts}
    alerts += tuple(alert for alert in books.problems.unsilenced(*books.watch.ends()) if alert.id not in known)
    told = [alert for alert in alerts if rank(alert.severity) <= rank(least) and alert.code != IN_CHANGE]
    for sink in sinks:  # one that does not take alerts is not told so itself
        books.outbox.add((alert for alert in told if (alert.code, alert.subject) != (REFUSING, sink)), (sink,))
    books.outbox.tidy(sinks)
    return steps


def refusing(trouble: SinkTrouble) -> Cause:
    """A sink that takes no alerts is a cause like any other."""
    told = f"{trouble.waiting} alerts wait, {trouble.tries} tries failed: {trouble.error}"
    return Cause(
        key=f"alerts:{trouble.sink}",
        code=REFUSING,
        service="reachability",
        severity="low",
        kind="service",
        subject=trouble.sink,
        organisation="",
        detail=told,
        symptoms=(),
        targets=(),
        places=(trouble.sink,),
    )

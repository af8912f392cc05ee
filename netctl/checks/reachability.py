"""Reachability: echo requests from a router itself, with a source that stands for the hosts behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from netctl.checks.expectation import ProbePair
from netctl.model.health import Probe

Send = Callable[[str, str, int], Probe]  # destination, source, count


def unreachable(router: str, pairs: Iterable[ProbePair], send: Send, count: int) -> list[str]:
    """A problem for every family in which no destination answered all echo requests.

    One answering destination a family is enough: another one may be down for reasons that are none of this change's.
    """
    problems = []
    for pair in pairs:
        tried = []
        for destination in pair.destinations:
            probe = send(destination, pair.source, count)
            tried.append(f"{destination} {probe.received}/{probe.sent}")
            if probe.sent > 0 and probe.received >= probe.sent:
                break
        else:
            problems.append(f"{router}: nothing answers {pair.source} over IPv{pair.family} ({', '.join(tried)})")
    return problems

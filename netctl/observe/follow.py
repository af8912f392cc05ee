"""From the problems that are open to the causes that are present: what opens, what changes, what ends.

A problem goes on while its key is found. Where a cause grew into a larger one (a cut line, then a cut-off site) or
shrank, the problem goes on under the new key: one story is told under one number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from netctl.model.problems import Cause, Steps
from netctl.model.watch import Problem
from netctl.observe.topology import Topology

# What breaks the way between routers; only these grow into each other.
_GROWING = frozenset(
    {
        "WATCH-SITE-CUT-OFF",
        "WATCH-SITE-UNSEEN",
        "WATCH-GROUP-DOWN",
        "WATCH-BACKBONE-SPLIT",
        "WATCH-DEVICE-DOWN",
        "WATCH-DEVICE-UNSEEN",
        "WATCH-LINE-DOWN",
    }
)


def follow(topology: Topology, problems: Iterable[Problem], causes: Iterable[Cause]) -> Steps:
    """The steps after which every cause has exactly one open problem and no problem is open without a cause."""
    left = {problem.key: problem for problem in problems}
    changed: list[tuple[Problem, Cause]] = []
    new: list[Cause] = []
    for cause in causes:
        problem = left.pop(cause.key, None)
        if problem is None:
            new.append(cause)
        elif _differ(problem, cause):
            changed.append((problem, cause))
    parts = _by_part(topology, left.values())
    opened = []
    for cause in new:
        before = _grown(topology, cause, parts, left)
        if before is None:
            opened.append(cause)
        else:
            changed.append((left.pop(before.key), cause))
    return Steps(tuple(opened), tuple(changed), tuple(left.values()))


def _differ(problem: Problem, cause: Cause) -> bool:
    return (problem.code, problem.severity, problem.detail, problem.symptoms) != (
        cause.code,
        cause.severity,
        cause.detail,
        cause.symptoms,
    )


def _by_part(topology: Topology, problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Problems that may have grown or shrunk, by every router and line they may be made of."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.code in _GROWING:
            for part in topology.parts(problem.kind, problem.subject):
                found[part].append(problem)
    return found


def _grown(
    topology: Topology, cause: Cause, parts: Mapping[str, list[Problem]], left: Mapping[str, Problem]
) -> Problem | None:
    """The oldest problem that this cause has become: one of the two is a part of the other."""
    if cause.code not in _GROWING:
        return None
    found = {
        problem.id: problem
        for part in topology.parts(cause.kind, cause.subject)
        for problem in parts.get(part, ())
        if problem.key in left and (problem.kind != cause.kind or cause.kind == "group")
    }
    return found[min(found)] if found else None

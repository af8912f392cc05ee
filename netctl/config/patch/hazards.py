"""What a reviewer must know that no order avoids: names that nothing defines, needs that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from netctl.config.commands import Hazard
from netctl.config.patch.names import Index, Name, kinds_defined, kinds_used
from netctl.config.patch.order import Ordered
from netctl.config.patch.steps import Naming
from netctl.config.rules import Rules
from netctl.config.syntax import Node


def dangles(running: Sequence[Node], intended: Sequence[Node], naming: Naming, rules: Rules) -> list[Hazard]:
    """The references of the intended configuration that lead nowhere and did not before.

    Only the names that the patch touches are looked at, and only kinds of which anything is defined on either side.
    """
    touched: set[Name] = {*naming.using, *naming.undefining} - naming.defining.keys()
    may = kinds_defined(rules) & kinds_used(rules)
    kinds = frozenset(kind for kind, _name in touched) & may
    if not kinds:
        return []
    defined = Index(intended, rules, kinds, users=False).defined
    kinds = frozenset(name[0] for name in touched if name not in defined) & may
    if not kinds:  # as a rule: nobody has to be asked who uses what
        return []
    after = Index(intended, rules, kinds)
    lost = after.dangling() & touched
    if not lost:
        return []
    before = Index(running, rules, kinds)
    known = {kind for kind, _name in (*after.defined, *before.defined)}
    lost -= before.dangling()
    return [
        Hazard("HAZ-DANGLING", place.path, place.node.line, f"no {kind} {name} is defined")
        for kind, name in sorted(lost)
        if kind in known
        for place in after.used[kind, name]
    ]


def tangles(ordered: Ordered) -> Iterable[Hazard]:
    """The commands for which no order satisfies all rules."""
    for steps in ordered.cycles:
        command = steps[0].commands[0]
        others = "; ".join(step.commands[0].line for step in steps[1:4])
        yield Hazard("HAZ-CYCLE", *command, f"it and these want to be said before each other: {others}")

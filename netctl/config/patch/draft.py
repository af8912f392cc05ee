"""What all steps are made with: their place, the names they touch, and what a reviewer must know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netctl.config.commands import Command, Hazard, Session
from netctl.config.meaning import Item, Pair
from netctl.config.patch.names import Name, defines, readings
from netctl.config.patch.scope import Scope
from netctl.config.patch.session import Watch
from netctl.config.patch.steps import FIRST, LAST, LATE, SAY, Naming, Step
from netctl.config.patch.swap import Swaps
from netctl.config.rules import Reading, Rules
from netctl.config.syntax import Node


class Draft:
    """The steps so far, and the sections that still have to be looked at."""

    def __init__(
        self, running: Sequence[Node], intended: Sequence[Node], rules: Rules, session: Session | None = None
    ) -> None:
        self.rules = rules
        self.root = Step(None)
        self.naming = Naming()
        self.hazards: list[Hazard] = []
        self.top = Scope(self.root, (), rules.top, (running, intended))
        self._watch = Watch(session)
        self._swaps = Swaps(running, intended, rules)
        self._anew: set[tuple[tuple[str, ...], str]] = set()  # path, key: said again though they stay
        self._gaps: set[tuple[Name, ...]] = set()
        self._waiting: list[tuple[Scope, list[Pair] | None]] = []

    def _below(self, scope: Scope, pair: Pair, step: Step) -> Scope:
        new = pair.item
        sides = (pair.old.children if pair.old else [], pair.new.children if pair.new else [])
        below = scope.below(step, new.line, new.section(self.rules.unknown), sides)
        self._waiting.append((below, pair.below))
        return below

    def _readings(self, scope: Scope, item: Item) -> Iterator[Reading]:
        """The statements that go with an item: its own lines, and all that stands below it."""
        if len(item.nodes) == 1:
            yield item.reading
        else:
            yield from (scope.section.read(line) for line in item.lines)
        yield from readings(item.children, item.section(self.rules.unknown), self.rules.unknown)

    def _place(self, scope: Scope, rank: int, commands: list[Command]) -> Step:
        return Step(self.root, LATE, commands) if scope.late and commands else Step(scope.step, rank, commands)

    def _command(self, scope: Scope, line: str) -> Command:
        return Command(scope.path, line)

    def _risk(self, event: str, reading: Reading, command: Command) -> None:
        risk = reading.statement.risk if reading.statement is not None else None
        if risk is not None and event in risk.on:
            self.hazards.append(Hazard(risk.code, *command, risk.why))

    def _stuck(self, scope: Scope, reading: Reading) -> None:
        why = "the platform has no command that takes this away"
        self.hazards.append(Hazard("HAZ-UNPREDICTED", scope.path, reading.line, why))

    def _gap(self, scope: Scope, item: Item, line: str) -> None:
        """Tell, once, that what the item defines is in use while it is said anew."""
        names = tuple(defines(item.reading))
        if self.rules.commit == "immediate" and names not in self._gaps and names and self._swaps.users(names):
            self._gaps.add(names)
            what = ", ".join(f"{kind} {name}" for kind, name in names)
            self.hazards.append(Hazard("HAZ-GAP", scope.path, line, f"{what} is in use and not whole for a moment"))

    def _carried(self, scope: Scope, reading: Reading, line: str) -> bool:
        names = self._watch.carried(reading, scope.readings()) if self._watch.is_known else []
        self.hazards += [self._watch.hazard(name, scope.path, line) for name in names]
        return bool(names)

    def _late(self, scope: Scope, step: Step, reading: Reading, item: Item, *, replaced: bool = False) -> None:
        """What may carry the session goes last; what surely does is not taken away without a replacement."""
        names = self._watch.carried(reading, scope.readings())
        if not names or (replaced and not self._watch.is_known):
            return
        self._move_last(step)
        if not self._watch.is_known:
            return
        for name in names:
            left = (scope.section.read(node.line) for node in scope.new)
            everywhere = readings(self.top.new, self.rules.top, self.rules.unknown)
            self._watch.refuse(name, reading, left, everywhere)
        shown = step.commands[-1] if step.commands else self._command(scope, item.line)
        self.hazards += [self._watch.hazard(name, *shown) for name in names]

    def _move_last(self, step: Step) -> None:
        if step.rank != LATE and step.parent is not None:
            step.parent.steps.remove(step)
            step.parent, step.depth, step.rank, step.place = self.root, 1, LATE, _next(self.root)
            self.root.steps.append(step)


def rank_of(reading: Reading) -> int:
    """Where a statement is said in its section."""
    order = reading.statement.order if reading.statement is not None else ""
    return {"first": FIRST, "last": LAST}.get(order, SAY)


def _next(parent: Step) -> float:
    return parent.steps[-1].place + 1 if parent.steps else 0

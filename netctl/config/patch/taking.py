"""What goes: one command for all that goes with it, and nothing that carries the session."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.config.meaning import Item, Pair, gather
from netctl.config.patch.collapse import collapsed
from netctl.config.patch.draft import Draft, rank_of
from netctl.config.patch.names import defines, uses
from netctl.config.patch.removal import removal
from netctl.config.patch.scope import Scope
from netctl.config.patch.steps import LAST, TAKE, Step
from netctl.config.rules import Reading


class Taking(Draft):
    """Steps that take statements away."""

    def _vanishes(self, scope: Scope, item: Item) -> bool:
        return bool(scope.vanishing) and all(id(node) in scope.vanishing for node in item.nodes)

    def _gone(self, scope: Scope, item: Item) -> Step | None:
        statement, reading = item.statement, item.reading
        if statement is not None and (statement.stays or statement.hollow) and not reading.negated:
            step = Step(scope.step, TAKE)
            section = item.section(self.rules.unknown)
            inside = [Pair(inner, None, section) for inner in gather(item.children, section).values()]
            self._below(scope, Pair(item, None, scope.section, inside), step)
            return None
        vanishes = self._vanishes(scope, item)
        lines = list(self._taking(scope, item)) if not vanishes else []
        if not vanishes and not lines:
            self._stuck(scope, reading)
            return None
        step = self._taken(scope, reading, lines)
        for gone in self._readings(scope, item):
            self.naming.note_gone(step, defines(gone), uses(gone))
            self._late(scope, step, gone, item)
        self._risk("remove", reading, self._command(scope, lines[0] if lines else reading.line))
        return step

    def _taken(self, scope: Scope, reading: Reading, lines: list[str]) -> Step:
        """The step of a removal; one that is there already is not said twice."""
        key = "\n".join(lines)
        step = scope.taking.get(key) if key else None
        if step is None:
            rank = LAST if rank_of(reading) == LAST else TAKE
            step = self._place(scope, rank, [self._command(scope, line) for line in lines])
            if key:
                scope.taking[key] = step
        scope.taken.append((step, reading))
        return step

    def _taking(self, scope: Scope, item: Item) -> Iterator[str]:
        statement = item.statement
        single = statement is None or not statement.sequence
        found = [item.reading] if single else [scope.section.read(line) for line in item.lines]
        yield from dict.fromkeys(line for reading in found if (line := removal(reading, self.rules)) is not None)

    def _take_together(self, scope: Scope, pairs: list[Pair]) -> list[Pair]:
        """On platforms whose removals go by words: one removal for all that goes with it."""
        groups, rest = collapsed(pairs, scope.new, self.rules)
        for words, items in groups:
            command = f"{self.rules.words.negate} {words}"
            for item in items:
                step = self._taken(scope, item.reading, [command])
                self.naming.note_gone(step, defines(item.reading), uses(item.reading))
                self._late(scope, step, item.reading, item)
                self._risk("remove", item.reading, self._command(scope, command))
        return rest

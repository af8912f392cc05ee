"""From differences to steps: what is said, what is taken away, and what each of them needs first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from netctl.config.commands import Hazard
from netctl.config.meaning import Item, Pair, gather
from netctl.config.meaning.item import Meaning, meaning_of
from netctl.config.patch import ordered
from netctl.config.patch.changing import Changing, first_to_go
from netctl.config.patch.clashes import Clash, clashes, untangle
from netctl.config.patch.draft import rank_of
from netctl.config.patch.names import Name, defines, section_below, uses
from netctl.config.patch.removal import said
from netctl.config.patch.scope import Scope
from netctl.config.patch.spans import joined
from netctl.config.patch.steps import HEADER, Step
from netctl.config.rules import Reading
from netctl.config.syntax import Node


class Builder(Changing):
    """Makes steps of the differences of two configurations."""

    def build(self, pairs: list[Pair]) -> None:
        """Put steps for all differences of the top level, and of the sections below it, under `root`."""
        self._waiting = [(self.top, pairs)]
        while self._waiting:
            scope, found = self._waiting.pop()
            if found is None:
                self._all_new(scope)
            else:
                self._section(scope, found)
            scope.connect()
        self.naming.connect(self.rules.alone)

    def _section(self, scope: Scope, pairs: list[Pair]) -> None:
        pairs = self._with_what_cannot_stay(scope, pairs)
        scope.foresee(pairs, self.rules)
        clashing = clashes(pairs) if scope.section.unique else []
        swapped = self._swap(scope, pairs, {id(clash.pair) for clash in clashing if clash.tangled})
        pairs = joined([pair for pair in pairs if id(pair) not in swapped], scope.section)
        if self.rules.layout.style == "curly":
            pairs = self._take_together(scope, pairs)
        made: dict[int, Step | None] = {}
        for pair in pairs:
            made[id(pair)] = self._difference(scope, pair)
        if clashing:
            self._untangle(scope, [clash for clash in clashing if id(clash.pair) not in swapped], made)
        self._say_again(scope, pairs, made)

    def _with_what_cannot_stay(self, scope: Scope, pairs: list[Pair]) -> list[Pair]:
        """A section that must be gone before another one can go is said again afterwards, where it is to stay."""
        waiting = [begins for pair in pairs for begins in first_to_go(pair)]
        if not waiting:
            return pairs
        held, wanted = gather(scope.old, scope.section), gather(scope.new, scope.section)
        found = {pair.item.key: pair for pair in pairs}
        for key, old in held.items():
            rebuilt = old.statement is not None and old.statement.change == "rebuild" and old.is_section
            if rebuilt and key in wanted and any(begins(old.line) for begins in waiting):
                found[key] = Pair(old, wanted[key], scope.section)
                self._anew.add((scope.path, key))
        return list(found.values())

    def _untangle(self, scope: Scope, found: list[Clash], made: dict[int, Step | None]) -> None:
        def take(pair: Pair) -> Step:
            return self._taken(scope, pair.item.reading, list(self._taking(scope, pair.old or pair.item)))

        untangle(found, made, take)
        for clash in found:
            if clash.tangled:
                self._gap(scope, clash.holder.item, clash.pair.item.line)

    def _difference(self, scope: Scope, pair: Pair) -> Step | None:
        old, new = pair.old, pair.new
        if new is None:
            return None if old is None else self._gone(scope, old)
        if old is None or self._vanishes(scope, old):
            return self._come(scope, new)
        statement = new.statement or old.statement
        if statement is not None and statement.sequence:
            return self._sequence(scope, old, new)
        if old.is_section or new.is_section:
            return self._inside(scope, pair, old, new)
        return self._value(scope, old, new)

    def _all_new(self, scope: Scope) -> None:
        """Everything in a section that was not there, in the order of the text."""
        last: dict[str, Step] = {}
        before: Step | None = None
        known: set[Meaning] = set()
        for node in scope.new:
            reading = scope.section.read(node.line)
            if reading.statement is not None and not node.children:
                if (meaning := meaning_of(reading)) in known:
                    continue  # said twice, it is held once
                known.add(meaning)
            step = self._say(scope, reading, [reading], node.children)
            previous = before if scope.section.ordered else last.get(reading.key)
            if previous is not None:
                step.after(previous)
            last[reading.key] = before = step

    def _come(self, scope: Scope, item: Item) -> Step:
        statement = item.statement
        several = len(item.nodes) > 1 and statement is not None
        if several and not item.is_section and (statement.sequence or item.numbers is not None):  # type: ignore[union-attr]
            return self._say(scope, item.reading, [scope.section.read(line) for line in item.lines], [])
        return self._say(scope, item.reading, [item.reading], item.children)

    def _say(self, scope: Scope, reading: Reading, lines: list[Reading], children: Sequence[Node]) -> Step:
        """A statement that was not there, with all that stands below it."""
        commands = [self._command(scope, said(line.line, self.rules)) for line in lines]
        rank = rank_of(reading)
        if children:
            step = self._place(scope, rank, [])
            below = scope.below(step, reading.line, section_below(reading, self.rules.unknown), ([], children))
            below.header = Step(step, HEADER, commands)
            self._waiting.append((below, None))
        else:
            step = self._place(scope, rank, commands)
        for line in lines:
            self.naming.note(step, defines(line), uses(line))
        scope.said.append((step, reading))
        self._risk("add", reading, commands[0])
        return step

    def _say_again(self, scope: Scope, pairs: Iterable[Pair], made: dict[int, Step | None]) -> None:
        """What a command makes vanish and the intended configuration still has follows it at once."""
        back = {id(node) for nodes in scope.effects.values() for node in nodes} & {id(node) for node in scope.old}
        if not back:
            return
        known = {pair.item.key for pair in pairs}
        wanted = gather(scope.new, scope.section)
        for pair in pairs:
            step = made.get(id(pair))
            if step is None:
                continue
            for node in scope.effects.get(id(pair), ()):
                self._late(scope, step, scope.section.read(node.line), pair.item, replaced=True)
            keys = [scope.section.read(node.line).key for node in scope.effects.get(id(pair), ()) if id(node) in back]
            again = set(keys) - known
            for key in [key for key in wanted if key in again]:
                known.add(key)
                follower = self._come(scope, wanted[key])
                follower.rank, follower.place = step.rank, step.place + 0.5
                follower.after(step)

    def _swap(self, scope: Scope, pairs: list[Pair], tangled: set[int]) -> set[int]:
        """Steps for objects in use that break when they are changed; answers the differences this takes care of."""
        handled: set[int] = set()
        if self.rules.commit != "immediate":
            return handled
        definers: dict[Name, list[Pair]] = {}
        for pair in pairs:
            for name in defines(pair.item.reading):
                definers.setdefault(name, []).append(pair)
        for pair in pairs:
            if id(pair) in handled or not (id(pair) in tangled or ordered.breaks(pair, self.rules)):
                continue
            names = defines(pair.item.reading)
            commands = self._swaps.swap(names)
            if commands is None:
                self._gap(scope, pair.item, pair.item.line)
                continue
            for (kind, bound), command in self._swaps.unbound(names):
                why = f"{kind} {bound} is not bound here for a moment"
                self.hazards.append(Hazard("HAZ-GAP", command.path, command.line, why))
            step = self._place(scope, rank_of(pair.item.reading), commands)
            self.naming.inherited.update((name, step) for name in names if self._swaps.waits(name))
            for other in {id(other): other for name in names for other in definers[name]}.values():
                handled.add(id(other))
                self._swapped(scope, step, other)
        return handled

    def _swapped(self, scope: Scope, step: Step, pair: Pair) -> None:
        names = set(defines(pair.item.reading))
        if pair.new is not None:
            found = list(self._readings(scope, pair.new))
            used = {name for reading in found for name in uses(reading)}
            self.naming.note(step, sorted(names), sorted(used - names))
            scope.said.append((step, pair.new.reading))
        if pair.old is not None:
            left = {name for reading in self._readings(scope, pair.old) for name in uses(reading)}
            self.naming.note_gone(step, sorted(names), sorted(left - names))

"""What changes: values said over others or after them, sections entered, sequences grown or said again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from netctl.config.commands import Command
from netctl.config.meaning import Item, Pair
from netctl.config.meaning.compare import same_reading
from netctl.config.meaning.item import in_sequence
from netctl.config.patch import ordered
from netctl.config.patch.draft import rank_of
from netctl.config.patch.names import defines, uses
from netctl.config.patch.removal import removal, said
from netctl.config.patch.resize import resized
from netctl.config.patch.scope import Scope
from netctl.config.patch.steps import HEADER, SAY, Step
from netctl.config.patch.taking import Taking
from netctl.config.predict.place import beginning
from netctl.config.rules.section import fill
from netctl.config.syntax import Node


class Changing(Taking):
    """Steps that lead from one statement to another with the same identity."""

    def _value(self, scope: Scope, old: Item, new: Item) -> Step:
        lines = resized(old, new)
        if lines:
            return self._changed(scope, old, new, [self._command(scope, line) for line in lines])
        taken = self._taken_before(old, new)
        lines = [said(line, self.rules) for line in (new.lines if len(new.nodes) > 1 else [new.line])]
        if taken is not None:
            self._gap(scope, old, lines[0])
            lines.insert(0, taken)
        commands = [self._command(scope, line) for line in lines]
        return self._changed(scope, old, new, commands, anew=taken is not None)

    def _taken_before(self, old: Item, new: Item) -> str | None:
        """What has to be taken away before a value can be said; None where it is said over the old one."""
        statement = new.statement
        if statement is None or old.reading.negated or new.reading.negated or statement.change == "overwrite":
            return None
        if any(reference.kind == "account" for reference in statement.carries):
            return None  # nobody shuts himself out, not for a moment
        return removal(old.reading, self.rules)

    def _sequence(self, scope: Scope, old: Item, new: Item) -> Step:
        more = ordered.grown(old, new, scope.section)
        statement = new.statement
        if more is not None:
            lines = [said(line, self.rules) for line in more]
        elif statement is not None and statement.change == "overwrite" and statement.remove is None:
            gone, again = ordered.resaid(old.lines, new.lines, scope.section)
            taken = [removal(scope.section.read(line), self.rules) for line in gone]
            lines = [*(line for line in taken if line), *(said(line, self.rules) for line in again)]
            if again and len(gone) == len(old.lines):
                self._gap(scope, old, lines[0])
        else:
            lines = [*self._taking(scope, old), *(said(line, self.rules) for line in new.lines)]
            self._gap(scope, old, lines[0])
        return self._changed(scope, old, new, [self._command(scope, line) for line in lines], anew=more is None)

    def _inside(self, scope: Scope, pair: Pair, old: Item, new: Item) -> Step:
        """A section that stays, or is said again as a whole."""
        statement = new.statement
        change = statement.change if statement is not None else "overwrite"
        headed = (scope.path, new.key) in self._anew or not same_reading(old.reading, new.reading)
        section = new.section(self.rules.unknown)
        tangled = in_sequence(section, old.children, new.children) and not ordered.reads_on(pair, self.rules)
        if change == "whole":
            return self._changed(scope, old, new, list(self._flat(scope.path, new.line, new.children)))
        if (headed and change != "overwrite") or (tangled and change in {"rebuild", "swap"}):
            taken = removal(old.reading, self.rules)
            lines = [self._command(scope, taken)] if taken is not None else []
            self._gap(scope, old, new.line)
            before = self._away_first(scope, old, lines) if headed else None
            again = list(self._flat(scope.path, new.line, new.children))
            step = self._changed(scope, old, new, again if before is not None else [*lines, *again], anew=True)
            if before is not None:
                step.after(before)
            return step
        step = Step(scope.step, rank_of(new.reading))
        if change in {"rebuild", "swap"}:
            self.naming.note_changing(step, defines(new.reading))
        if tangled:
            self._reordered(scope, step, old, new)
        else:
            below = self._below(scope, pair, step)
            below.late = below.late or self._carried(scope, old.reading, new.line)
        if headed:
            header = Step(step, HEADER, [self._command(scope, said(new.line, self.rules))])
            self._noted(scope, header, old, new, inside=False)
        return step

    def _away_first(self, scope: Scope, old: Item, lines: list[Command]) -> Step | None:
        """The removal as a step of its own, where another statement waits for it before it can itself be said anew."""
        waiting = (text for statement in scope.section.statements() for text in statement.gone_first)
        if not lines or not any(beginning(text)(old.line) for text in waiting):
            return None
        step = self._place(scope, rank_of(old.reading), lines)
        scope.taken.append((step, old.reading))
        return step

    def _reordered(self, scope: Scope, parent: Step, old: Item, new: Item) -> None:
        """A section whose order changes, line by line at its end."""
        section = new.section(self.rules.unknown)
        path = (*scope.path, new.line)
        before, after = (
            [node.line for node in item.children if not section.is_default(section.read(node.line))]
            for item in (old, new)
        )
        gone, again = ordered.resaid(before, after, section)
        taken = [removal(section.read(line), self.rules) for line in gone]
        step = Step(parent, SAY, [Command(path, line) for line in taken if line])
        if again and len(gone) == len(before):
            self._gap(scope, old, new.line)
        nodes = {node.line: node for node in new.children}
        for line in again:
            step.commands += self._flat(path, line, nodes[line].children)
        self._noted(scope, step, old, new)

    def _flat(self, path: tuple[str, ...], line: str, children: Sequence[Node]) -> Iterator[Command]:
        """A statement and all below it as commands."""
        waiting: list[tuple[tuple[str, ...], str, Sequence[Node]]] = [(path, line, children)]
        while waiting:
            above, here, below = waiting.pop()
            yield Command(above, said(here, self.rules))
            waiting.extend(((*above, here), node.line, node.children) for node in reversed(below))

    def _changed(self, scope: Scope, old: Item, new: Item, commands: list[Command], *, anew: bool = False) -> Step:
        """A step that leads from the old statement to the new one; `anew`: in between there is none."""
        step = self._place(scope, rank_of(new.reading), commands)
        self._noted(scope, step, old, new)
        if anew:
            self.naming.note_gone(step, defines(old.reading), ())
            used = {name for reading in self._readings(scope, new) for name in uses(reading)}
            self.naming.note(step, (), sorted(used))
        return step

    def _noted(self, scope: Scope, step: Step, old: Item, new: Item, *, inside: bool = True) -> None:
        """What the step changes; `inside`: all that stands below the statement, too."""
        before, after = [old.reading], [new.reading]
        if inside:
            before, after = list(self._readings(scope, old)), list(self._readings(scope, new))
        defined, had = ({name for reading in side for name in defines(reading)} for side in (after, before))
        used, left = ({name for reading in side for name in uses(reading)} for side in (after, before))
        self.naming.note(step, sorted(defined), sorted(used - left))
        self.naming.note_gone(step, sorted(had - defined), sorted(left - used))
        scope.said.append((step, new.reading))
        for reading in before:
            self._late(scope, step, reading, old, replaced=True)
        self._risk("change", new.reading, step.commands[-1] if step.commands else self._command(scope, new.line))


def first_to_go(pair: Pair) -> Iterator[Callable[[str], bool]]:
    """What must be gone before a section goes, or is taken away to be said anew."""
    old, new = pair.old, pair.new
    if old is None or old.statement is None or old.statement.stays:
        return
    if new is None or (old.statement.change == "rebuild" and not same_reading(old.reading, new.reading)):
        yield from (beginning(fill(text, old.reading.slots)) for text in old.statement.gone_first)

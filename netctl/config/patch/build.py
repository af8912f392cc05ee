"""From differences to steps: what is said, what is taken away, and what each of them needs first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from netctl.config.commands import Command, Hazard, Session
from netctl.config.meaning import Item, Pair, gather
from netctl.config.meaning.compare import same_reading
from netctl.config.meaning.item import in_sequence
from netctl.config.patch import ordered
from netctl.config.patch.clashes import Clash, clashes, untangle
from netctl.config.patch.collapse import collapsed
from netctl.config.patch.names import Name, defines, opens, readings, section_below, uses
from netctl.config.patch.removal import removal, said
from netctl.config.patch.resize import resized
from netctl.config.patch.scope import Scope
from netctl.config.patch.session import Watch
from netctl.config.patch.spans import joined
from netctl.config.patch.steps import FIRST, HEADER, LAST, LATE, SAY, TAKE, Naming, Step
from netctl.config.patch.swap import Swaps
from netctl.config.rules import Reading, Rules, Section
from netctl.config.syntax import Node


class Builder:
    """Makes steps of the differences of two configurations."""

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
        self._waiting: list[tuple[Scope, list[Pair] | None]] = []

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
        self.naming.connect()

    # ── sections ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _section(self, scope: Scope, pairs: list[Pair]) -> None:
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

    def _untangle(self, scope: Scope, found: list[Clash], made: dict[int, Step | None]) -> None:
        def take(pair: Pair) -> Step:
            return self._taken(scope, pair.item.reading, list(self._taking(scope, pair.old or pair.item)))

        untangle(found, made, self.naming, take)
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
        for node in scope.new:
            reading = scope.section.read(node.line)
            step = self._say(scope, reading, [reading], node.children)
            previous = before if scope.section.ordered else last.get(reading.key)
            if previous is not None:
                step.after(previous)
            last[reading.key] = before = step

    def _below(self, scope: Scope, pair: Pair, step: Step) -> Scope:
        new = pair.item
        sides = (pair.old.children if pair.old else [], pair.new.children if pair.new else [])
        below = scope.below(step, new.line, new.section(self.rules.unknown), sides)
        self._waiting.append((below, pair.below))
        return below

    # ── what comes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _come(self, scope: Scope, item: Item) -> Step:
        statement = item.statement
        several = len(item.nodes) > 1 and statement is not None
        if several and not item.is_section and (statement.sequence or item.numbers is not None):  # type: ignore[union-attr]
            return self._say(scope, item.reading, [scope.section.read(line) for line in item.lines], [])
        return self._say(scope, item.reading, [item.reading], item.children)

    def _say(self, scope: Scope, reading: Reading, lines: list[Reading], children: Sequence[Node]) -> Step:
        """A statement that was not there, with all that stands below it."""
        commands = [self._command(scope, said(line.line, self.rules)) for line in lines]
        rank = _rank(reading)
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

    # ── what goes ────────────────────────────────────────────────────────────────────────────────────────────────────

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
            rank = LAST if _rank(reading) == LAST else TAKE
            step = self._place(scope, rank, [self._command(scope, line) for line in lines])
            if key:
                scope.taking[key] = step
        scope.taken.append((step, reading))
        return step

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

    def _taking(self, scope: Scope, item: Item) -> Iterator[str]:
        statement = item.statement
        single = statement is None or not statement.sequence
        found = [item.reading] if single else [scope.section.read(line) for line in item.lines]
        yield from dict.fromkeys(line for reading in found if (line := removal(reading, self.rules)) is not None)

    def _readings(self, scope: Scope, item: Item) -> Iterator[Reading]:
        """The statements that go with an item: its own lines, and all that stands below it."""
        if len(item.nodes) == 1:
            yield item.reading
        else:
            yield from (scope.section.read(line) for line in item.lines)
        yield from readings(item.children, item.section(self.rules.unknown), self.rules.unknown)

    # ── what changes ─────────────────────────────────────────────────────────────────────────────────────────────────

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
        else:
            lines = [*self._taking(scope, old), *(said(line, self.rules) for line in new.lines)]
            self._gap(scope, old, lines[0])
        return self._changed(scope, old, new, [self._command(scope, line) for line in lines], anew=more is None)

    def _inside(self, scope: Scope, pair: Pair, old: Item, new: Item) -> Step:
        """A section that stays, or is said again as a whole."""
        statement = new.statement
        change = statement.change if statement is not None else "overwrite"
        headed = not same_reading(old.reading, new.reading)
        section = new.section(self.rules.unknown)
        tangled = in_sequence(section, old.children, new.children) and not ordered.reads_on(pair, self.rules)
        if change == "whole":
            return self._changed(scope, old, new, list(self._whole(scope.path, new)))
        if (headed and change != "overwrite") or (tangled and change in {"rebuild", "swap"}):
            taken = removal(old.reading, self.rules)
            lines = [self._command(scope, taken)] if taken is not None else []
            self._gap(scope, old, new.line)
            return self._changed(scope, old, new, [*lines, *self._whole(scope.path, new)], anew=True)
        step = Step(scope.step, _rank(new.reading))
        if tangled:
            self._reordered(scope, step, old, new)
        else:
            below = self._below(scope, pair, step)
            below.late = below.late or self._carried(scope, old.reading, new.line)
        if headed:
            header = Step(step, HEADER, [self._command(scope, said(new.line, self.rules))])
            self._noted(scope, header, old, new)
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
        nodes = {node.line: node for node in new.children}
        for line in again:
            step.commands += self._flat(path, line, nodes[line].children)
        self._noted(scope, step, old, new)

    def _whole(self, path: tuple[str, ...], item: Item) -> Iterator[Command]:
        yield from self._flat(path, item.line, item.children)

    def _flat(self, path: tuple[str, ...], line: str, children: Sequence[Node]) -> Iterator[Command]:
        """A statement and all below it as commands."""
        waiting: list[tuple[tuple[str, ...], str, Sequence[Node]]] = [(path, line, children)]
        while waiting:
            above, here, below = waiting.pop()
            yield Command(above, said(here, self.rules))
            waiting.extend(((*above, here), node.line, node.children) for node in reversed(below))

    # ── what every step is told with ─────────────────────────────────────────────────────────────────────────────────

    def _changed(self, scope: Scope, old: Item, new: Item, commands: list[Command], *, anew: bool = False) -> Step:
        """A step that leads from the old statement to the new one; `anew`: in between there is none."""
        step = self._place(scope, _rank(new.reading), commands)
        self._noted(scope, step, old, new)
        if anew:
            self.naming.note_gone(step, defines(old.reading), ())
        return step

    def _noted(self, scope: Scope, step: Step, old: Item, new: Item) -> None:
        before, after = list(self._readings(scope, old)), list(self._readings(scope, new))
        defined, had = ({name for reading in side for name in defines(reading)} for side in (after, before))
        used, left = ({name for reading in side for name in uses(reading)} for side in (after, before))
        self.naming.note(step, sorted(defined), sorted(used - left))
        self.naming.note_gone(step, sorted(had - defined), sorted(left - used))
        scope.said.append((step, new.reading))
        for reading in before:
            self._late(scope, step, reading, old, replaced=True)
        self._risk("change", new.reading, step.commands[-1] if step.commands else self._command(scope, new.line))

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
        names = defines(item.reading)
        if self.rules.commit == "immediate" and names and self._swaps.users(names):
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

    # ── copies of what is in use ─────────────────────────────────────────────────────────────────────────────────────

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
                continue
            step = self._place(scope, _rank(pair.item.reading), commands)
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


def _rank(reading: Reading) -> int:
    """Where a statement is said in its section."""
    order = reading.statement.order if reading.statement is not None else ""
    return {"first": FIRST, "last": LAST}.get(order, SAY)


def _next(parent: Step) -> float:
    return parent.steps[-1].place + 1 if parent.steps else 0

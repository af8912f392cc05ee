"""The patch: commands in an order that is safe at every prefix, proven by prediction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from netctl.config.commands import Command, Hazard, Patch, Session
from netctl.config.meaning import Pair, compare, statements
from netctl.config.patch.build import Builder
from netctl.config.patch.hazards import dangles, tangles
from netctl.config.patch.names import dangling
from netctl.config.patch.order import Ordered
from netctl.config.patch.write import entered
from netctl.config.predict import apply
from netctl.config.rules import Rules
from netctl.config.syntax import Node, Tree

ROUNDS = 4


class Remaining(NamedTuple):
    """What one statement is predicted to be, and what it is to be: their lines, none where there is no statement."""

    path: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]

    def hazard(self) -> Hazard:
        """What a reviewer must know of it."""
        why = "is predicted to stay" if not self.new else "is predicted to be missing"
        if self.old and self.new:
            why = f"is predicted to be {self.old[0]!r}"
        return Hazard("HAZ-UNPREDICTED", self.path, (self.new or self.old)[0], why)


class Round(NamedTuple):
    """Commands, what a reviewer must know of them, and the differences that they are predicted to leave."""

    commands: list[Command]
    hazards: list[Hazard]
    left: list[Remaining]


def make_patch(running: Tree, intended: Tree, rules: Rules, session: Session | None = None) -> Patch:
    """The commands from `running` to `intended`; raises `SessionWouldBeCut`.

    What the platform takes along with a command and a rule does not tell beforehand is seen in the prediction, and said
    again in another round. A round that mends nothing is not said; what is still missing is told as a hazard.
    """
    wanted = statements(intended, rules)
    here, held = running, statements(running, rules)
    rest = compare(held, wanted, rules.top, rules.unknown)
    rounds: list[Round] = []
    before: list[Pair] = []
    while rest and len(rounds) < ROUNDS:
        # what the last round did not mend waits until all else is mended
        tried = set(_left(before))
        fresh = [pair for pair in rest if not tried.issuperset(_left([pair]))] if tried else rest
        before = rest
        found, told = _round_of(held, wanted, fresh or rest, rules, session)
        outcome = apply(here, found, rules)
        here, held = outcome.tree, statements(outcome.tree, rules)
        rest = compare(held, wanted, rules.top, rules.unknown)
        left = _left(rest)
        if rounds and any(left == earlier.left for earlier in rounds):
            break  # said again, it would not help again
        rounds.append(Round(_without(found, outcome.ignored) if rounds else found, told, left))
        if not found:
            break
    said = rounds[: 1 + rounds.index(min(rounds, key=_missing))] if rounds else []
    hazards = [hazard for one in said for hazard in one.hazards]
    hazards += [remaining.hazard() for one in said[-1:] for remaining in one.left]
    return Patch(tuple(entered(command for one in said for command in one.commands)), tuple(dict.fromkeys(hazards)))


def _missing(one: Round) -> int:
    return len(one.left)


def unsafe_prefix(running: Tree, patch: Patch, rules: Rules) -> int | None:
    """How many commands of the patch lead to a reference to nothing that was not there and is not there in the end."""
    allowed = dangling(running, rules) | dangling(apply(running, patch.commands, rules).tree, rules)
    for count in range(1, len(patch.commands)):
        if dangling(apply(running, patch.commands[:count], rules).tree, rules) - allowed:
            return count
    return None


def _round_of(
    running: Sequence[Node], intended: Sequence[Node], pairs: list[Pair], rules: Rules, session: Session | None
) -> tuple[list[Command], list[Hazard]]:
    moves = [Command((), f"{rules.words.move} {pair.move.words}") for pair in pairs if pair.move is not None]
    if len(moves) == len(pairs):  # entries are moved when all that are to be there are there
        return moves, []
    builder = Builder(running, intended, rules, session)
    builder.build([pair for pair in pairs if pair.move is None])
    ordered = Ordered(builder.root)
    commands = [command for step in ordered.steps for command in step.commands]
    hazards = [*builder.hazards, *tangles(ordered), *dangles(running, intended, builder.naming, rules)]
    return entered(commands), hazards


def _without(commands: Iterable[Command], ignored: Iterable[Command]) -> list[Command]:
    """The commands but for those that did nothing."""
    idle = {id(command) for command in ignored}
    return [command for command in commands if id(command) not in idle]


def _left(pairs: list[Pair]) -> list[Remaining]:
    """The differences that remain, with the sections they stand in."""
    found: list[Remaining] = []
    waiting: list[tuple[tuple[str, ...], Pair]] = [((), pair) for pair in reversed(pairs)]
    while waiting:
        path, pair = waiting.pop()
        if pair.below:
            waiting.extend(((*path, pair.item.line), inner) for inner in reversed(pair.below))
        else:
            found.append(Remaining(path, *(item.lines if item is not None else () for item in (pair.old, pair.new))))
    return found

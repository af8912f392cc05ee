"""The patch: commands in an order that is safe at every prefix, proven by prediction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def make_patch(running: Tree, intended: Tree, rules: Rules, session: Session | None = None) -> Patch:
    """The commands from `running` to `intended`; raises `SessionWouldBeCut`.

    What the platform takes along with a command and a rule does not tell beforehand is seen in the prediction, and said
    again in another round; what is still missing after the last one is told as a hazard.
    """
    wanted = statements(intended, rules)
    here = running
    commands: list[Command] = []
    hazards: list[Hazard] = []
    rest: list[Pair] = []
    for _round in range(ROUNDS):
        held = statements(here, rules)
        rest = compare(held, wanted, rules.top, rules.unknown)
        if not rest:
            break
        found, told = _round_of(held, wanted, rest, rules, session)
        hazards += told
        outcome = apply(here, found, rules)
        if not found or (commands and len(outcome.ignored) == len(found)):
            break  # said again, it would do nothing again
        commands += found
        here = outcome.tree
    else:
        rest = compare(statements(here, rules), wanted, rules.top, rules.unknown)
    hazards += [Hazard("HAZ-UNPREDICTED", path, line, why) for path, line, why in _left(rest)]
    return Patch(tuple(entered(commands)), tuple(dict.fromkeys(hazards)))


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


def _left(pairs: list[Pair]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The differences that remain, with the sections they stand in."""
    waiting: list[tuple[tuple[str, ...], Pair]] = [((), pair) for pair in reversed(pairs)]
    while waiting:
        path, pair = waiting.pop()
        if pair.below:
            waiting.extend(((*path, pair.item.line), inner) for inner in reversed(pair.below))
            continue
        why = "is predicted to be missing"
        if pair.new is None:
            why = "is predicted to stay"
        elif pair.old is not None:
            why = f"is predicted to be {pair.old.line!r}"
        yield path, pair.item.line, why

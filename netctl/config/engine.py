"""The configuration engine: parse, diff, patch and predict for one platform. No I/O, and no knowledge of devices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from netctl.config import patch as patching
from netctl.config.commands import Command, Hazard, Patch, Session
from netctl.config.meaning import Pair, compare, statements
from netctl.config.predict import Outcome, apply
from netctl.config.quiet import collector_resting
from netctl.config.rules import Rules
from netctl.config.syntax import Tree, parse, render


class Prediction(NamedTuple):
    """The text after commands, and the commands that did nothing."""

    text: str
    ignored: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A patch, the way back from where it leads, and what a reviewer must know; both are proven by prediction.

    What the way back is predicted to miss is a hazard like what the way there misses: ``HAZ-UNPREDICTED``.
    """

    commands: tuple[Command, ...]
    rollback: tuple[Command, ...]
    hazards: tuple[Hazard, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine under one platform's rules."""

    rules: Rules

    @collector_resting()
    def parse(self, text: str) -> Tree:
        """The text as a tree that renders back byte for byte."""
        return parse(text, self.rules.layout)

    @collector_resting()
    def differences(self, running: Tree, intended: Tree) -> list[Pair]:
        """What both hold unequally, by meaning; empty where they mean the same."""
        rules = self.rules
        return compare(statements(running, rules), statements(intended, rules), rules.top, rules.unknown)

    def same(self, running: Tree, intended: Tree) -> bool:
        """True where both mean the same."""
        return not self.differences(running, intended)

    @collector_resting()
    def patch(self, running: Tree, intended: Tree, session: Session | None = None) -> Patch:
        """The commands from one to the other, in an order that is safe at every prefix."""
        return patching.make_patch(running, intended, self.rules, session)

    @collector_resting()
    def remedy(self, running: Tree, intended: Tree, session: Session | None = None) -> Remedy:
        """The patch, and the patch back from what it is predicted to lead to."""
        there = self.patch(running, intended, session)
        after = apply(running, there.commands, self.rules).tree
        back = self.patch(after, running, session)
        stuck = tuple(
            hazard._replace(why=f"on the way back it {hazard.why}")
            for hazard in back.hazards
            if hazard.code == "HAZ-UNPREDICTED"
        )
        return Remedy(there.commands, back.commands, there.hazards + stuck)

    @collector_resting()
    def apply(self, running: Tree, commands: Iterable[Command]) -> Outcome:
        """What the platform holds after the commands."""
        return apply(running, commands, self.rules)

    def predict(self, running: str, patch: str) -> Prediction:
        """The text after the commands of a patch as text."""
        outcome = self.apply(self.parse(running), patching.read(patch, self.rules))
        return Prediction(render(outcome.tree), tuple(outcome.ignored))

    def write(self, commands: Iterable[Command]) -> str:
        """Commands as text: one a line, indented by mode."""
        return patching.write(commands, self.rules)

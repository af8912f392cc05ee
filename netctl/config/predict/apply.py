"""Commands on a configuration: what it is afterwards, and which of them did nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from netctl.config.commands import Command
from netctl.config.predict.sections import Sections
from netctl.config.predict.words import Words
from netctl.config.rules import Rules
from netctl.config.syntax import Tree


class Outcome(NamedTuple):
    """The configuration after the commands, and those that changed nothing."""

    tree: Tree
    ignored: list[Command]


def apply(tree: Tree, commands: Iterable[Command], rules: Rules) -> Outcome:
    """What the platform holds after `commands`; `tree` itself stays as it is."""
    after = tree.copy()
    simulator = Words(after, rules) if rules.by_words else Sections(after, rules)
    ignored = [command for command in commands if not simulator.run(command.path, command.line)]
    return Outcome(after, ignored)

"""The difference of two artefacts by meaning, part by part: what one holds and the other does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from netctl.config.commands import Hazard, Session
from netctl.config.document import parse_document
from netctl.config.engine import Engine
from netctl.config.rules import Rules
from netctl.config.style import DOCUMENT, PARTS, SEQUENCE
from netctl.config.syntax import Tree
from netctl.config.views import diff_lines
from netctl.errors import SessionWouldBeCut
from netctl.model.artefact import Part
from netctl.model.plan import DiffLine

Origin = Callable[[int], str]

_SMALL = 64 * 1024  # characters


def rules_of_part(part: str, platform: Rules | None) -> Rules:
    """How a part is read: as its own kind of file, or by the platform's rules; line by line where there are none."""
    return PARTS.get(part) or platform or SEQUENCE


def tree_of(text: str, rules: Rules) -> Tree:
    """The text as a tree; not to be changed.

    Trees of small texts are kept for a while: a push compares what a router holds with the same renderings at every
    step.
    """
    return _parsed_once(text, rules) if len(text) <= _SMALL else _parsed(text, rules)


def _parsed(text: str, rules: Rules) -> Tree:
    if rules is DOCUMENT:
        return Tree(parse_document(text) if text.strip() else [])
    return Engine(rules).parse(text)


_parsed_once = lru_cache(maxsize=128)(_parsed)


def diff(
    running: Part, intended: Part, platform: Rules | None, origin: Origin = lambda _line: ""
) -> tuple[DiffLine, ...]:
    """What would have to change in `running` for it to mean `intended`; empty where both mean the same.

    `platform` are the rules of its own configuration. Lines carry the section lines above them as ``context``; `origin`
    names the template line of a line of `intended`.
    """
    if running.text == intended.text:
        return ()
    rules = rules_of_part(intended.name, platform)
    pairs = Engine(rules).differences(tree_of(running.text, rules), tree_of(intended.text, rules))
    return tuple(diff_lines(pairs, intended.name, origin))


def diff_parts(
    running: tuple[Part, ...],
    intended: tuple[Part, ...],
    platform: Rules | None,
    origin: Callable[[str, int], str] = lambda _part, _line: "",
) -> tuple[DiffLine, ...]:
    """The differences of all parts in the order of `intended`; a part one side lacks counts as empty there."""
    held = {part.name: part for part in running}
    wanted = {part.name for part in intended}
    lines: list[DiffLine] = []
    for part in intended:
        old = held.get(part.name, Part(part.name, ""))
        lines += diff(old, part, platform, lambda line, name=part.name: origin(name, line))  # type: ignore[misc]
    for part in running:
        if part.name not in wanted:
            lines += diff(part, Part(part.name, ""), platform)
    return tuple(lines)


class Orders(NamedTuple):
    """What a person would say to the router to the same end, and to come back: one line a command, indented by mode."""

    commands: str
    rollback: str
    hazards: tuple[Hazard, ...]


def orders_of(
    running: tuple[Part, ...], intended: tuple[Part, ...], platform: Rules | None, session: Session | None = None
) -> Orders:
    """The commands for the platform's own configuration, proven by prediction; nothing for files beside it.

    A difference that they are predicted to leave is a hazard, ``HAZ-UNPREDICTED``, and so is the end of `session`, for
    which there are no commands.
    """
    held = {part.name: part.text for part in running}
    commands = rollback = ""
    hazards: tuple[Hazard, ...] = ()
    for part in intended:
        old = held.get(part.name, "")
        if platform is None or part.name in PARTS or old == part.text:
            continue
        engine = Engine(platform)
        try:
            remedy = engine.remedy(tree_of(old, platform), tree_of(part.text, platform), session)
        except SessionWouldBeCut as cut:
            return Orders("", "", (Hazard("HAZ-SESSION-CUT", (), cut.where, cut.message),))
        commands += engine.write(remedy.commands)
        rollback += engine.write(remedy.rollback)
        hazards += remedy.hazards
    return Orders(commands, rollback, hazards)


def predicted(before: tuple[Part, ...], commands: str, platform: Rules | None) -> tuple[Part, ...]:
    """What a router is predicted to hold of its own configuration after the commands; nothing without rules."""
    if platform is None:
        return ()
    engine = Engine(platform)
    return tuple(Part(part.name, engine.predict(part.text, commands).text) for part in before if part.name not in PARTS)


def same(running: tuple[Part, ...], intended: tuple[Part, ...], platform: Rules | None) -> bool:
    """True where both mean the same."""
    return running == intended or not diff_parts(running, intended, platform)

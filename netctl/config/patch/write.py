"""A patch as text, one command a line, indented by mode; and read again."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.config.commands import Command, shared
from netctl.config.patch.names import opens, section_below
from netctl.config.rules import Rules
from netctl.config.syntax import parse
from netctl.config.syntax.tree import Node


def write(commands: Iterable[Command], rules: Rules) -> str:
    """The commands as they are typed: the line of a mode once for what follows in it."""
    step, leave = rules.layout.step, rules.leave
    lines: list[str] = []
    mode: tuple[str, ...] = ()
    sections = [rules.top]  # what the mode and those above it know
    for path, line in commands:
        kept = shared(mode, path)
        if leave and kept < len(mode) and (kept or rules.leave_all):
            lines += [step * depth + leave for depth in range(len(mode) - 1, kept - 1, -1)]
        lines += [step * depth + path[depth] for depth in range(kept, len(path))]
        lines.append(step * len(path) + line)
        mode = path
        if not leave:
            continue
        del sections[kept + 1 :]
        for header in path[kept:]:
            sections.append(section_below(sections[-1].read(header), rules.unknown))
        if (path or rules.leave_all) and opens(reading := sections[-1].read(line)):
            mode = (*path, line)
            sections.append(section_below(reading, rules.unknown))
    return "".join(line + "\n" for line in lines)


def read(text: str, rules: Rules) -> tuple[Command, ...]:
    """The commands of a text; the line of a mode is no command where something follows in it."""
    commands: list[Command] = []
    waiting: list[tuple[tuple[str, ...], Node]] = [((), node) for node in reversed(parse(text, rules.layout).children)]
    while waiting:
        path, node = waiting.pop()
        if not node.children:
            commands.append(Command(path, node.line))
            continue
        below = (*path, node.line)
        waiting.extend((below, child) for child in reversed(node.children))
    return tuple(commands)


def entered(commands: Iterable[Command]) -> list[Command]:
    """The commands without those that only open a section in which the next one is said."""
    result: list[Command] = []
    for command in commands:
        if result and command.path == (*result[-1].path, result[-1].line):
            result.pop()
        result.append(command)
    return result

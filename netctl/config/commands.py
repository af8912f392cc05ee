"""Commands in their modes, hazards, and the session that carries them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Command(NamedTuple):
    """One line to say; `path` are the lines of the modes in which it is said, outermost first."""

    path: tuple[str, ...]
    line: str


def shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many modes, outermost first, two paths have in common."""
    if one == other:
        return len(one)
    count = min(len(one), len(other))
    if one[:count] == other[:count]:
        return count
    return next(number for number in range(count) if one[number] != other[number])


class Hazard(NamedTuple):
    """Something a reviewer must know of a command; codes as in docs/rules.md."""

    code: str
    path: tuple[str, ...]
    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Session:
    """What the session that says the commands depends on; "" where it is not known."""

    user: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Patch:
    """The commands from one configuration to another, in an order that is safe at every prefix."""

    commands: tuple[Command, ...]
    hazards: tuple[Hazard, ...]

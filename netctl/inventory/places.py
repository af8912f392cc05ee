"""Where things stand in a file: cheaply for what is right, exactly for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from netctl.inventory.findings import Finding, Problem
from netctl.inventory.resolve import SiteLines
from netctl.inventory.yamlreader import Positions, Unreadable, parse_with_positions

_LONGEST_VALUE = 200


def findings(problems: Iterable[Problem], texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """Problems with their places, sorted by file and line, each once."""
    positions: dict[str, Positions] = {}
    found = set()
    for problem in problems:
        if problem.file not in positions:
            positions[problem.file] = _positions(texts.get(problem.file, ""), problem.file)
        line, column = _place(problem, positions[problem.file])
        value = "" if problem.value is None else str(problem.value)
        if len(value) > _LONGEST_VALUE:
            value = value[:_LONGEST_VALUE] + "…"
        found.add(Finding(problem.file, line, column, problem.code, value, problem.message, problem.hint))
    return tuple(sorted(found))


def _positions(text: str, file: str) -> Positions:
    try:
        return parse_with_positions(text, file)[1]
    except Unreadable:
        return {}


def _place(problem: Problem, positions: Positions) -> tuple[int, int]:
    """The nearest known place: a missing key is reported where its mapping stands."""
    at = problem.at
    if at and isinstance(at[0], int):
        return at[0], int(at[1])
    for length in range(len(at), 0, -1):
        if at[:length] in positions:
            return positions[at[:length]]
    return min(positions.values(), default=(1, 1))


def entry_lines(text: str) -> dict[str, int]:
    """Line of each entry of a file, found by its indentation; good enough for what is right already."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line and line[0] not in " #-\t\r" and ":" in line:
            found.setdefault(line.partition(":")[0].strip("'\" "), number)
    return found


def site_lines(text: str) -> SiteLines:
    """Lines of a site's parts: its first key, its routers, its two access lines."""
    entries = entry_lines(text)
    first = min(entries.values(), default=1)
    routers, access = entries.get("routers", first), entries.get("lines", first)
    return SiteLines(first, _items(text, routers), _items(text, access))


def _items(text: str, start: int) -> tuple[int, int]:
    """Lines of the two items of the list under the key on line `start`; that line itself for a list written in it."""
    found: list[int] = []
    indent = -1
    for number, line in enumerate(text.split("\n")[start:], start=start + 1):
        stripped = line.lstrip(" ")
        if stripped.startswith("- ") and indent in {-1, len(line) - len(stripped)}:
            indent = len(line) - len(stripped)
            found.append(number)
        elif stripped and stripped[0] != "#" and line[0] != " ":
            break
    return (found[0], found[1]) if len(found) > 1 else (start, start)

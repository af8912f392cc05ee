"""The sections that come or go with what stands in them, where a platform's statements are single lines (Junos)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from netctl.config.meaning.words import Flat
from netctl.config.syntax import Tree
from netctl.config.views.lines import Change, Operation

Path = tuple[str, ...]
MARKS = ("deactivate ", "protect ")  # the first word of the statement that says so of another one

_MARK = re.compile(r"^(?:(?:inactive|protect|replace): )+")


def with_headers(changed: Iterable[Change], running: Tree, intended: Tree) -> Iterator[Change]:
    """The changes, and before the first one in a section that only one side has, that section's own line.

    An empty section that gets its first statement, or loses its last one, stays. Nothing is added where one of the
    sides is not written in sections (``set`` lines).
    """
    held, wanted = _sections(running), _sections(intended)
    if not held or not wanted:
        yield from changed
        return
    told: set[tuple[str, Path]] = set()
    for change in changed:
        if not isinstance(change.node, Flat):
            yield change
            continue
        op: Operation = "remove" if change.op == "remove" else "add"
        others = wanted if op == "remove" else held
        for depth in range(1, len(change.path) + 1):
            section = _bare(change.path[:depth])
            if section not in others and (op, section) not in told:
                told.add((op, section))
                yield Change(op, change.path[: depth - 1], change.path[depth - 1], change.node)
        place = _bare((*change.path, change.line))
        if change.node.line.startswith(MARKS) and place in others:
            yield from _marked(change, place[-1])
        elif (op, place) not in told and not others.get(place):
            told.add((op, place))
            yield change


def _marked(change: Change, bare: str) -> Iterator[Change]:
    """What stays, but inactive or protected now, or no more."""
    before, after = (change.line, bare) if change.op == "remove" else (bare, change.line)
    yield Change("remove", change.path, before, change.node, changed=True)
    yield Change("add", change.path, after, change.node, changed=True)


def _sections(tree: Tree) -> dict[Path, bool]:
    """The place of every statement of a tree written in sections, and whether something stands below it."""
    found: dict[Path, bool] = {}
    if not any(node.children for node in tree.children):
        return found
    path: list[str] = []
    for depth, node in tree.walk():
        del path[depth:]
        path.append(_MARK.sub("", node.line))
        place = tuple(path)
        found[place] = bool(node.children) or found.get(place, False)
    return found


def _bare(path: Path) -> Path:
    return tuple(_MARK.sub("", line) for line in path)

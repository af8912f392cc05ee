"""The sections that come or go with what stands in them, where a platform's statements are single lines (Junos)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from netctl.config.meaning.words import Flat
from netctl.config.syntax import Tree
from netctl.config.views.lines import Change, Operation

Places = dict[str, "Places"]  # the statements of a section, each with what stands below it

MARKS = ("deactivate ", "protect ")  # the first word of the statement that says so of another one
DEEPEST = 100  # sections below this are not told by themselves: no router nests so deep, and paths would fill memory

_MARK = re.compile(r"^(?:(?:inactive|protect|replace): )+")


def with_headers(changed: Iterable[Change], running: Tree, intended: Tree) -> Iterator[Change]:
    """The changes, and before the first one in a section that only one side has, that section's own line.

    An empty section that gets its first statement, or loses its last one, stays. Nothing is added where one of the
    sides is not written in sections (``set`` lines).
    """
    held, wanted = _places(running), _places(intended)
    if not held or not wanted:
        yield from changed
        return
    told: dict[Operation, Places] = {"add": {}, "remove": {}}
    for change in changed:
        if not isinstance(change.node, Flat):
            yield change
            continue
        op: Operation = "remove" if change.op == "remove" else "add"
        other: Places | None = wanted if op == "remove" else held
        here = told[op]
        for depth, line in enumerate(change.path):
            bare = _MARK.sub("", line)
            other = None if other is None else other.get(bare)
            if other is None and bare not in here and depth < DEEPEST:
                yield Change(op, change.path[:depth], line, change.node)
            here = here.setdefault(bare, {})
        bare = _MARK.sub("", change.line)
        there = None if other is None else other.get(bare)
        if there is not None and change.node.line.startswith(MARKS):
            yield from _marked(change, bare)
        elif change.op == "move" or (bare not in here and not there):
            here[bare] = {}
            yield change


def _marked(change: Change, bare: str) -> Iterator[Change]:
    """What stays, but inactive or protected now, or no more."""
    before, after = (change.line, bare) if change.op == "remove" else (bare, change.line)
    yield Change("remove", change.path, before, change.node, changed=True)
    yield Change("add", change.path, after, change.node, changed=True)


def _places(tree: Tree) -> Places:
    """The statements of a tree in sections; empty where it has none."""
    found: Places = {}
    if not any(node.children for node in tree.children):
        return found
    waiting = [(tree.children, found)]
    while waiting:
        nodes, section = waiting.pop()
        for node in nodes:
            below = section.setdefault(_MARK.sub("", node.line), {})
            if node.children:
                waiting.append((node.children, below))
    return found

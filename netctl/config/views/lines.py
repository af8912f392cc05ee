"""A difference as a list of lines, each with the sections above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from netctl.config.meaning import Item, Pair
from netctl.config.meaning.compare import same_reading
from netctl.config.meaning.words import Flat
from netctl.config.syntax import Node
from netctl.config.views.sequence import arrange
from netctl.model.plan import DiffLine

DEEPEST_MARGIN = 80

Operation = Literal["add", "remove", "move"]


class Change(NamedTuple):
    """One line that comes, goes or moves; `path` are the lines of the sections above it, outermost first.

    `node` is the line where it was read: of the intended text, or, where it goes, of the running one. `after` is the
    line before it where the order means something, "" elsewhere; `changed` says that the line is one side of a value.
    """

    op: Operation
    path: tuple[str, ...]
    line: str
    node: Node
    after: str = ""
    changed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """What other tools read."""
        return {"op": self.op, "path": list(self.path), "line": self.line}


def changes(pairs: Iterable[Pair]) -> Iterator[Change]:
    """Every changed line: a changed value is one line that goes and one that comes, a section all its lines."""
    waiting: list[tuple[Pair, tuple[str, ...], Mapping[int, str]]] = [(pair, (), {}) for pair in reversed(list(pairs))]
    while waiting:
        pair, path, before = waiting.pop()
        yield from _own(pair, path, before)
        if pair.below and pair.old is not None and pair.new is not None:
            below = (*path, _written(pair.new, pair.new.nodes[0]))
            inside: Mapping[int, str] = {}
            if pair.below[0].rules.ordered:
                inside = {**_before(pair.old.children), **_before(pair.new.children)}
            waiting.extend((each, below, inside) for each in reversed(pair.below))


def _own(pair: Pair, path: tuple[str, ...], before: Mapping[int, str]) -> Iterator[Change]:
    """The changes of the statement itself, and, where it comes or goes, of all that stands below it."""
    old, new = pair.old, pair.new
    if old is None or new is None:
        yield from _whole(pair.item, path, "add" if old is None else "remove", before)
    elif pair.move is not None:
        yield Change("move", *pair.move.place(), pair.move.node, pair.move.other)
    elif pair.moved:
        node = new.nodes[0]
        yield Change("move", *_place(node, path, node.line), node, before.get(id(node), ""))
    elif new.statement is not None and new.statement.sequence:
        yield from _sequence(old, new, pair, path)
    elif not pair.below or not same_reading(old.reading, new.reading):
        yield from _value(old, new, path, before)


def _value(old: Item, new: Item, path: tuple[str, ...], before: Mapping[int, str]) -> Iterator[Change]:
    """The lines of a value: those of a list that goes on over several lines only where they differ."""
    kept = {node.line for node in old.nodes} & {node.line for node in new.nodes}
    if all(node.line in kept for node in (*old.nodes, *new.nodes)):
        kept = set()  # the same lines in another order, or said again
    sides: tuple[tuple[Operation, Item], ...] = (("remove", old), ("add", new))
    for op, item in sides:
        for node in item.nodes:
            if node.line not in kept:
                after = before.get(id(node), "")
                yield Change(op, *_place(node, path, _written(item, node)), node, after, changed=True)


def _sequence(old: Item, new: Item, pair: Pair, path: tuple[str, ...]) -> Iterator[Change]:
    """The lines of a sequence that come, go or stand elsewhere, each after the one before it on its own side."""

    def meaning(node: Node) -> tuple[str, tuple[str, ...]]:
        reading = pair.rules.read(node.line)
        return reading.value, reading.secrets

    before = {**_before(old.nodes), **_before(new.nodes)}
    for op, place in arrange([meaning(node) for node in old.nodes], [meaning(node) for node in new.nodes]):
        node = (old if op == "remove" else new).nodes[place]
        yield Change(op, *_place(node, path, node.line), node, before.get(id(node), ""), changed=op != "move")


def _whole(item: Item, path: tuple[str, ...], op: Operation, before: Mapping[int, str]) -> Iterator[Change]:
    for top in item.nodes:
        above: list[str] = list(path)
        for depth, node in top.walk():
            del above[len(path) + depth :]
            line = _written(item, node) if node is top else node.line
            yield Change(op, *_place(node, tuple(above), line), node, before.get(id(node), ""))
            above.append(line)


def _before(nodes: Iterable[Node]) -> dict[int, str]:
    """For each node but the first, by `id`: the line before it."""
    found: dict[int, str] = {}
    last = ""
    for node in nodes:
        if last:
            found[id(node)] = last
        last = node.leaf if isinstance(node, Flat) else node.line
    return found


def _written(item: Item, node: Node) -> str:
    """The statement as written; one of several that a line says at once (``vlan 10-12``) by itself."""
    return item.line if item.statement is not None and item.statement.each else node.line


def _place(node: Node, path: tuple[str, ...], line: str) -> tuple[tuple[str, ...], str]:
    """Where a line stands in its text, and how it is written there; of a list in brackets the member alone."""
    if not isinstance(node, Flat):
        return path, line
    if node.leaf.endswith("]") and not node.line.endswith("]"):
        return node.path, f"{node.leaf.rpartition(' [')[0]} {node.line.rpartition(' ')[2]}"
    return node.path, node.leaf


class Placed(NamedTuple):
    """A line of a view: a change, or (without one) a section or a neighbour that stays, at its depth."""

    depth: int
    line: str
    change: Change | None = None


def margin(depth: int) -> str:
    """What a line is indented by in a view; what nests deeper than any router's is not indented further."""
    return " " * min(depth, DEEPEST_MARGIN)


def in_sections(changed: Iterable[Change], *, neighbours: bool = False) -> Iterator[Placed]:
    """The changes with the sections above them, each said once.

    With `neighbours`, a line whose place means something follows the line before it, where that is not shown anyway.
    """
    shown: tuple[str, ...] = ()
    seen: dict[tuple[str, ...], set[str]] = {}  # by section: what is shown there without a gap
    for change in changed:
        path, depth = change.path, len(change.path)
        common = 0
        while common < min(len(shown), depth) and shown[common] == path[common]:
            common += 1
        for level in range(common, depth):
            yield Placed(level, path[level])
        if neighbours and change.after and change.after not in seen.get(path, ()):
            yield Placed(depth, change.after)
            seen[path] = {change.after}
        yield Placed(depth, change.line, change)
        if neighbours:
            seen.setdefault(path, set()).add(change.line)
        shown = (*path, change.line)


def diff_lines(pairs: Iterable[Pair], part: str, origin: Callable[[int], str] = lambda _line: "") -> Iterator[DiffLine]:
    """The changed lines with the sections above them as ``context``; a move is a line that goes and comes.

    `origin` names the template line of a line of the intended text, which is counted from 1.
    """
    for depth, line, change in in_sections(changes(pairs)):
        if change is None:
            yield DiffLine("context", part, depth, line)
            continue
        if change.op != "add":
            yield DiffLine("remove", part, depth, line)
        if change.op != "remove":
            yield DiffLine("add", part, depth, line, origin(change.node.number))

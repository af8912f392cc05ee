"""A difference as a list of lines, each with the sections above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from netctl.config.meaning import Item, Pair
from netctl.config.meaning.words import Flat
from netctl.config.syntax import Node
from netctl.model.plan import DiffLine

Operation = Literal["add", "remove", "move"]


class Change(NamedTuple):
    """One line that comes, goes or moves; `path` are the lines of the sections above it, outermost first.

    `node` is the line where it was read: of the intended text, or, where it goes, of the running one.
    """

    op: Operation
    path: tuple[str, ...]
    line: str
    node: Node


def changes(pairs: Iterable[Pair]) -> Iterator[Change]:
    """Every changed line: a changed value is one line that goes and one that comes, a section all its lines."""
    waiting: list[tuple[Pair, tuple[str, ...]]] = [(pair, ()) for pair in reversed(list(pairs))]
    while waiting:
        pair, path = waiting.pop()
        if pair.moved and pair.new is not None:
            yield Change("move", *_place(pair.new.nodes[0], path), pair.new.nodes[0])
        elif pair.old is None or pair.new is None:
            yield from _whole(pair.item, path, "add" if pair.old is None else "remove")
        elif pair.old.reading.value == pair.new.reading.value and pair.below:
            pass
        else:
            yield from _changed(pair, path)
        if pair.below and pair.new is not None:
            below = (*path, pair.new.nodes[0].line)
            waiting.extend((inside, below) for inside in reversed(pair.below))


def _changed(pair: Pair, path: tuple[str, ...]) -> Iterator[Change]:
    """A value, or the lines of a sequence or of a list that goes on: what both sides hold alike is not told."""
    old, new = pair.old, pair.new
    if old is None or new is None:
        return
    gone, come = [node.line for node in old.nodes], [node.line for node in new.nodes]
    if sorted(gone) == sorted(come) and gone != come:
        yield from _moved(old.nodes, new.nodes, path)
        return
    kept = set(gone) & set(come)
    for node in old.nodes:
        if node.line not in kept:
            yield Change("remove", *_place(node, path), node)
    for node in new.nodes:
        if node.line not in kept:
            yield Change("add", *_place(node, path), node)
    if kept and not pair.below and gone != come and all(line in kept for line in (*gone, *come)):
        yield from _moved(old.nodes, new.nodes, path)


def _moved(old: list[Node], new: list[Node], path: tuple[str, ...]) -> Iterator[Change]:
    for one, other in zip(old, new, strict=False):
        if one.line != other.line:
            yield Change("move", *_place(other, path), other)


def _whole(item: Item, path: tuple[str, ...], op: Operation) -> Iterator[Change]:
    for top in item.nodes:
        above: list[str] = list(path)
        for depth, node in top.walk():
            del above[len(path) + depth :]
            yield Change(op, *_place(node, tuple(above)), node)
            above.append(node.line)


def _place(node: Node, path: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Where a line stands in its text, and how it is written there."""
    return (node.path, node.leaf) if isinstance(node, Flat) else (path, node.line)


def diff_lines(pairs: Iterable[Pair], part: str, origin: Callable[[int], str] = lambda _line: "") -> Iterator[DiffLine]:
    """The changed lines with the sections above them as ``context``; a move is a line that goes and comes.

    `origin` names the template line of a line of the intended text, which is counted from 1.
    """
    shown: tuple[str, ...] = ()
    for change in changes(pairs):
        common = 0
        while common < min(len(shown), len(change.path)) and shown[common] == change.path[common]:
            common += 1
        for depth in range(common, len(change.path)):
            yield DiffLine("context", part, depth, change.path[depth])
        shown = change.path
        depth = len(change.path)
        if change.op in {"remove", "move"}:
            yield DiffLine("remove", part, depth, change.line)
        if change.op in {"add", "move"}:
            yield DiffLine("add", part, depth, change.line, origin(change.node.number))
            shown = (*change.path, change.line)
        else:
            shown = (*change.path, change.line) if change.op == "remove" else shown

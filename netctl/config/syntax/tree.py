"""A configuration as a tree that renders back byte for byte."""

from __future__ import annotations

from collections.abc import Iterator


class Node:
    """One statement and what stands below it.

    `line` is the statement alone: no indentation, no trailing space, no ``;`` and no brace; a text kept whole (a
    banner, a certificate) is one statement whose `line` holds newlines. `raw` is the source of the statement with its
    line end, `lead` the source before it that says nothing (comments, blank lines), `tail` the source that closes its
    section (``exit``, ``}``). `number` counts lines from 1; 0 where a statement was not read from a text.
    """

    __slots__ = ("children", "lead", "line", "number", "raw", "tail")

    def __init__(self, line: str, raw: str, number: int = 0, lead: str = "", tail: str = "") -> None:
        self.line = line
        self.raw = raw
        self.number = number
        self.lead = lead
        self.tail = tail
        self.children: list[Node] = []

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Every node below and including this one, with its depth, in the order of the text."""
        waiting: list[tuple[int, Node]] = [(depth, self)]
        while waiting:
            level, node = waiting.pop()
            yield level, node
            waiting.extend((level + 1, child) for child in reversed(node.children))

    def copy(self) -> Node:
        """The same statement with copies of everything below it: neither changes with the other."""
        twin = Node(self.line, self.raw, self.number, self.lead, self.tail)
        _copy_below(self.children, twin.children)
        return twin

    def __repr__(self) -> str:
        return f"Node({self.line!r}, {len(self.children)} below)"


class Tree:
    """All statements of one text; `tail` is what follows the last of them and says nothing."""

    __slots__ = ("children", "tail")

    def __init__(self, children: list[Node] | None = None, tail: str = "") -> None:
        self.children = [] if children is None else children
        self.tail = tail

    def walk(self) -> Iterator[tuple[int, Node]]:
        """Every node with its depth, in the order of the text."""
        for child in self.children:
            yield from child.walk()

    def copy(self) -> Tree:
        """The same tree of new nodes."""
        twin = Tree(tail=self.tail)
        _copy_below(self.children, twin.children)
        return twin


def _copy_below(children: list[Node], copies: list[Node]) -> None:
    """Put copies of `children`, and of everything below them, into `copies`."""
    waiting = [(children, copies)]
    while waiting:
        originals, made = waiting.pop()
        for node in originals:
            twin = Node(node.line, node.raw, node.number, node.lead, node.tail)
            made.append(twin)
            if node.children:
                waiting.append((node.children, twin.children))


def render(tree: Tree) -> str:
    """The text again, byte for byte."""
    written: list[str] = []
    waiting: list[Node | str] = [tree.tail, *reversed(tree.children)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            written.append(node)
            continue
        written += (node.lead, node.raw)
        waiting.append(node.tail)
        waiting.extend(reversed(node.children))
    return "".join(written)

"""A configuration as a tree of sections, whatever the platform writes it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# Lines that only close a section or separate sections: the indentation already says as much.
CLOSERS = frozenset({"!", "exit", "end", "exit-address-family", "exit-vrf", "quit", "}"})


@dataclass(slots=True)
class Node:
    """One line and the lines below it. `line` counts from 1 in the text it was read from."""

    text: str
    line: int
    children: list[Node] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Every node below and including this one, with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


def parse_indented(text: str, *, closers: frozenset[str] = CLOSERS) -> list[Node]:
    """The sections of an indented text; a line belongs to the nearest line above that is indented less."""
    roots: list[Node] = []
    open_sections: list[tuple[int, Node]] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        words = raw.strip()
        if not words or words in closers:
            continue
        indent = len(raw) - len(raw.lstrip())
        while open_sections and open_sections[-1][0] >= indent:
            open_sections.pop()
        node = Node(words, number)
        (open_sections[-1][1].children if open_sections else roots).append(node)
        open_sections.append((indent, node))
    return roots


def parse_lines(text: str) -> list[Node]:
    """Every line a node of its own, blank lines left out."""
    return [Node(line.rstrip(), number) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]

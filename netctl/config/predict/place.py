"""One section of the configuration that is being changed: its statements by identity, kept up with every change."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable

from netctl.config.meaning.item import gather
from netctl.config.rules import Rules, Section
from netctl.config.syntax import Node, node_for


class Place:
    """A section: `nodes` is the list of the tree itself. Statements stand by identity in the order of the text."""

    def __init__(self, nodes: list[Node], section: Section, depth: int, rules: Rules, end: str = "\n") -> None:
        self.nodes = nodes
        self.section = section
        self.depth = depth
        self.rules = rules
        self.end = end  # of lines, as the text has them
        self.above = ""  # the indentation of the section's first line
        self._by_key: dict[str, list[Node]] = {}  # of the statements that were read so far
        self._unread: dict[str, dict[str, list[Node]]] | None = None  # the others, by what their identity begins with
        self._last: dict[str, Node] | None = None  # first word → the last node that begins with it
        self._tail: str | None = None  # what ends the sections that stand here
        self._recent = 0  # where a node was looked for last: commands work their way along a section

    def _same(self, key: str) -> dict[str, list[Node]]:
        """Identity → the nodes that say it, for `key` and what begins with the same word; others may be missing."""
        if self._unread is None:
            self._spread()
            self._unread = {}
            for node in self.nodes:
                alike = self._unread.setdefault(self.section.first_word(node.line), {})
                alike.setdefault(self.section.beginning(node.line), []).append(node)
        first = self.section.first_word(key)
        alike = self._unread.get(first, {})
        begins = self.section.beginning(key)
        for beginning in (begins, first) if begins != first else tuple(alike):
            for node in alike.pop(beginning, ()):
                self._by_key.setdefault(self.section.read(node.line).key, []).append(node)
        return self._by_key

    def _spread(self) -> None:
        """A statement that stands for several (``vlan 10-12``) becomes one for each, as the platform keeps them."""
        several = self.section.several
        if several is None:
            return
        spread: list[Node] = []
        for node in self.nodes:
            if not self.section.among(node.line, several):
                spread.append(node)
                continue
            statement = self.section.read(node.line).statement
            singles = gather([node], self.section) if statement is not None and statement.each else {}
            if len(singles) <= 1:
                spread.append(node)
                continue
            for item in singles.values():
                single = self.written(item.reading.line)
                single.children = [child.copy() for child in node.children]
                spread.append(single)
        self.nodes[:] = spread

    def there(self, key: str) -> list[Node]:
        """The nodes with this identity."""
        return self._same(key).get(key, [])

    def written(self, line: str) -> Node:
        """A new statement as the platform would print it here."""
        node = node_for(line, self.depth, self.rules.layout, end=self.end)
        if self.depth:  # as deep as what stands beside it, or the text would be read otherwise
            indentation = indentation_of(self.nodes[0]) if self.nodes else self.above + self.rules.layout.step
            node.raw = indentation + node.raw.lstrip(" \t")
        return node

    def put(self, line: str, key: str) -> Node:
        """A new statement, after the last one that begins with the same word."""
        node = self.written(line)
        same = self._same(key).setdefault(key, [])
        last = self._last_alike()
        alike = same[-1] if same else None if self.section.ordered else last.get(_first_word(line))
        if alike is None:
            self.nodes.append(node)
            last[_first_word(line)] = node
        else:
            self.nodes.insert(self._index(alike) + 1, node)
            if last.get(_first_word(line)) is alike:
                last[_first_word(line)] = node
        same.append(node)
        return node

    def _index(self, node: Node) -> int:
        nodes = self.nodes
        for place in (self._recent, self._recent + 1, self._recent - 1):
            if 0 <= place < len(nodes) and nodes[place] is node:
                break
        else:
            place = nodes.index(node)  # nodes are equal only to themselves
        self._recent = place
        return place

    def _last_alike(self) -> dict[str, Node]:
        if self._last is None:
            self._last = {_first_word(node.line): node for node in self.nodes}
        return self._last

    def rewrite(self, old: Node, line: str) -> None:
        """The statement says something else at its place, and keeps what stands below it."""
        new = self.written(line)
        if _first_word(old.line) != _first_word(line):
            self._last = None
        old.line, old.raw = new.line, new.raw

    def close(self, node: Node) -> None:
        """A new section ends as the sections beside it end (``exit``)."""
        if self._tail is None:
            ended = (other.tail for other in self.nodes if other is not node and other.tail and other.children)
            self._tail = next(ended, "")
        node.tail = self._tail or node.tail

    def drop(self, node: Node, key: str) -> None:
        """The statement is no longer there."""
        place = self._index(node)
        del self.nodes[place]
        first = _first_word(node.line)
        if self._last is not None and self._last.get(first) is node:
            before = (other for other in reversed(self.nodes[:place]) if _first_word(other.line) == first)
            self._last[first] = next(before, node)
            if self._last[first] is node:
                del self._last[first]
        known = self._same(key)
        rest = [other for other in known.get(key, []) if other is not node]
        if rest:
            known[key] = rest
        else:
            known.pop(key, None)


def indentation_of(node: Node) -> str:
    """What stands before the statement on its line."""
    return node.raw[: len(node.raw) - len(node.raw.lstrip(" \t"))]


def _first_word(line: str) -> str:
    return line.partition(" ")[0]


def beginning(pattern: str) -> Callable[[str], bool]:
    """Whether a statement begins with these words; ``*`` is any one word."""
    wanted = pattern.split()
    count = len(wanted)
    if "*" not in pattern:
        text = " ".join(wanted)
        return lambda line: line == text or line.startswith(text + " ")

    def begins(line: str) -> bool:
        words = line.split(None, count)[:count]
        return len(words) == count and all(
            fnmatch.fnmatchcase(word, part) for word, part in zip(words, wanted, strict=True)
        )

    return begins

"""A curly or flat tree, changed by whole spelled statements."""

from __future__ import annotations

from netctl.config.rules import Rules
from netctl.config.syntax import Node, Tree, end_last_line, line_end, node_for
from netctl.config.syntax.layout import Layout


class Spelled:
    """Where each spelled statement stands in the tree: its leaf, and the sections above it."""

    def __init__(self, tree: Tree, rules: Rules) -> None:
        self.tree = tree
        self.rules = rules
        self.say = rules.words.say
        self.end = line_end(tree.children[0].raw) if tree.children else "\n"
        end_last_line(tree, self.end)
        self.curly = rules.layout.style == "curly" and not self._said()

    def _said(self) -> bool:
        return bool(self.tree.children) and all(
            node.line.split(" ", 1)[0] in {self.say, "deactivate", "protect"} for node in self.tree.children
        )

    def _written(self, line: str, depth: int) -> Node:
        if self.curly:
            return node_for(line, depth, self.rules.layout, end=self.end)
        said = line if not self.say or line.startswith(("deactivate ", "protect ")) else f"{self.say} {line}"
        return node_for(said, 0, _flat(self.rules.layout), end=self.end)

    def put(self, line: str, behind: str = "") -> None:
        """A new statement; in curly texts in the deepest section that is there, in others right after `behind`."""
        if not self.curly:
            self._put_flat(line, behind)
            return
        nodes, depth, rest = self.tree.children, 0, line
        mark, rest = _marked(rest)
        if mark:
            self._mark(rest, mark)
            return
        while (found := _descend(nodes, rest)) is not None:
            node, rest = found
            nodes, depth = node.children, depth + 1
        for header in self._sections(rest):
            section = node_for(header, depth, self.rules.layout, section=True, end=self.end)
            nodes.append(section)
            nodes, depth, rest = section.children, depth + 1, rest[len(header) + 1 :]
        nodes.append(self._written(rest, depth))

    def _put_flat(self, line: str, behind: str) -> None:
        node = self._written(line, 0)
        words = node.line.split()
        nodes = self.tree.children
        if behind:
            place = max((number for number, other in enumerate(nodes) if self._own(other.line) == behind), default=-1)
            nodes.insert(place + 1 if place >= 0 else len(nodes), node)
            return
        place, shared = len(nodes), 0
        for number in range(len(nodes) - 1, -1, -1):
            common = _common(nodes[number].line.split(), words)
            if common > shared:
                place, shared = number + 1, common
        nodes.insert(place if shared > 1 else len(nodes), node)

    def _sections(self, words: str) -> list[str]:
        """How the words of a new statement are split into sections: all but its last one or two words."""
        rest = words.split()
        headers = []
        while len(rest) > 2:
            size = 2 if rest[0] in self.rules.containers else 1
            if len(rest) <= size or '"' in rest[size - 1]:
                break
            headers.append(" ".join(rest[:size]))
            rest = rest[size:]
            if rest and '"' in rest[min(1, len(rest) - 1)]:
                break
        return headers

    def rewrite(self, old: str, line: str) -> None:
        """A statement in the place of another."""
        place = self._find(old)
        if place is None:
            self.put(line)
            return
        nodes, node, path = place
        above = " ".join(_plain(header) for header in path)
        own = line[len(above) + 1 :] if above and line.startswith(above + " ") else None
        if (self.curly and own is None) or "[" in node.line:
            self.drop(old)
            self.put(line)
            return
        new = self._written(own if self.curly and own is not None else line, len(path))
        nodes[next(number for number, other in enumerate(nodes) if other is node)] = new

    def drop(self, line: str) -> None:
        """The statement goes, and with it the sections that nothing else keeps."""
        mark, words = _marked(line)
        if mark and self.curly:
            self._unmark(words, mark)
            return
        place = self._find(line)
        if place is None:
            return
        nodes, node, path = place
        if _plain(node.line).endswith("]") and " [" in node.line:
            member = line.rsplit(" ", 1)[-1]
            head, _, inside = node.line[:-1].rpartition(" [")
            left = [word for word in inside.split() if word != member]
            if left:
                new = self._written(f"{head} [ {' '.join(left)} ]", len(path))
                node.line, node.raw = new.line, new.raw
                return
        # What is said twice in the same words goes once and for all.
        nodes[:] = [other for other in nodes if other is not node and (other.children or other.line != node.line)]
        self._prune(path)

    def _prune(self, path: tuple[str, ...]) -> None:
        levels: list[tuple[list[Node], Node]] = []
        nodes = self.tree.children
        for header in path:
            node = next((other for other in nodes if other.line == header), None)
            if node is None:
                return
            levels.append((nodes, node))
            nodes = node.children
        for siblings, node in reversed(levels):
            if node.children:
                return
            siblings[:] = [other for other in siblings if other is not node]

    def _find(self, line: str) -> tuple[list[Node], Node, tuple[str, ...]] | None:
        """The siblings of a spelled statement, its node, and the lines of the sections above it."""
        waiting: list[tuple[list[Node], tuple[str, ...], str]] = [(self.tree.children, (), line)]
        while waiting:
            nodes, path, rest = waiting.pop()
            for node in nodes:
                own = self._own(node.line)
                if not node.children and rest in _spelled(own):
                    return nodes, node, path
                if node.children and rest.startswith(own + " "):
                    waiting.append((node.children, (*path, node.line), rest[len(own) + 1 :]))
        return None

    def _own(self, line: str) -> str:
        if self.say and line.startswith(self.say + " "):
            return line[len(self.say) + 1 :].lstrip()
        return _plain(line)

    def _mark(self, words: str, mark: str) -> None:
        node = self._named(words)
        if node is not None:
            node.raw = node.raw.replace(node.line, f"{mark} {node.line}", 1)
            node.line = f"{mark} {node.line}"

    def _unmark(self, words: str, mark: str) -> None:
        node = self._named(words)
        if node is not None:
            node.raw = node.raw.replace(f"{mark} ", "", 1)
            node.line = node.line.replace(f"{mark} ", "", 1)

    def _named(self, words: str) -> Node | None:
        """The section or statement that these words lead to."""
        nodes, rest = self.tree.children, words
        while (found := _descend(nodes, rest)) is not None:
            node, rest = found
            nodes = node.children
        return next((node for node in nodes if _plain(node.line).split(" [ ")[0] == rest), None)

    def move(self, item: str, other: str, *, after: bool) -> bool:
        """All statements that begin with `item` stand right before or after those that begin with `other`."""
        nodes = self._siblings(item)
        if nodes is None:
            return False
        moving = [node for node in nodes if self._reaches(node, item)]
        staying = [node for node in nodes if node not in moving]
        marks = [number for number, node in enumerate(staying) if self._reaches(node, other)]
        if not moving or not marks:
            return False
        place = marks[-1] + 1 if after else marks[0]
        ordered = [*staying[:place], *moving, *staying[place:]]
        if [id(node) for node in ordered] == [id(node) for node in nodes]:
            return False
        nodes[:] = ordered
        return True

    def _siblings(self, item: str) -> list[Node] | None:
        """The list of nodes in which an entry stands."""
        if not self.curly:
            return self.tree.children
        nodes, rest = self.tree.children, item
        while (found := _descend(nodes, rest)) is not None and found[1]:
            node, rest = found
            if not node.children:
                break
            nodes = node.children
        return nodes if any(self._own(node.line) == rest for node in nodes) else None

    def _reaches(self, node: Node, words: str) -> bool:
        own = self._own(node.line)
        return own == words or own.startswith(words + " ") or (self.curly and words.endswith(" " + own))


def _flat(layout: Layout) -> Layout:
    return Layout("flat", comments=layout.comments, step=layout.step)


def _plain(line: str) -> str:
    for mark in ("inactive: ", "protect: ", "replace: "):
        line = line.removeprefix(mark)
    return line


def _marked(line: str) -> tuple[str, str]:
    for word, mark in (("deactivate ", "inactive:"), ("protect ", "protect:")):
        if line.startswith(word):
            return mark, line[len(word) :]
    return "", line


def _descend(nodes: list[Node], words: str) -> tuple[Node, str] | None:
    """The section whose words `words` begin with, and what is left of them."""
    for node in nodes:
        own = _plain(node.line)
        if (node.children or node.raw.rstrip().endswith("{")) and words.startswith(own + " "):
            return node, words[len(own) + 1 :]
    return None


def _spelled(own: str) -> list[str]:
    if own.endswith("]") and " [" in own and '"' not in own:
        head, _, inside = own[:-1].rpartition(" [")
        return [f"{head} {member}" for member in inside.split()]
    return [own]


def _common(left: list[str], right: list[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count

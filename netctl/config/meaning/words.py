"""Curly and flat trees as statements that hold all their words, as ``set`` lines do."""

from __future__ import annotations

from netctl.config.rules import Rules
from netctl.config.syntax import Node, Tree


class Flat(Node):
    """A statement with all its words in `line`; `path` and `leaf` are how it stands in its text."""

    __slots__ = ("leaf", "path")

    def __init__(self, line: str, node: Node, path: tuple[str, ...], leaf: str) -> None:
        super().__init__(line, node.raw, node.number)
        self.path = path
        self.leaf = leaf


def statements(tree: Tree, rules: Rules) -> list[Node]:
    """The statements of the top level as the rules' patterns see them.

    On platforms whose removals go by words (`Rules.by_words`) each leaf becomes one statement with all its words:
    sections are spelled out, ``[ a b ]`` becomes one statement for each member, the word that `say` names is left out.
    What is said twice in the same words is said once.
    """
    if not rules.by_words:
        return tree.children
    found: list[Node] = []
    for node in tree.children:
        _spell(node, rules.words.say, found)
    first: dict[str, Node] = {}
    for node in found:
        first.setdefault(node.line, node)
    return list(first.values())


_MARKS = {"inactive:": "deactivate", "protect:": "protect"}


def _spell(top: Node, say: str, found: list[Node]) -> None:
    waiting: list[tuple[Node, tuple[str, ...], str]] = [(top, (), "")]
    while waiting:
        node, path, words = waiting.pop()
        line = node.line
        said = say and line.startswith(say + " ")
        own, marks = (line[len(say) + 1 :].lstrip(), []) if said else _unmarked(line)
        spelled = f"{words} {own}" if words else own
        found.extend(Flat(f"{mark} {spelled.split(' [ ')[0]}", node, path, line) for mark in marks)
        if node.children:
            below = (*path, line)
            waiting.extend((child, below, spelled) for child in reversed(node.children))
            continue
        found.extend(Flat(single, node, path, line) for single in _members(spelled))


def _unmarked(line: str) -> tuple[str, list[str]]:
    marks = []
    first, _, rest = line.partition(" ")
    while first in _MARKS or first == "replace:":
        if first in _MARKS:
            marks.append(_MARKS[first])
        line = rest.lstrip()
        first, _, rest = line.partition(" ")
    return line, marks


def _members(line: str) -> list[str]:
    """One statement for each member of a list in brackets at the end."""
    if not line.endswith("]") or " [" not in line or '"' in line:
        return [line]
    before, _, inside = line[:-1].rpartition(" [")
    return [f"{before} {member}" for member in inside.split()] or [line]

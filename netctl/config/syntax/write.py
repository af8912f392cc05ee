"""New statements, written as the platform would write them."""

from __future__ import annotations

from netctl.config.syntax.curly import COMMANDS
from netctl.config.syntax.layout import Layout
from netctl.config.syntax.tree import Node, Tree


def node_for(line: str, depth: int, layout: Layout, *, section: bool = False, end: str = "\n") -> Node:
    """The node of a new statement at `depth`, its line ended by `end`.

    Where sections stand in braces, `section` writes one that is still empty; elsewhere it changes nothing. A text kept
    whole is written as it is, only its line ends become `end`. ``set`` lines of a platform with braces stay lines.
    """
    if layout.style == "flat" or (layout.style == "curly" and depth == 0 and line.split(" ", 1)[0] in COMMANDS):
        return Node(line, line.replace("\n", end) + end)
    indentation = layout.step * depth
    if layout.style != "curly":
        return Node(line, indentation + line.replace("\n", end) + end)
    if not section:
        return Node(line, f"{indentation}{line};{end}")
    return Node(line, f"{indentation}{line} {{{end}", tail=f"{indentation}}}{end}")


def make_section(node: Node, depth: int, layout: Layout, *, end: str = "\n") -> None:
    """A statement without anything below becomes one that can hold others; a section stays as it is."""
    if layout.style == "curly" and not node.children and "}" not in node.tail:
        written = node_for(node.line, depth, layout, section=True, end=end)
        node.raw, node.tail = written.raw, written.tail


def end_last_line(tree: Tree, end: str = "\n") -> None:
    """The last line of the text has a line end, so that a statement can follow it."""
    if tree.tail:
        tree.tail = _ended(tree.tail, end)
        return
    siblings = tree.children
    while siblings:
        node = siblings[-1]
        if node.tail:
            node.tail = _ended(node.tail, end)
            return
        if not node.children:
            node.raw = _ended(node.raw, end)
        siblings = node.children


def _ended(text: str, end: str) -> str:
    return text if text.endswith(("\n", "\r")) else text + end

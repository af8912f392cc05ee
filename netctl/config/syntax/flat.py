"""Configurations in which every line stands alone: Si-R, and Junos written as ``set`` lines."""

from __future__ import annotations

from netctl.config.syntax.layout import Layout
from netctl.config.syntax.lines import EDGE, split
from netctl.config.syntax.tree import Node, Tree
from netctl.config.syntax.wholes import join_wholes


def parse(text: str, layout: Layout) -> Tree:
    """One node for every line that says something, however it is indented."""
    lines = split(text)
    wholes = join_wholes(lines, text, layout.wholes)
    tree, lead = Tree(), ""
    for number, raw in enumerate(lines, 1):
        line = raw.strip(EDGE)
        if not line or line.startswith(layout.comments):
            lead += raw
            continue
        tree.children.append(Node(wholes.get(line, line), raw, number, lead))
        lead = ""
    tree.tail = lead
    return tree

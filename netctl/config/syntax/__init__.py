"""Text ↔ tree, losing nothing: what is written is kept byte for byte, what it means is not asked here."""

from netctl.config.syntax.layout import Layout, Whole
from netctl.config.syntax.lines import line_end
from netctl.config.syntax.read import parse
from netctl.config.syntax.tree import Node, Tree, render
from netctl.config.syntax.write import end_last_line, make_section, node_for

__all__ = [
    "Layout",
    "Node",
    "Tree",
    "Whole",
    "end_last_line",
    "line_end",
    "make_section",
    "node_for",
    "parse",
    "render",
]

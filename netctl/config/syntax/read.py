"""Any text of a platform as a tree that renders back byte for byte."""

from __future__ import annotations

from netctl.config.syntax import curly, flat, indent, modal
from netctl.config.syntax.layout import Layout
from netctl.config.syntax.tree import Tree

STYLES = {"indent": indent.parse, "curly": curly.parse, "flat": flat.parse, "modal": modal.parse}
BYTE_ORDER_MARK = "\ufeff"


def parse(text: str, layout: Layout) -> Tree:
    """The tree of a text: every statement a node, everything else kept beside one; no text is refused.

    Time is linear in the length of the text, whatever it holds.
    """
    if not text.startswith(BYTE_ORDER_MARK):
        return STYLES[layout.style](text, layout)
    tree = STYLES[layout.style](text[1:], layout)
    if tree.children:
        tree.children[0].lead = BYTE_ORDER_MARK + tree.children[0].lead
    else:
        tree.tail = BYTE_ORDER_MARK + tree.tail
    return tree

"""Configurations in which a line selects what the following lines are about: Yamaha's ``pp select 1``."""

from __future__ import annotations

from netctl.config.syntax.layout import Layout
from netctl.config.syntax.lines import EDGE, split, width
from netctl.config.syntax.tree import Node, Tree
from netctl.config.syntax.wholes import join_wholes


def parse(text: str, layout: Layout) -> Tree:
    """The tree of a modal text: sections are one level deep, whatever the lines in them are indented by.

    A router prints the lines of a section indented and what follows it not; a person often indents nothing and ends
    the section with ``pp select none``. The first line below the opener tells which of the two it is.
    """
    lines = split(text)
    wholes = join_wholes(lines, text, layout.wholes)
    tree, lead = Tree(), ""
    section: Node | None = None
    for number, raw in enumerate(lines, 1):
        line = raw.strip(EDGE)
        if not line or line.startswith(layout.comments):
            lead += raw
            continue
        if line in layout.closers:
            if section is None:
                lead += raw
            else:
                section.tail, section, lead = lead + raw, None, ""
            continue
        node, lead = Node(wholes.get(line, line), raw, number, lead), ""
        if any(opener.fullmatch(line) for opener in layout.openers):
            section = node
            tree.children.append(node)
        elif section is None or _is_beyond(section, raw):
            section = None
            tree.children.append(node)
        else:
            section.children.append(node)
    tree.tail = lead
    return tree


def _is_beyond(section: Node, raw: str) -> bool:
    """Whether a line stands outside a section whose own lines are indented."""
    if not section.children:
        return False
    outer = width(section.raw)
    return width(section.children[0].raw) > outer >= width(raw)

"""Configurations that show sections by indentation: IOS, XR, NX-OS, EOS, FRR, IX, FITELnet, ALAXALA."""

from __future__ import annotations

from functools import partial

from netctl.config.syntax.closing import NEVER, Levels, close, section_goes_on
from netctl.config.syntax.layout import Layout
from netctl.config.syntax.lines import BLANK, EDGE, split, width
from netctl.config.syntax.tree import Node, Tree
from netctl.config.syntax.wholes import join_wholes


def parse(text: str, layout: Layout) -> Tree:  # noqa: C901, PLR0912 - one loop without calls is what makes it fast
    """The tree of an indented text: a line belongs to the nearest line above that is indented less.

    This is the engine's hottest loop: nothing is called for a line that can be told without, and everything unusual
    (closers, comments inside a section, texts kept whole) is left to `special` and `lead`.
    """
    lines = split(text)
    wholes = join_wholes(lines, text, layout.wholes)
    comments, closers = layout.comments, layout.closers
    quiet = {"", *(comment[:1] for comment in comments)}
    special = {*closers, *layout.finals, *wholes}
    tabs = "\t" in text
    tree = Tree()
    levels: Levels = [(-1, tree.children)]
    (owner, siblings), depth = levels[-1], NEVER
    lead, deepest = "", 0
    for number, raw in enumerate(lines, 1):
        head = raw.lstrip(BLANK)
        line = head.rstrip(EDGE)
        indent = len(raw) - len(head)
        if tabs and indent:
            indent = width(raw)
        if line[:1] in quiet and (not line or line.startswith(comments)):
            lead += raw
            if line and indent > deepest:
                deepest = indent
            continue
        if line in special:
            if line in wholes:
                line = wholes[line]
            elif line in closers or not indent:
                lead = _end(levels, depth, lines, number, lead=lead, layout=layout)
                deepest = deepest if lead else 0
                (owner, siblings), depth = levels[-1], NEVER
                continue
        if indent > depth:
            siblings = siblings[-1].children
            owner, depth = depth, indent
            levels.append((owner, siblings))
        elif indent < depth:
            while owner >= indent:
                levels.pop()
                owner, siblings = levels[-1]
            depth = indent
        if lead:
            if deepest > indent and siblings:
                lead = _settle(lead, indent, siblings[-1])
            siblings.append(Node(line, raw, number, lead))
            lead, deepest = "", 0
        else:
            siblings.append(Node(line, raw, number))
    tree.tail = _settle(lead, 0, tree.children[-1]) if deepest and tree.children else lead
    return tree


def _end(levels: Levels, depth: int, lines: list[str], number: int, *, lead: str, layout: Layout) -> str:
    """Close what the line `number` ends; answers what of `lead` and the line belongs to no section."""
    raw = lines[number - 1]
    line, indent = raw.strip(EDGE), width(raw)
    ended = None
    if line not in layout.finals:
        goes_on = partial(section_goes_on, lines, number, indent, layout)
        ended = close(levels, depth, indent, line, goes_on)
    if ended is None:
        del levels[1:]
        return lead + raw
    ended.tail += lead + raw
    return ""


def _settle(lead: str, indent: int, before: Node) -> str:
    """What of `lead` says nothing about the next statement: comments indented deeper end the section before."""
    lines, taken = split(lead), 0
    for count, line in enumerate(lines, 1):
        if not line.strip(EDGE):
            continue
        if width(line) <= indent:
            break
        taken = count
    before.tail += "".join(lines[:taken])
    return "".join(lines[taken:])

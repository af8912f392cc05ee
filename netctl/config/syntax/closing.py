"""Which section a closing line (``exit``, ``exit-address-family``, ``quit``) ends, where indentation shows sections."""

from __future__ import annotations

import sys
from collections.abc import Callable

from netctl.config.syntax.layout import Layout
from netctl.config.syntax.lines import EDGE, width
from netctl.config.syntax.tree import Node

# The open levels, outermost first: how far the owner of a level is indented, and the statements on it.
Levels = list[tuple[int, list[Node]]]

NEVER = sys.maxsize  # the depth of a statement that is closed: nothing is indented deeper


def close(levels: Levels, depth: int, indent: int, closer: str, goes_on: Callable[[], bool]) -> Node | None:
    """The section that `closer` ends, its levels taken off; None where no section is open.

    `depth` is how far the last statement is indented, `indent` how far the closer is. A closer that names a section
    (``exit-vrf``) ends the innermost one of that name; with none open, the last one beside it, which takes over what
    followed it (IOS 12 does not indent what is inside an address family). Any other ends the section it is as far
    indented as, or the one it stands in; beside a statement with nothing below, an empty section and a last line look
    the same, and `goes_on` says whether the section around them goes on after the closer.
    """
    place, inner = len(levels) - 1, depth
    while place >= 0 and inner > indent:
        inner = levels[place][0]
        place -= 1
    if place < 0:
        return None
    name = closer.partition("-")[2]
    named = _named(levels, place, name) if name else -1
    if named >= 0:
        place = named
    elif not (name and inner == indent and _adopt(levels[place][1], name)):
        alone = place > 0 and inner == indent and not levels[place][1][-1].children
        if alone and not goes_on():
            place -= 1
    del levels[place + 1 :]
    return levels[place][1][-1]


def _is(node: Node, name: str) -> bool:
    return node.line == name or node.line.startswith(name + " ")


def _named(levels: Levels, place: int, name: str) -> int:
    """The innermost level, from `place` outward, whose last statement begins with `name`; -1 if there is none."""
    while place >= 0 and not _is(levels[place][1][-1], name):
        place -= 1
    return place


def _adopt(siblings: list[Node], name: str) -> bool:
    """Whether a statement called `name` is still open among `siblings`; what follows it is then put below it."""
    for index in range(len(siblings) - 1, -1, -1):
        node = siblings[index]
        if node.tail:
            return False
        if not node.children and _is(node, name):
            node.children.extend(siblings[index + 1 :])
            del siblings[index + 1 :]
            return True
    return False


def section_goes_on(lines: list[str], index: int, indent: int, layout: Layout) -> bool:
    """Whether the first line from `index` on that says something is indented by `indent`, or a closer itself."""
    for later in range(index, len(lines)):
        line = lines[later].strip(EDGE)
        if line and not line.startswith(layout.comments):
            return line in layout.closers or width(lines[later]) >= indent
    return False

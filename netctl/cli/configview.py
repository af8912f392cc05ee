"""How configurations and their differences look: signs and columns for people, a stream of JSON for programs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from netctl.cli.output import json_text, printable

if TYPE_CHECKING:
    from netctl.control.network.config import Change, Tree

PAGE = 160  # columns of what no terminal shows
STYLES = {"+": "green", "-": "red", ">": "yellow", " ": ""}


def coloured(choice: str) -> bool:
    """Whether to colour: as asked for, else on a terminal whose user does not object (NO_COLOR)."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_difference(changed: Iterable[Change], *, colour: bool, columns: bool) -> None:
    """The difference in one column, or in two; control characters are shown, not obeyed."""
    shown = map(_printable, changed)
    lines = _in_columns(shown, colour=colour) if columns else _in_one_column(shown, colour=colour)
    write_text("".join(f"{line}\n" for line in lines))


def _in_one_column(changed: Iterable[Change], *, colour: bool) -> Iterator[str]:
    from netctl.control.network.config import unified

    for sign, text in unified(changed):
        yield _styled(f"{sign} {text}".rstrip(" ") if sign == " " else f"{sign} {text}", STYLES[sign], colour=colour)


def _in_columns(changed: Iterable[Change], *, colour: bool) -> Iterator[str]:
    from netctl.control.network.config import side_by_side

    width = shutil.get_terminal_size((PAGE, 0)).columns
    for left, mark, right in side_by_side(changed, width):
        styles = ("red", "green") if mark == "~" else (STYLES[mark], STYLES[mark])
        text = f"{_styled(left, styles[0], colour=colour)} {mark} {_styled(right, styles[1], colour=colour)}"
        yield text if colour else text.rstrip(" ")


def _styled(text: str, style: str, *, colour: bool) -> str:
    return click.style(text, fg=style) if colour and style and text else text


def _printable(change: Change) -> Change:
    path = tuple(map(printable, change.path))
    return change._replace(path=path, line=printable(change.line), after=printable(change.after))


def write_text(text: str) -> None:
    """The text in UTF-8, bytes that are none as they were read."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def write_tree(platform: str, tree: Tree) -> None:
    """The tree as JSON, a statement a line, as deep as it may be: nothing here calls itself."""
    written = [f'{{"platform": {json_text(platform)}, "tree": [']
    closing = {False: "]}", True: "]},"}
    waiting = [(node, number < len(tree.children)) for number, node in enumerate(tree.children, 1)][::-1]
    ends: list[tuple[int, bool]] = []  # how many are waiting when a section ends, and whether another one follows it
    while waiting:
        node, more = waiting.pop()
        written.append(f'{{"line": {json_text(node.line)}, "children": [')
        ends.append((len(waiting), more))
        count = len(node.children)
        waiting.extend((node.children[number], number < count - 1) for number in range(count - 1, -1, -1))
        while ends and ends[-1][0] == len(waiting):
            written[-1] += closing[ends.pop()[1]]
    write_text("\n".join(written) + "\n]}\n")

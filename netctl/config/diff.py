"""The difference of two configurations by meaning: what one holds and the other does not, inside its sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from netctl.config.document import parse_document
from netctl.config.style import Style, style_of
from netctl.config.tree import Node, parse_indented, parse_lines
from netctl.model.artefact import Part
from netctl.model.plan import DiffLine

Origin = Callable[[int], str]

_SMALL = 64 * 1024  # characters


class _Edit(NamedTuple):
    op: Literal["add", "remove", "context"]
    depth: int
    node: Node


def diff(running: Part, intended: Part, platform: str, origin: Origin = lambda _line: "") -> tuple[DiffLine, ...]:
    """What would have to change in `running` for it to mean `intended`; empty where both mean the same.

    Siblings are compared as sets unless the part's style says that order means something. Lines of the diff carry the
    section lines above them as ``context``. `origin` names the template line of a line of `intended`.
    """
    if running.text == intended.text:
        return ()
    style = style_of(intended.name, platform)
    edits = _compare(parse(running.text, style), parse(intended.text, style), 0, ordered=style.ordered)
    return tuple(
        DiffLine(
            edit.op, intended.name, edit.depth, edit.node.text, "" if edit.op == "remove" else origin(edit.node.line)
        )
        for edit in edits
    )


def parse(text: str, style: Style) -> list[Node]:
    """The text as a tree, read as its style says; not to be changed.

    Trees of small texts are kept for a while: a push compares what a router holds with the same renderings at every
    step.
    """
    return _parsed_once(text, style) if len(text) <= _SMALL else _parsed(text, style)


def _parsed(text: str, style: Style) -> list[Node]:
    if style.form == "document":
        return parse_document(text) if text.strip() else []
    return parse_indented(text) if style.form == "indented" else parse_lines(text)


_parsed_once = lru_cache(maxsize=128)(_parsed)


def _compare(running: list[Node], intended: list[Node], depth: int, *, ordered: bool) -> Iterator[_Edit]:
    pairs = _align_ordered(running, intended) if ordered else _align_free(running, intended)
    for old, new in pairs:
        if old is not None and new is not None:
            below = list(_compare(old.children, new.children, depth + 1, ordered=ordered))
            if below:
                yield _Edit("context", depth, new)
                yield from below
        elif old is not None:
            yield from (_Edit("remove", depth + under, node) for under, node in old.walk())
        elif new is not None:
            yield from (_Edit("add", depth + under, node) for under, node in new.walk())


Pair = tuple[Node | None, Node | None]


def _align_free(running: list[Node], intended: list[Node]) -> Iterator[Pair]:
    """Equal lines paired wherever they stand; a removed line is told after the line it followed in `running`."""
    waiting: dict[str, list[Node]] = {}
    for node in reversed(running):
        waiting.setdefault(node.text, []).append(node)
    partner: dict[int, Node] = {}
    for node in intended:
        if waiting.get(node.text):
            partner[id(node)] = waiting[node.text].pop()
    kept = {id(node) for node in partner.values()}
    removed_after: dict[int, list[Node]] = {}
    last = 0
    for node in running:
        if id(node) in kept:
            last = id(node)
        else:
            removed_after.setdefault(last, []).append(node)
    yield from ((gone, None) for gone in removed_after.get(0, ()))
    for node in intended:
        old = partner.get(id(node))
        yield old, node
        if old is not None:
            yield from ((gone, None) for gone in removed_after.get(id(old), ()))


def _align_ordered(running: list[Node], intended: list[Node]) -> Iterator[Pair]:
    """Equal lines paired in their order (the longest common run), all others removed or added."""
    matcher = SequenceMatcher(None, [node.text for node in running], [node.text for node in intended], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(running[old_from:old_to], intended[new_from:new_to], strict=True)
        else:
            yield from ((node, None) for node in running[old_from:old_to])
            yield from ((None, node) for node in intended[new_from:new_to])


def diff_parts(
    running: tuple[Part, ...],
    intended: tuple[Part, ...],
    platform: str,
    origin: Callable[[str, int], str] = lambda _part, _line: "",
) -> tuple[DiffLine, ...]:
    """The differences of all parts in the order of `intended`; a part one side lacks counts as empty there."""
    held = {part.name: part for part in running}
    wanted = {part.name for part in intended}
    lines: list[DiffLine] = []
    for part in intended:
        old = held.get(part.name, Part(part.name, ""))
        lines += diff(old, part, platform, lambda line, name=part.name: origin(name, line))  # type: ignore[misc]
    for part in running:
        if part.name not in wanted:
            lines += diff(part, Part(part.name, ""), platform)
    return tuple(lines)


def same(running: tuple[Part, ...], intended: tuple[Part, ...], platform: str) -> bool:
    """True where both mean the same."""
    return running == intended or not diff_parts(running, intended, platform)

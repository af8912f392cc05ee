"""What holds for every pair of configurations."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from netctl.config.diff import diff
from netctl.config.style import Style
from netctl.config.tree import Node, parse_indented
from netctl.config import diff as room
from netctl.model.artefact import Part

WORDS = st.sampled_from(["a", "b", "c", "d 1", "d 2"])
TREES = st.recursive(
    st.lists(st.tuples(WORDS, st.just([])), max_size=4),
    lambda below: st.lists(st.tuples(WORDS, below), max_size=4),
    max_leaves=12,
)


def text(tree: list, depth: int = 0) -> str:
    return "".join(f"{' ' * depth}{word}\n{text(below, depth + 1)}" for word, below in tree)


def shape(nodes: list[Node]) -> object:
    """The meaning of a configuration whose order means nothing."""
    return sorted((node.text, shape(node.children)) for node in nodes)


def part(tree: list) -> Part:
    return Part("frr.conf", text(tree))


@given(TREES, TREES)
def test_nothing_differs_exactly_where_the_meaning_is_the_same_or_sections_repeat(one: list, other: list) -> None:
    lines = diff(part(one), part(other), "frr")
    if shape(parse_indented(text(one))) != shape(parse_indented(text(other))):
        assert lines
    if text(one) == text(other):
        assert not lines


@given(TREES, TREES)
def test_the_way_back_is_the_way_there_with_signs_swapped(one: list, other: list) -> None:
    there, back = diff(part(one), part(other), "frr"), diff(part(other), part(one), "frr")
    changed = sorted((line.depth, line.text) for line in there if line.op == "add")
    assert changed == sorted((line.depth, line.text) for line in back if line.op == "remove")


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_ordered_differences_lead_from_one_to_the_other(one: list[str], other: list[str]) -> None:
    style = Style("lines", ordered=True)
    pairs = room._align_ordered(
        room.parse("".join(f"{w}\n" for w in one), style), room.parse("".join(f"{w}\n" for w in other), style)
    )
    told = list(pairs)
    assert [old.text for old, _ in told if old] == one
    assert [new.text for _, new in told if new] == other

"""What holds for every pair of configurations, with and without rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from netctl.config.diff import diff
from netctl.config.style import PARTS
from netctl.config.engine import Engine
from netctl.model.artefact import Part

WORDS = st.sampled_from(["a", "b", "c", "d 1", "d 2"])
TREES = st.recursive(
    st.lists(st.tuples(WORDS, st.just([])), max_size=4),
    lambda below: st.lists(st.tuples(WORDS, below), max_size=4),
    max_leaves=12,
)
FILTER = "management.nft"  # sections in which order means something


def text(tree: list, depth: int = 0) -> str:
    return "".join(f"{' ' * depth}{word}\n{text(below, depth + 1)}" for word, below in tree)


def shape(tree: list) -> list:
    """The meaning of a configuration in which order means something."""
    return [(word, shape(below)) for word, below in tree]


def part(tree: list, name: str = FILTER) -> Part:
    return Part(name, text(tree))


@given(TREES, TREES)
def test_nothing_differs_exactly_where_the_meaning_is_the_same(one: list, other: list) -> None:
    assert bool(diff(part(one), part(other), None)) == (shape(one) != shape(other))


@given(TREES, TREES)
def test_the_way_back_is_the_way_there_with_signs_swapped(one: list, other: list) -> None:
    there, back = diff(part(one), part(other), None), diff(part(other), part(one), None)
    come = sorted((line.depth, line.text) for line in there if line.op == "add")
    gone = sorted((line.depth, line.text) for line in there if line.op == "remove")
    assert len(come) - len(gone) == -(
        sum(line.op == "add" for line in back) - sum(line.op == "remove" for line in back)
    )


@given(st.lists(WORDS, max_size=8), st.randoms())
def test_lines_whose_order_means_nothing_may_stand_in_any(lines: list[str], random) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)
    one, other = (Part("chrony.sources", "".join(f"{line}\n" for line in each)) for each in (lines, shuffled))
    assert diff(one, other, None) == ()
    assert Engine(PARTS["chrony.sources"]).same(*(Engine(PARTS["chrony.sources"]).parse(p.text) for p in (one, other)))

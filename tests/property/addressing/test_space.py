"""A space held against the plainest thing that could be true: a set of addresses."""

from hypothesis import given
from hypothesis import strategies as st

from netctl.addressing.match import Table
from netctl.addressing.prefix import Prefix
from netctl.addressing.space import Space, reverse

BITS = 6  # a /26 of IPv4: small enough to write every address down
WITHIN = Prefix(4, 0xC0000200, 32 - BITS)
pieces = st.tuples(st.integers(0, (1 << BITS) - 1), st.integers(0, BITS)).map(
    lambda each: Prefix(4, WITHIN.value + each[0], 32).within(32 - BITS + each[1])
)
orders = st.sampled_from(("sparse", "sequential"))
steps = st.lists(
    st.tuples(st.just("give"), st.integers(0, BITS), orders)
    | st.tuples(st.just("take"), pieces, orders)
    | st.just(("back",)),
    max_size=40,
)


def addresses(piece):
    return set(range(piece.value, piece.value + piece.size))


def expected(free, depth, order):
    """The first child in order that is free, found by trying all of them."""
    length = 32 - BITS + depth
    children = [Prefix(4, WITHIN.value + (index << (BITS - depth)), length) for index in range(1 << depth)]
    if order == "sparse":
        children = [children[reverse(place, depth)] for place in range(1 << depth)]
    return next((child for child in children if addresses(child) <= free), None)


@given(steps)
def test_a_space_gives_what_a_search_through_all_children_would_find(steps):
    space, free, held = Space(WITHIN), addresses(WITHIN), []
    for step in steps:
        if step[0] == "give":
            _, depth, order = step
            wanted = expected(free, depth, order)
            assert space.first(32 - BITS + depth, order) == wanted
            assert space.give(32 - BITS + depth, order) == wanted
        elif step[0] == "take":
            wanted = step[1] if addresses(step[1]) <= free else None
            assert space.take(step[1]) == (wanted is not None)
        else:
            wanted = None
            if held:
                free |= addresses(held[0])
                space.take_back(held.pop(0))
        if wanted is not None:
            held.append(wanted)
            free -= addresses(wanted)
        assert space.left == len(free)
        assert set().union(*map(addresses, space.blocks())) == free


@given(st.lists(pieces, max_size=30))
def test_blocks_are_as_large_as_they_can_be(taken):
    blocks = list(Space(WITHIN, taken).blocks())
    for one in blocks:
        mate = Prefix(4, one.value ^ one.size, one.length)
        assert mate not in blocks or one.length == WITHIN.length


@given(st.dictionaries(pieces, st.integers()), st.integers(0, 1 << 32))
def test_the_longest_match_is_the_one_a_look_at_all_prefixes_finds(entries, other):
    table = Table(entries.items())
    numbers = [*range(WITHIN.value - 1, WITHIN.last + 2), min(other, (1 << 32) - 1)]
    for number in numbers:
        address = Prefix(4, number, 32)
        holding = [each for each in entries if each.holds(address)]
        wanted = entries[max(holding, key=lambda each: each.length)] if holding else None
        assert table.find(4, number) == wanted
    assert list(table.find_all(4, numbers)) == [table.find(4, number) for number in numbers]


@given(st.integers(0, 20).flatmap(lambda bits: st.tuples(st.integers(0, (1 << bits) - 1), st.just(bits))))
def test_reversing_twice_is_doing_nothing(each):
    index, bits = each
    assert reverse(reverse(index, bits), bits) == index

"""What is free, and what comes next."""

import pytest

from netctl.addressing.prefix import prefix
from netctl.addressing.space import Space, outermost, reverse


def texts(prefixes):
    return [str(each) for each in prefixes]


def given_by(space, length, order, count):
    return [str(space.give(length, order)) for _ in range(count)]


def test_sparse_allocation_is_the_leftmost_one_of_rfc_3531():
    space = Space(prefix("3fff:100::/32"))
    assert given_by(space, 36, "sparse", 8) == [
        "3fff:100::/36",
        "3fff:100:8000::/36",
        "3fff:100:4000::/36",
        "3fff:100:c000::/36",
        "3fff:100:2000::/36",
        "3fff:100:a000::/36",
        "3fff:100:6000::/36",
        "3fff:100:e000::/36",
    ]


def test_sequential_allocation_takes_the_lowest():
    space = Space(prefix("192.0.2.0/24"), [prefix("192.0.2.16/28")])
    assert given_by(space, 28, "sequential", 3) == ["192.0.2.0/28", "192.0.2.32/28", "192.0.2.48/28"]


def test_sparse_and_sequential_may_be_asked_of_one_space():
    space = Space(prefix("3fff:100::/48"))
    assert given_by(space, 64, "sparse", 2) == ["3fff:100::/64", "3fff:100:0:8000::/64"]
    assert given_by(space, 64, "sequential", 2) == ["3fff:100:0:1::/64", "3fff:100:0:2::/64"]
    assert str(space.first(64, "sparse")) == "3fff:100:0:4000::/64"


def test_what_is_full_gives_nothing():
    space = Space(prefix("192.0.2.0/30"))
    assert given_by(space, 31, "sparse", 3) == ["192.0.2.0/31", "192.0.2.2/31", "None"]
    assert space.first(31, "sparse") is None
    assert space.left == 0


def test_what_is_given_back_joins_its_neighbours():
    space = Space(prefix("192.0.2.0/24"))
    given = [space.give(26, "sequential") for _ in range(4)]
    assert texts(space.blocks()) == []
    for each in given:
        space.take_back(each)
    assert texts(space.blocks()) == ["192.0.2.0/24"]


def test_a_prefix_that_is_not_free_as_a_whole_is_not_taken():
    space = Space(prefix("192.0.2.0/24"), [prefix("192.0.2.64/26")])
    assert not space.take(prefix("192.0.2.0/25"))
    assert not space.take(prefix("192.0.2.80/28"))
    assert texts(space.blocks()) == ["192.0.2.0/26", "192.0.2.128/25"]
    assert space.take(prefix("192.0.2.0/26"))


def test_room_is_counted_without_walking_through_it():
    space = Space(prefix("3fff:100::/32"), [prefix("3fff:100::/64")])
    assert space.room(64) == (1 << 32) - 1
    assert space.room(33) == 1


def test_a_space_whose_surroundings_are_taken_has_nothing():
    assert Space(prefix("3fff:100::/32"), [prefix("3fff::/16")]).left == 0


def test_a_prefix_of_the_space_s_own_length_is_all_of_it():
    space = Space(prefix("3fff:100::/64"))
    assert str(space.give(64, "sparse")) == "3fff:100::/64"
    assert space.give(64, "sparse") is None


def test_taken_prefixes_may_hold_each_other():
    assert texts(outermost([prefix("3fff:1::/48"), prefix("3fff::/20"), prefix("192.0.2.0/24")])) == [
        "192.0.2.0/24",
        "3fff::/20",
    ]


@pytest.mark.parametrize(("index", "bits", "expected"), [(0, 0, 0), (1, 1, 1), (1, 4, 8), (6, 4, 6), (3, 4, 12)])
def test_bits_are_reversed(index, bits, expected):
    assert reverse(index, bits) == expected

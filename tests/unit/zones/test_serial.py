"""Serials go round."""

from __future__ import annotations

import pytest

from hypothesis import given
from hypothesis import strategies as st

from netctl.zones.serial import above, next_serial, rises


def test_serials_go_round_and_leave_out_zero():
    assert next_serial(2**32 - 1) == 1
    assert next_serial(2**32 - 2, 3) == 2


@pytest.mark.parametrize(
    ("serial", "other", "later"),
    [(1, 2, True), (2, 1, False), (5, 5, False), (2**32 - 1, 1, True), (0, 2**31, False), (0, 2**31 - 1, True)],
)
def test_serials_are_compared_on_a_circle(serial, other, later):
    assert rises(serial, other) is later


@pytest.mark.parametrize(
    ("serial", "others", "leap", "path"),
    [
        (5, [], 1, (6,)),
        (5, [5, 3], 100, (105,)),
        (5, [9], 100, (109,)),
        (2**32 - 3, [2], 10, (12,)),
        (1, [1 + 2**31], 10, (2**31, 11 + 2**31)),  # neither is later than the other: two updates
        (5, [5 - (2**31 - 20)], 100, (24,)),  # 20 more and who is so far behind would no longer follow
        (5, [5 - (2**31 - 1)], 100, (6,)),
    ],
)
def test_the_way_above_other_serials(serial, others, leap, path):
    assert above(serial, [each % 2**32 for each in others], leap) == path


@given(st.integers(1, 2**32 - 1), st.lists(st.integers(-(2**29), 2**29), max_size=6), st.sampled_from((1, 1000, 2**20)))
def test_what_is_above_is_later_than_all_and_each_update_of_the_way_rises(serial, distances, leap):
    others = [(serial + each) % 2**32 or 1 for each in distances]
    path = above(serial, others, leap)
    assert all(rises(before, after) and after for before, after in zip((serial, *path), path, strict=False))
    assert all(rises(other, path[-1]) for other in others)

"""Serials go round."""

from __future__ import annotations

import pytest

from netctl.zones.serial import next_serial, rises


def test_serials_go_round_and_leave_out_zero():
    assert next_serial(2**32 - 1) == 1
    assert next_serial(2**32 - 2, 3) == 2


@pytest.mark.parametrize(
    ("serial", "other", "later"),
    [(1, 2, True), (2, 1, False), (5, 5, False), (2**32 - 1, 1, True), (0, 2**31, False), (0, 2**31 - 1, True)],
)
def test_serials_are_compared_on_a_circle(serial, other, later):
    assert rises(serial, other) is later

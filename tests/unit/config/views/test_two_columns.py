"""The view in two columns: what faces what, and how wide it is."""

from __future__ import annotations

import pytest

from netctl.config.views.columns import columns, side_by_side
from unit.config.platforms import IOS, platform
from unit.config.views.shown import found

RULES = platform(IOS)


def rows(running: str, intended: str, width: int = 63) -> list[tuple[str, str, str]]:
    return [(left.rstrip(), mark, right) for left, mark, right in side_by_side(found(running, intended, RULES), width)]


def test_both_sides_of_a_value_face_each_other() -> None:
    assert rows("interface Lo0\n description a\n", "interface Lo0\n description b\n") == [
        ("interface Lo0", " ", "interface Lo0"),
        (" description a", "~", " description b"),
    ]


def test_what_only_one_side_has_stands_alone() -> None:
    assert rows("vrf definition A\n", "hostname a\n") == [("vrf definition A", "-", ""), ("", "+", "hostname a")]


def test_two_values_that_change_one_after_the_other_are_two_rows() -> None:
    running = "interface Lo0\n description a\n vrf forwarding B\n"
    marks = [mark for _, mark, _ in rows(running, running.replace(" a", " x").replace("B", "Y"))]
    assert marks == [" ", "~", "~"]


def test_a_moved_entry_stands_where_it_moved_to() -> None:
    running = "access-list 1 permit a\naccess-list 1 permit b\naccess-list 1 permit c\n"
    intended = "access-list 1 permit c\naccess-list 1 permit a\naccess-list 1 permit b\n"
    assert rows(running, intended) == [("", ">", "access-list 1 permit c")]


def test_a_long_line_is_folded_and_nothing_of_it_is_lost() -> None:
    (first, second, third) = rows("", f"hostname {'x' * 52}\n", width=63)
    assert first[2] + second[2] + third[2] == f"hostname {'x' * 52}"
    assert {mark for _, mark, _ in (first, second, third)} == {"+"}


@pytest.mark.parametrize("width", [23, 60, 61, 160])
def test_wide_characters_count_as_two_columns_and_none_is_cut_in_half(width: int) -> None:
    running = "interface Lo0\n description 渚県庁 本館２階 ネットワーク機器室 ﾈｯﾄﾜｰｸ e\u0301cole\n"
    shown = list(side_by_side(found(running, running.replace("本館", "別館"), RULES), width))
    side = (width - 3) // 2
    assert {columns(left) for left, _, _ in shown} == {side}
    assert all(columns(right) <= side for _, _, right in shown)
    assert "".join(left for left, mark, _ in shown if mark == "~").count("２階") == 1 or width == 23


def test_combining_marks_take_no_column() -> None:
    assert columns("e\u0301") == 1
    assert columns("県") == 2
    assert columns("ｶ") == 1


def test_a_narrow_terminal_still_gets_columns() -> None:
    assert all(len(left) >= 10 for left, _, _ in side_by_side(found("", "hostname abcdefghijklmnop\n", RULES), 5))

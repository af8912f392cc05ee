"""What holds for the view of any two sequences and any two configurations."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from netctl.config.engine import Engine
from netctl.config.views import changes, side_by_side, unified
from netctl.config.views.columns import columns
from netctl.config.views.sequence import arrange
from unit.config.platforms import IOS, platform

ENGINE = Engine(platform(IOS))
SEQUENCES = st.lists(st.sampled_from("abcdefg"), max_size=10)
LINES = st.sampled_from(
    [
        "hostname a",
        "hostname b",
        "interface Lo0",
        " description 渚県",
        " description b",
        " ip access-group A in",
        "ip access-list extended A",
        " permit a",
        " permit b",
        " deny c",
        "access-list 1 permit a",
        "access-list 1 deny b",
        "vlan 1-3",
        "vlan 2",
        "  level",
    ]
)
TEXTS = st.lists(LINES, max_size=12).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(SEQUENCES, SEQUENCES)
def test_what_is_told_of_two_sequences_makes_one_out_of_the_other(old: list[str], new: list[str]) -> None:
    told = list(arrange(old, new))
    gone = {place for op, place in told if op == "remove"}
    put = {place for op, place in told if op != "remove"}
    moved = [new[place] for op, place in told if op == "move"]
    kept = [value for place, value in enumerate(old) if place not in gone]
    for value in moved:
        assert value in kept
    stays = [value for place, value in enumerate(new) if place not in put]
    assert sorted(kept) == sorted(stays + moved)
    rest = iter(kept)
    assert all(value in rest for value in stays)  # in their order


@given(st.permutations("abcdefgh"))
def test_of_a_permutation_nothing_comes_or_goes_and_something_moved_unless_it_is_none(new: list[str]) -> None:
    told = list(arrange("abcdefgh", new))
    assert {op for op, _ in told} <= {"move"}
    assert bool(told) == (list(new) != list("abcdefgh"))


@given(SEQUENCES)
def test_a_sequence_does_not_differ_from_itself(values: list[str]) -> None:
    assert list(arrange(values, values)) == []


@given(TEXTS, TEXTS)
def test_there_is_something_to_show_exactly_where_the_meaning_differs(running: str, intended: str) -> None:
    pairs = ENGINE.differences(ENGINE.parse(running), ENGINE.parse(intended))
    assert bool(list(changes(pairs))) == bool(pairs)


@given(TEXTS, TEXTS, st.integers(1, 200))
def test_both_views_show_the_same_changes(running: str, intended: str, width: int) -> None:
    changed = list(changes(ENGINE.differences(ENGINE.parse(running), ENGINE.parse(intended))))
    column = [text for sign, text in unified(changed) if sign in "+>"]
    rows = list(side_by_side(changed, width))
    assert "".join(row.right for row in rows if row.mark != " ") == "".join(column)
    assert len({columns(row.left) for row in rows}) <= 1

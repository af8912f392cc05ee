"""Entries that a platform holds once: under another number they are ignored until the old number lets go of them."""

from __future__ import annotations

import pytest

from netctl.config.commands import Command
from netctl.config.engine import Engine
from unit.config.platforms import platform

ENGINE = Engine(
    platform("""
layout: {style: indent, comments: ["!"]}
statements:
  "list {name} seq {number} <entry...>": {unique: "list {name} {entry}", defines: "list {name}"}
  "filter <name>": {uses: list <name>}
""")
)
TWO = "list a seq 5 x\nlist a seq 10 y\n"


def patched(running: str, intended: str) -> list[str]:
    remedy = ENGINE.remedy(ENGINE.parse(running), ENGINE.parse(intended))
    assert remedy.hazards == ()
    assert ENGINE.same(ENGINE.apply(ENGINE.parse(running), remedy.commands).tree, ENGINE.parse(intended))
    return [command.line for command in remedy.commands]


def test_an_entry_under_a_second_number_is_ignored() -> None:
    outcome = ENGINE.apply(ENGINE.parse(TWO), [Command((), "list a seq 15 x"), Command((), "list b seq 5 x")])
    assert [command.line for command in outcome.ignored] == ["list a seq 15 x"]


def test_an_entry_that_was_overwritten_may_come_under_another_number() -> None:
    outcome = ENGINE.apply(ENGINE.parse(TWO), [Command((), "list a seq 5 z"), Command((), "list a seq 15 x")])
    assert outcome.ignored == []


def test_entries_follow_each_other_from_number_to_number() -> None:
    assert patched(TWO, "list a seq 5 new\nlist a seq 10 x\nlist a seq 15 y\n") == [
        "list a seq 5 new",
        "list a seq 10 x",
        "list a seq 15 y",
    ]


def test_of_entries_that_change_places_one_is_taken_away_first() -> None:
    said = patched(TWO, "list a seq 5 y\nlist a seq 10 x\n")
    assert said == ["no list a seq 5 x", "list a seq 10 x", "list a seq 5 y"]


def test_an_old_number_goes_before_the_new_one_comes() -> None:
    assert patched("list a seq 5 x\n", "list a seq 15 x\n") == ["no list a seq 5 x", "list a seq 15 x"]


@pytest.mark.parametrize("intended", ["list a seq 5 y\nlist a seq 10 x\n", "list a seq 50 x\nlist a seq 100 y\n"])
def test_a_list_in_use_is_read_from_a_copy_meanwhile(intended: str) -> None:
    said = patched(f"{TWO}filter a\n", f"{intended}filter a\n")
    assert said[2:5] == ["filter a-NEW", "no list a seq 5 x", "no list a seq 10 y"]
    assert said[-3] == "filter a"

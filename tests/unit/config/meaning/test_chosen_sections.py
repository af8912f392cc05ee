"""Sections whose first line only chooses what is spoken of, as on Yamaha's routers."""

from __future__ import annotations

from netctl.config.commands import Command
from netctl.config.engine import Engine
from netctl.config.syntax import render
from unit.config.platforms import platform

YAMAHA = """
layout: {style: modal, comments: ["#"], closers: [tunnel select none], step: " "}
words: {negate: "no"}
statements:
  "ip {port} secure filter {direction} <filters:words...>": {uses: filter <filters>}
  "ip filter {number:number} <rule...>": {defines: "filter {number}"}
  "tunnel select {tunnel}":
    stays: true
    hollow: true
    remove: ""
    inside: {"tunnel encapsulation <type>": , "tunnel enable {tunnel}": }
"""
ENGINE = Engine(platform(YAMAHA))
TUNNEL = "tunnel select 1\n tunnel encapsulation ipip\n tunnel enable 1\n"


def same(left: str, right: str) -> bool:
    return ENGINE.same(ENGINE.parse(left), ENGINE.parse(right))


def test_a_choice_of_which_nothing_is_said_means_nothing() -> None:
    assert same(TUNNEL + "tunnel select 2\n", TUNNEL)
    assert not same(TUNNEL + "tunnel select 2\n tunnel enable 2\n", TUNNEL)


def test_a_choice_cannot_be_taken_away() -> None:
    outcome = ENGINE.apply(ENGINE.parse(TUNNEL), [Command((), "no tunnel select 1")])
    assert [command.line for command in outcome.ignored] == ["no tunnel select 1"]
    assert ENGINE.same(outcome.tree, ENGINE.parse(TUNNEL))


def test_a_choice_is_not_shown_any_more_when_nothing_is_left_of_it() -> None:
    commands = [
        Command(("tunnel select 1",), f"no {line}") for line in ("tunnel enable 1", "tunnel encapsulation ipip")
    ]
    assert render(ENGINE.apply(ENGINE.parse(TUNNEL), commands).tree) == ""


def test_a_section_that_a_person_wrote_without_indentation_means_the_same() -> None:
    typed = "tunnel select 1\ntunnel encapsulation ipip\ntunnel enable 1\ntunnel select none\nip filter 1 pass * *\n"
    assert same(typed, TUNNEL + "ip filter 1 pass * *\n")


def test_the_order_of_a_list_of_words_counts_and_the_spaces_in_it_do_not() -> None:
    assert same("ip lan1 secure filter in 1  2\n", "ip lan1 secure filter in 1 2\n")
    assert not same("ip lan1 secure filter in 2 1\n", "ip lan1 secure filter in 1 2\n")

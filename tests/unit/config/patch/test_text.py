"""A patch as text, and read again."""

from __future__ import annotations

from unit.config.patch.patches import LAYOUT, patched, rules
from unit.config.platforms import JUNOS, platform

from netctl.config.commands import Command
from netctl.config.engine import Engine
from netctl.config.patch import read, write

STATEMENTS = """
    "router {as}": {inside: {"family {name}": {inside: {}}, "id <id>": }}
    "banner <text...>":
"""
IT = rules(STATEMENTS)
NESTED = (
    Command(("router 1", "family v4"), "net a"),
    Command(("router 1",), "id 2"),
    Command((), "hostname x"),
    Command(("router 1",), "family v6"),
    Command(("router 1",), "id 3"),
)


def test_a_mode_is_said_once_and_left_where_the_patch_goes_on_above() -> None:
    assert write(NESTED, IT).splitlines() == [
        *("router 1", " family v4", "  net a", " exit", " id 2"),
        "hostname x",
        *("router 1", " family v6", " exit", " id 3"),
    ]


def test_every_section_is_left_where_the_platform_wants_it() -> None:
    it = rules(STATEMENTS, layout=LAYOUT | {"leave_all": True})
    lines = write(NESTED[:3], it).splitlines()
    assert lines == ["router 1", " family v4", "  net a", " exit", " id 2", "exit", "hostname x"]


def test_what_was_written_is_read_again() -> None:
    assert read(write(NESTED, IT), IT) == NESTED


def test_an_empty_patch_is_an_empty_text() -> None:
    assert write((), IT) == ""
    assert read("", IT) == ()


def test_a_text_kept_whole_keeps_its_lines() -> None:
    it = rules(STATEMENTS, layout=LAYOUT | {"wholes": [{"start": r"banner (?P<delimiter>\S).*"}]})
    text = "banner ^ one\n  two\nrouter 1\n^\n"
    assert patched(it, "", text) == text.splitlines()
    assert read(text, it) == (Command((), text.rstrip("\n")),)


CURLY = rules(
    """
    "system host-name <name>":
    "policy {name} term {term} {rest...}": {defines: "policy {name}"}
    "group {group} import <policy>": {uses: policy <policy>}
    """,
    layout={"style": "curly", "step": "    ", "comments": ["#"]},
    words={"negate": "delete", "say": "set", "move": "insert"},
    commit="atomic",
)


def test_where_removals_go_by_words_commands_hold_all_their_words() -> None:
    assert patched(CURLY, "system { host-name a; }", "system { host-name b; services ssh; }") == [
        *("set system host-name b", "set system services ssh")
    ]


def test_one_removal_takes_all_that_begins_with_its_words() -> None:
    running = (
        "policy A { term 1 { then accept; from x; } term 2 { then reject; } }\npolicy B { term 1 { then accept; } }"
    )
    intended = "policy B { term 1 { then accept; } }"
    assert patched(CURLY, running, intended) == ["delete policy A"]


def test_a_removal_leaves_alone_what_stays() -> None:
    running = "policy A { term 1 { then accept; from x; } term 2 { then reject; } }"
    intended = "policy A { term 1 { then accept; } }"
    assert patched(CURLY, running, intended) == ["delete policy A term 2", "delete policy A term 1 from x"]


def test_names_are_defined_before_they_are_used_there_too() -> None:
    running, intended = (
        "group G { import A; }\npolicy A { term 1 { y; } }",
        "group G { import B; }\npolicy B { term 1 { y; } }",
    )
    assert patched(CURLY, running, intended) == ["set policy B term 1 y", "set group G import B", "delete policy A"]


def test_what_holds_one_value_is_deleted_without_it_where_removals_go_by_words() -> None:
    it = Engine(platform(JUNOS))
    running = "set protocols bgp group a peer-as 1\nset protocols bgp group a export x\nset system host-name h\n"
    remedy = it.remedy(it.parse(running), it.parse("set system host-name h\nset protocols bgp group a type external\n"))
    assert [command.line for command in remedy.commands] == [
        "set protocols bgp group a type external",
        "delete protocols bgp group a peer-as",
        "delete protocols bgp group a export x",
    ]

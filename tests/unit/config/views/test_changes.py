"""Which lines a difference consists of, and where each of them stands."""

from __future__ import annotations

from netctl.config.views.lines import in_sections
from unit.config.platforms import IOS, platform
from unit.config.views.shown import found, listed

RULES = platform(IOS)
TRUNK = """
layout: {style: indent, comments: ["!"], closers: [exit], step: " "}
statements:
  "interface {name}":
    inside:
      "allowed vlan <vlans:numbers>":
      "allowed vlan add <vlans:numbers>": {key: allowed vlan, extends: true}
  "user {name} <secret>": {inside: {"shell <name>": }}
"""


def test_a_changed_value_goes_and_comes_at_the_same_path() -> None:
    assert listed("interface Lo0\n description a\n", "interface Loopback0\n description b\n", RULES) == [
        "remove interface Loopback0 > description a",
        "add interface Loopback0 > description b",
    ]


def test_a_new_section_is_its_own_line_and_every_line_below_it() -> None:
    new = "router bgp 1\n address-family ipv4\n  neighbor a activate\n neighbor a remote-as 2\n"
    assert listed("", new, RULES) == [
        "add router bgp 1",
        "add router bgp 1 > address-family ipv4",
        "add router bgp 1 > address-family ipv4 > neighbor a activate",
        "add router bgp 1 > neighbor a remote-as 2",
    ]
    assert listed(new, "", RULES) == [line.replace("add", "remove", 1) for line in listed("", new, RULES)]


def test_a_moved_entry_is_one_move_and_knows_what_it_follows() -> None:
    running = "ip access-list extended A\n permit a\n permit b\n deny c\n permit d\n"
    intended = "ip access-list extended A\n permit a\n deny c\n permit b\n permit d\n"
    (change,) = found(running, intended, RULES)
    assert (change.op, change.path) == ("move", ("ip access-list extended A",))
    assert (change.line, change.after) in {("permit b", "deny c"), ("deny c", "permit a")}


def test_a_line_of_a_sequence_that_stands_twice_is_told_once() -> None:
    three = "access-list 10 permit a\naccess-list 10 permit a\naccess-list 10 deny b\n"
    assert listed(three, three[24:], RULES) == []
    assert listed(three[48:], three, RULES) == ["add access-list 10 permit a"]


def test_lines_of_a_sequence_come_and_go_in_its_order() -> None:
    running = "".join(f"access-list 10 permit {word}\n" for word in "abcde")
    intended = "".join(f"access-list 10 permit {word}\n" for word in "axcye")
    assert [(change.op, change.line[-1], change.after[-1]) for change in found(running, intended, RULES)] == [
        ("remove", "b", "a"),
        ("add", "x", "a"),
        ("remove", "d", "c"),
        ("add", "y", "c"),
    ]


def test_of_a_list_of_numbers_over_several_lines_only_those_that_differ_are_told() -> None:
    running = "interface a\n allowed vlan 1-10\n allowed vlan add 20\n"
    assert listed(running, running.replace("20", "30"), platform(TRUNK)) == [
        "remove interface a > allowed vlan add 20",
        "add interface a > allowed vlan add 30",
    ]


def test_of_several_sections_that_one_line_opens_only_those_that_differ_are_told() -> None:
    assert listed("vlan 10-12\n", "vlan 10,12\n", RULES) == ["remove vlan 11"]


def test_a_secret_in_the_line_of_a_section_that_differs_inside_is_not_forgotten() -> None:
    running = "user a one\n shell x\n"
    assert listed(running, "user a two\n shell y\n", platform(TRUNK)) == [
        "remove user a one",
        "add user a two",
        "remove user a two > shell x",
        "add user a two > shell y",
    ]


def test_each_section_is_said_once_above_its_changes() -> None:
    changed = found("router bgp 1\n neighbor a remote-as 2\n", "router bgp 1\n neighbor a remote-as 3\n", RULES)
    assert [(placed.depth, placed.line, placed.change is None) for placed in in_sections(changed)] == [
        (0, "router bgp 1", True),
        (1, "neighbor a remote-as 2", False),
        (1, "neighbor a remote-as 3", False),
    ]

"""Junos: sections that come and go are lines of their own, although the statements in them are compared."""

from __future__ import annotations

from unit.config.platforms import JUNOS, platform
from unit.config.views.shown import found, listed

RULES = platform(JUNOS)
HELD = "interfaces {\n    ge-0/0/0 {\n        description a;\n    }\n}\n"
MORE = HELD.replace("interfaces {", "interfaces {\n    ge-0/0/1 {\n        description b;\n        mtu 9000;\n    }")


def test_a_new_section_is_told_once_and_before_what_stands_in_it() -> None:
    assert listed(HELD, MORE, RULES) == [
        "add interfaces > ge-0/0/1",
        "add interfaces > ge-0/0/1 > description b",
        "add interfaces > ge-0/0/1 > mtu 9000",
    ]


def test_a_section_that_goes_is_told_and_one_that_stays_is_not() -> None:
    assert listed(MORE, HELD, RULES) == [
        "remove interfaces > ge-0/0/1",
        "remove interfaces > ge-0/0/1 > description b",
        "remove interfaces > ge-0/0/1 > mtu 9000",
    ]
    assert listed(MORE, MORE.replace("        mtu 9000;\n", ""), RULES) == ["remove interfaces > ge-0/0/1 > mtu 9000"]


def test_an_empty_section_that_gets_a_statement_stays() -> None:
    empty = "protocols {\n    lldp;\n    stp {\n        mode a;\n    }\n}\n"
    full = empty.replace("lldp;", "lldp {\n        interface all;\n    }")
    assert listed(empty, full, RULES) == ["add protocols > lldp > interface all"]
    assert listed(full, empty, RULES) == ["remove protocols > lldp > interface all"]


def test_what_is_made_inactive_stays() -> None:
    inactive = HELD.replace("ge-0/0/0", "inactive: ge-0/0/0")
    assert listed(HELD, inactive, RULES) == [
        "remove interfaces > ge-0/0/0",
        "add interfaces > inactive: ge-0/0/0",
    ]
    assert listed(inactive, HELD, RULES) == [
        "remove interfaces > inactive: ge-0/0/0",
        "add interfaces > ge-0/0/0",
    ]


def test_of_a_list_in_brackets_the_members_are_told() -> None:
    running = "system {\n    authentication-order [ radius password ];\n    host-name a;\n}\n"
    assert listed(running, running.replace("radius", "tacplus"), RULES) == [
        "remove system > authentication-order radius",
        "add system > authentication-order tacplus",
    ]


def test_set_lines_are_told_whole_and_without_sections() -> None:
    assert listed("set system host-name a\n", "set system host-name b\n", RULES) == [
        "remove set system host-name a",
        "add set system host-name b",
    ]


def test_a_side_in_set_lines_has_no_sections_to_tell() -> None:
    assert listed(HELD, "set interfaces ge-0/0/0 description c\n", RULES) == [
        "remove interfaces > ge-0/0/0 > description a",
        "add set interfaces ge-0/0/0 description c",
    ]


def test_a_term_that_moved_is_one_move_after_the_one_it_follows() -> None:
    terms = [f"            term {name} {{\n                then accept;\n            }}\n" for name in "abcd"]
    head, foot = "firewall {\n    family inet {\n        filter F {\n", "        }\n    }\n}\n"
    running, intended = (
        f"{head}{''.join(terms[place] for place in order)}{foot}" for order in ((0, 1, 2, 3), (0, 3, 1, 2))
    )
    (change,) = found(running, intended, RULES)
    assert (change.op, change.path, change.line) == ("move", ("firewall", "family inet", "filter F"), "term d")
    assert change.after == "term a"

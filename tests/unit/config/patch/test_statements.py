"""How one statement is said, changed and taken away."""

from __future__ import annotations

import pytest
from unit.config.patch.patches import codes, patched, rules

PLAIN = rules('"hostname <name>":\n"log {host}":\n"port {name}":\n  inside:\n    "text <text...>": {remove: no text}\n')


def test_a_value_is_said_over_the_old_one() -> None:
    assert patched(PLAIN, "hostname a", "hostname b") == ["hostname b"]


def test_members_of_a_set_come_before_others_go() -> None:
    assert patched(PLAIN, "log a\nlog b", "log b\nlog c") == ["log c", "no log a"]


def test_a_removal_is_said_in_the_words_of_the_rule() -> None:
    assert patched(PLAIN, "port a\n text x y", "port a") == ["port a", " no text"]


def test_a_section_goes_with_one_line() -> None:
    assert patched(PLAIN, "port a\n text x\n other y", "hostname b") == ["hostname b", "no port a"]


def test_a_new_section_is_said_in_the_order_of_its_text() -> None:
    assert patched(PLAIN, "", "port a\n zeta\n text x\n alpha") == ["port a", " zeta", " text x", " alpha"]


@pytest.mark.parametrize(
    ("running", "intended", "expected"),
    [("strange 1", "strange 2", ["no strange 1", "strange 2"]), ("no odd", "", ["odd"]), ("", "no odd", ["no odd"])],
)
def test_unknown_lines_are_compared_whole(running: str, intended: str, expected: list[str]) -> None:
    assert patched(PLAIN, running, intended) == expected


def test_a_word_for_the_default_sets_a_negated_statement_back() -> None:
    it = rules('"shutdown":', words={"negate": "no", "default": "default"})
    assert patched(it, "no shutdown", "") == ["default shutdown"]


def test_what_means_the_default_is_never_said() -> None:
    it = rules('"port {name}":\n  defaults: [no shutdown]\n  inside: {"shutdown": }\n')
    assert patched(it, "port a\n no shutdown", "port a") == []
    assert patched(it, "port a\n shutdown", "port a") == ["port a", " no shutdown"]


def test_what_cannot_be_said_over_is_taken_away_first() -> None:
    it = rules('"policy <name>": {change: remove-first}')
    assert patched(it, "policy a", "policy b") == ["no policy a", "policy b"]


def test_what_cannot_be_taken_away_is_told() -> None:
    it = rules('"model <name>": {remove: ""}')
    assert patched(it, "model a", "") == []
    assert codes(it, "model a", "") == {"HAZ-UNPREDICTED"}
    assert patched(it, "model a", "model b") == ["model b"]


def test_a_port_that_stays_is_emptied() -> None:
    it = rules('"port {name}": {stays: true, inside: {"text <text>": }}')
    assert patched(it, "port a\n text x\n other", "") == ["port a", " no text x", " no other"]
    assert codes(it, "port a\n text x", "") == set()


def test_a_list_of_numbers_grows_and_shrinks() -> None:
    it = rules('"trunk <vlans:numbers>": {grow: "trunk add <vlans>", shrink: "trunk remove <vlans>"}')
    assert patched(it, "trunk 1-5", "trunk 1-7") == ["trunk add 6-7"]
    assert patched(it, "trunk 1-5", "trunk 1-3") == ["trunk remove 4-5"]
    assert patched(it, "trunk 1-5", "trunk 1,6") == ["trunk 1,6"]
    long = "trunk " + ",".join(str(number) for number in range(1, 60, 2))
    assert patched(it, long, long.replace("trunk 1,3,", "trunk 2,3,")) == ["trunk add 2", "trunk remove 1"]


def test_numbers_written_together_are_said_together() -> None:
    it = rules('"vlan {vlans:numbers}": {each: vlans, inside: {"name <name>": }}')
    assert patched(it, "vlan 10", "vlan 10-12") == ["vlan 11-12"]
    assert patched(it, "vlan 10-12", "vlan 10-11") == ["no vlan 12"]


def test_a_risk_is_told_when_it_happens() -> None:
    it = rules('"as <as>": {risk: {code: HAZ-SESSION-RESET, "on": [change], why: begins anew}}')
    assert codes(it, "as 1", "as 2") == {"HAZ-SESSION-RESET"}
    assert codes(it, "", "as 2") == set()


def test_a_section_that_is_said_whole_is_said_whole() -> None:
    it = rules('"policy {name}": {change: whole, ordered: true, inside: {}}')
    assert patched(it, "policy a\n pass\n drop", "policy a\n drop\n pass")[:3] == ["policy a", " drop", " pass"]


def test_deep_nesting_overflows_nothing() -> None:
    deep = "".join(" " * depth + f"level {depth}\n" for depth in range(300))
    assert len(patched(PLAIN, "", deep)) == 300


def test_what_only_a_comment_would_take_away_is_told() -> None:
    it = rules('"a <x>":')
    assert patched(it, "no !\na 1", "a 1") == []
    assert codes(it, "no exit\na 1", "a 1") == {"HAZ-UNPREDICTED"}

"""The modes that commands are said in: one for all openings of a section, left as soon as it may be gone."""

from __future__ import annotations

from netctl.config.engine import Engine
from unit.config.patch.patches import rules

ENGINE = Engine(
    rules("""
        "vrf {name}": {takes: ["/port > in {name}"], inside: {"rd <rd>": }}
        "port {name}":
          inside:
            "in {vrf}": {}
            "note <text>": {}
            "off <what>": {drops: "/port {what}"}
            "sub {number}": {inside: {"note <text>": }}
            "carry <vlans:numbers>": {grow: "carry add <vlans>", shrink: "carry remove <vlans>"}
            "carry add <vlans:numbers>": {key: carry, extends: true}
    """)
)


def after(running: str, patch: str) -> str:
    return ENGINE.predict(running, patch).text


def test_a_section_that_is_opened_twice_is_one() -> None:
    running = "port a\n note x\nport b\n note b\nport a\n   in v\n   sub 1\n    note s\n"
    assert after(running, "port a\n note y\n no in v\n") == "port a\n note y\n sub 1\n  note s\nport b\n note b\n"


def test_what_stands_in_either_opening_is_found() -> None:
    running, intended = "port a\n in v\n note x\nport a\n sub 1\n  note s\n", "port a\n note x\n"
    it = ENGINE
    remedy = it.remedy(it.parse(running), it.parse(intended))
    assert it.write(remedy.commands) == "port a\n no in v\n no sub 1\n"
    assert remedy.hazards == ()


def test_a_mode_that_its_own_command_takes_away_is_made_anew() -> None:
    assert after("port a\n note x\n", "port a\n off a\n note y\n") == "port a\n note y\n"


def test_a_mode_that_was_taken_away_meanwhile_is_made_anew() -> None:
    assert after("port a\n note x\n", "port a\n note y\nno port a\nport a\n in v\n") == "port a\n in v\n"


def test_numbers_are_added_to_the_last_list_that_was_said_whole() -> None:
    running = "port a\n carry 1-5\n carry add 7\n carry 2\n carry add 9\n"
    assert after(running, "port a\n carry add 3\n") == "port a\n carry 2-3,9\n"
    assert after("port a\n carry add 9\n", "port a\n carry add 3\n") == "port a\n carry add 9\n"

"""Rounds: what one prediction shows to be missing is said again, but never what did not help."""

from __future__ import annotations

from unit.config.patch.patches import codes, patched, rules


def test_what_a_command_takes_along_is_said_again_in_another_round() -> None:
    it = rules("""
        "a <x>":
        "b <x>": {drops: "/a"}
    """)
    assert patched(it, "a 1\nb 1", "a 1\nb 2") == ["b 2", "a 1"]
    assert codes(it, "a 1\nb 1", "a 1\nb 2") == set()


def test_two_that_take_each_other_along_are_said_once_each_time() -> None:
    """No order leads to both: the patch ends, and says what will be missing."""
    it = rules("""
        "a <x>": {drops: "/b"}
        "b <x>": {drops: "/a"}
    """)
    commands = patched(it, "", "a 1\nb 1")
    assert commands == ["a 1", "b 1"]
    assert codes(it, "", "a 1\nb 1") == {"HAZ-UNPREDICTED"}


def test_a_command_that_did_nothing_is_not_said_again() -> None:
    it = rules("""
        "keep <x>": {change: remove-first, remove: ""}
        "a <x>":
        "b <x>": {drops: "/a"}
    """)
    commands = patched(it, "keep 1\na 1\nb 1", "keep 2\na 1\nb 2")
    assert sorted(commands) == sorted(set(commands))
    assert "a 1" in commands
    assert codes(it, "keep 1\na 1\nb 1", "keep 2\na 1\nb 2") == {"HAZ-UNPREDICTED"}


def test_a_copy_is_not_made_twice_for_what_it_does_not_mend() -> None:
    it = rules("""
        "list {name} <entry...>": {ordered: true, change: swap, remove: "no list {name}", defines: "list {name}"}
        "once <x>": {remove: "", change: remove-first}
        "port <list>": {uses: list <list>}
    """)
    running = "list X a\nlist X b\nonce 1\nport X"
    commands = patched(it, running, "list X b\nlist X a\nonce 2\nport X")
    assert commands.count("list X-NEW b") == 1
    assert codes(it, running, "list X b\nlist X a\nonce 2\nport X") == {"HAZ-UNPREDICTED"}


def test_a_sequence_that_cannot_be_mended_is_not_said_again_with_what_can() -> None:
    it = rules("""
        "steps {name}": {ordered: true, change: rebuild, inside: {"keep {x}": , "off {x}": }}
        "a <x>":
        "b <x>": {drops: "/a"}
    """)
    running, intended = "steps X\n keep 1\n keep 2\na 1\nb 1", "steps X\n keep 2\n keep 1\n no off 3\na 1\nb 2"
    commands = patched(it, running, intended)
    assert commands.count("no steps X") == 1
    assert commands[-1] == "a 1"
    assert codes(it, running, intended) == {"HAZ-UNPREDICTED"}

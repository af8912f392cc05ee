"""Sequences and what is in use: grown, said again, or copied."""

from __future__ import annotations

from unit.config.patch.patches import codes, patch, patched, rules


SWAPPED = """
    "acl {name}": {defines: "acl {name}", ordered: true, change: swap, inside: {}}
    "filter {name}": {defines: "filter {name}", change: swap, inside: {"{number} <entry...>": {change: remove-first, remove: "no {number}"}}}
    "list {name} seq {number} <entry...>": {defines: "list {name}", change: swap, remove: "no list {name} seq {number}"}
    "port {name}":
      inside:
        "acl in <acl>": {uses: acl <acl>}
        "filter {filter}": {uses: "filter {filter}"}
        "list <list>": {uses: list <list>}
        "slots {acl} for good": {uses: "acl {acl}", remove: ""}
        "service <acl>": {uses: acl <acl>, change: remove-first}
"""
IT = rules(SWAPPED)
ACL = "acl X\n permit a\n deny b\n"


def test_an_entry_at_the_end_is_just_said() -> None:
    assert patched(IT, ACL + "port p\n acl in X", ACL + " permit c\nport p\n acl in X") == ["acl X", " permit c"]


def test_one_entry_is_just_taken_away() -> None:
    assert patched(IT, ACL + "port p\n acl in X", "acl X\n deny b\nport p\n acl in X") == ["acl X", " no permit a"]


def test_an_object_that_nobody_uses_is_said_again() -> None:
    assert patched(IT, ACL, "acl X\n deny b\n permit a") == ["no acl X", "acl X", " deny b", " permit a"]
    assert codes(IT, ACL, "acl X\n deny b\n permit a") == set()


def test_an_object_in_use_is_copied_meanwhile() -> None:
    running = ACL + "port p\n acl in X"
    assert patched(IT, running, running.replace(ACL, "acl X\n deny b\n permit a\n")) == [
        *("acl X-NEW", " deny b", " permit a"),
        *("port p", " acl in X-NEW"),
        "no acl X",
        *("acl X", " deny b", " permit a"),
        *("port p", " acl in X"),
        "no acl X-NEW",
    ]


def test_an_entry_that_cannot_be_said_over_needs_a_copy_too() -> None:
    running = "filter X\n 1 a\n 2 b\nport p\n filter X"
    assert patched(IT, running, running.replace("2 b", "2 c")) == [
        *("filter X-NEW", " 1 a", " 2 c"),
        *("port p", " filter X-NEW", " no filter X"),
        "no filter X",
        *("filter X", " 1 a", " 2 c"),
        *("port p", " filter X", " no filter X-NEW"),
        "no filter X-NEW",
    ]


def test_all_statements_of_one_name_are_copied_together() -> None:
    running = "list L seq 1 a\nlist L seq 2 b\nlist M seq 1 a\nport p\n list L"
    lines = patched(IT, running, running.replace("seq 2 b", "seq 2 c"))
    assert lines[:4] == ["list L-NEW seq 1 a", "list L-NEW seq 2 c", "port p", " list L-NEW"]
    assert not [line for line in lines if line.startswith("list M")]


def test_the_copy_has_a_name_that_nobody_has() -> None:
    running = ACL + "acl X-NEW\n permit z\nport p\n acl in X"
    assert patched(IT, running, running.replace(ACL, "acl X\n deny b\n permit a\n"))[0] == "acl X-NEW2"


def test_a_name_of_its_own_for_the_copy() -> None:
    it = rules(SWAPPED.replace("ordered: true,", 'ordered: true, temporary: "{name}-N",'))
    running = ACL + "port p\n acl in X"
    assert patched(it, running, running.replace(ACL, "acl X\n deny b\n permit a\n"))[0] == "acl X-N"


def test_a_user_of_one_thing_at_a_time_lets_go_before_it_is_bound_to_the_copy() -> None:
    running = ACL + "port p\n service X"
    lines = patched(IT, running, running.replace(ACL, "acl X\n deny b\n permit a\n"))
    assert [line for line in lines if "service" in line] == [
        *(" no service X", " service X-NEW", " no service X-NEW", " service X")
    ]


def test_a_user_that_cannot_be_bound_anew_leaves_a_gap_that_is_told() -> None:
    running = ACL + "port p\n slots X for good"
    intended = running.replace(ACL, "acl X\n deny b\n permit a\n")
    assert patched(IT, running, intended) == ["no acl X", "acl X", " deny b", " permit a"]
    assert codes(IT, running, intended) == {"HAZ-GAP"}


def test_nothing_is_copied_where_all_lines_act_together() -> None:
    it = rules(SWAPPED, commit="atomic")
    running = ACL + "port p\n acl in X"
    intended = running.replace(ACL, "acl X\n deny b\n permit a\n")
    assert patched(it, running, intended) == ["no acl X", "acl X", " deny b", " permit a"]
    assert codes(it, running, intended) == set()


def test_who_leaves_an_object_in_use_leaves_it_before_the_copy() -> None:
    running = ACL + "port p\n acl in X\nport q\n acl in X"
    intended = "acl X\n deny b\n permit a\nport p\n acl in X\nport q"
    lines = patched(IT, running, intended)
    assert lines.index(" no acl in X") < lines.index("no acl X")


def test_a_section_without_a_word_for_it_is_said_again_at_its_end() -> None:
    it = rules('"steps {name}": {ordered: true, inside: {}}')
    assert patched(it, "steps a\n 1\n 2\n 3", "steps a\n 1\n 3\n 2") == ["steps a", " no 2", " 2"]


def test_a_sequence_of_lines_grows_at_its_end_and_is_rebuilt_otherwise() -> None:
    it = rules('"rule {name} <entry...>": {ordered: true, change: rebuild, remove: "no rule {name}"}')
    assert patched(it, "rule a x", "rule a x\nrule a y") == ["rule a y"]
    assert patched(it, "rule a x\nrule a y", "rule a y\nrule a x") == ["no rule a", "rule a y", "rule a x"]


def test_no_prefix_of_a_copy_unbinds_the_port() -> None:
    running = ACL + "port p\n acl in X"
    made = patch(IT, running, running.replace(ACL, "acl X\n deny b\n permit a\n"))
    bound = [command.line for command in made.commands if command.path == ("port p",)]
    assert bound == ["acl in X-NEW", "acl in X"]

"""Gaps: moments without what is in use, told wherever no order and no copy avoids them."""

from __future__ import annotations

import pytest

from netctl.config.commands import Hazard
from unit.config.patch.patches import patch, patched, rules

IT = rules("""
    "policy {name}": {defines: "policy {name}", ordered: true, change: swap, inside: {}}
    "filter {name}": {defines: "filter {name}", change: swap, inside: {"{number} <entry...>": {change: remove-first, remove: "no {number}"}}}
    "lines {name} <entry...>": {ordered: true, key: "lines {name}", defines: "lines {name}"}
    "steps {name}": {defines: "steps {name}", ordered: true, inside: {}}
    "port {name}":
      inside:
        "service <policy>": {uses: policy <policy>, change: remove-first}
        "first <policy>": {uses: policy <policy>}
        "for good {filter}": {uses: "filter {filter}", remove: ""}
        "lines <name>": {uses: lines <name>}
        "steps <name>": {uses: steps <name>}
""")


def gaps(running: str, intended: str) -> list[Hazard]:
    return [told for told in patch(IT, running, intended).hazards if told.code == "HAZ-GAP"]


def test_a_user_that_gives_up_the_one_before_it_takes_the_copy_is_told() -> None:
    running, intended = ("policy X\n " + order + "\nport p\n service X" for order in ("a\n b", "b\n a"))
    assert patched(IT, running, intended)[3:6] == ["port p", " no service X", " service X-NEW"]
    assert gaps(running, intended) == [
        Hazard("HAZ-GAP", ("port p",), "no service X", "policy X is not bound here for a moment")
    ]


def test_a_user_that_is_bound_anew_by_saying_so_has_no_gap() -> None:
    running, intended = ("policy X\n " + order + "\nport p\n first X" for order in ("a\n b", "b\n a"))
    assert gaps(running, intended) == []


def test_an_entry_that_goes_first_in_what_cannot_be_copied_is_told() -> None:
    running = "filter X\n 1 a\nport p\n for good X"
    assert patched(IT, running, running.replace("1 a", "1 b")) == ["filter X", " no 1", " 1 b"]
    assert [told.path + (told.line,) for told in gaps(running, running.replace("1 a", "1 b"))] == [("filter X",)]


@pytest.mark.parametrize(
    ("running", "intended"),
    [
        ("lines X a\nlines X b\nport p\n lines X", "lines X c\nlines X d\nport p\n lines X"),
        ("steps X\n a\n b\nport p\n steps X", "steps X\n c\n a\n b\nport p\n steps X"),
    ],
)
def test_a_sequence_in_use_that_is_emptied_first_is_told(running: str, intended: str) -> None:
    assert len(gaps(running, intended)) == 1
    unused = intended.replace(" lines X", " lines Y").replace(" steps X", " steps Y")
    assert gaps(running, unused) == []


def test_a_sequence_in_use_that_only_loses_entries_is_whole_all_the_time() -> None:
    assert gaps("lines X a\nlines X b\nport p\n lines X", "lines X b\nport p\n lines X") == []

"""What typed slots match, and the one form of what they hold."""

from __future__ import annotations

import pytest

from netctl.config.engine import Engine
from netctl.config.rules.slots import canonical_for
from unit.config.platforms import platform

RULES = """
layout: {style: indent, comments: ["!"], closers: [exit]}
words: {negate: "no"}
statements:
  "route {prefix:prefix} {way:address}":
  "neighbor {peer:host} as <as>": {takes: ["neighbor {peer}"]}
  "neighbor {group} as <as>": {takes: ["neighbor * group {group}"]}
  "neighbor {peer:address} group <group>":
"""


@pytest.mark.parametrize(
    ("kind", "word", "form"),
    [
        ("prefix", "198.51.100.7/24", "198.51.100.0/24"),
        ("prefix", "2001:DB8:0::9/48", "2001:db8::/48"),
        ("prefix", "198.51.100.7", "198.51.100.7"),
        ("prefix", "any", "any"),
        ("prefix", "198.51.100.0/33", "198.51.100.0/33"),
        ("address", "198.51.100.7/24", "198.51.100.7/24"),
        ("host", "2001:DB8:0:0::9", "2001:db8::9"),
    ],
)
def test_words_that_mean_the_same_have_one_form(kind: str, word: str, form: str) -> None:
    canonical = canonical_for(kind, {})
    assert canonical is not None
    assert canonical(word) == form


def test_bits_of_the_host_in_a_prefix_are_no_difference() -> None:
    it = Engine(platform(RULES))
    assert it.same(it.parse("route 2001:DB8::7/32 192.0.2.1\n"), it.parse("route 2001:db8::/32 192.0.2.1\n"))
    assert not it.same(it.parse("route 2001:db8::/32 192.0.2.1\n"), it.parse("route 2001:db8::/33 192.0.2.1\n"))


@pytest.mark.parametrize(("gone", "left"), [("192.0.2.1", ["neighbor 192.0.2.9 group CORE"]), ("CORE", [])])
def test_a_host_is_an_address_and_no_name(gone: str, left: list[str]) -> None:
    it = Engine(platform(RULES))
    running = "neighbor 192.0.2.1 as 64500\nneighbor CORE as 64500\nneighbor 192.0.2.9 group CORE\n"
    after = it.predict(running, f"no neighbor {gone} as 64500\n").text.splitlines()
    assert [line for line in after if " group " in line] == left
    assert f"neighbor {gone} as 64500" not in after

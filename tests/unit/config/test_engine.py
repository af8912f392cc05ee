"""What the engine tells of both ways at once."""

from __future__ import annotations

from netctl.config.engine import Engine
from unit.config.platforms import platform

RULES = """
layout: {style: indent}
statements:
  "hostname <name>":
  "licence <level>": {remove: ""}
"""


def test_a_way_back_that_does_not_lead_back_is_told_before_anything_is_said() -> None:
    it = Engine(platform(RULES))
    running, intended = it.parse("hostname a\n"), it.parse("hostname b\nlicence high\n")
    remedy = it.remedy(running, intended)
    assert it.same(it.apply(running, remedy.commands).tree, intended)
    assert {(hazard.code, hazard.line) for hazard in remedy.hazards} == {("HAZ-UNPREDICTED", "licence high")}
    assert all(hazard.why.startswith("on the way back it ") for hazard in remedy.hazards)


def test_ways_that_lead_there_and_back_have_nothing_to_tell() -> None:
    it = Engine(platform(RULES))
    assert it.remedy(it.parse("hostname a\n"), it.parse("hostname b\n")).hazards == ()

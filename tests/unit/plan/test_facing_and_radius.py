"""A difference in two columns, and how far a plan reaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mixed_plans import mixed_plan

from netctl.model.plan import DiffLine, Plan, TargetPlan, Wave
from netctl.plan.facing import facing
from netctl.plan.phases import phases
from netctl.plan.radius import radius, services

WORDS = st.lists(st.sampled_from(["neighbor", "bfd", "mtu", "1500", "9000", "a", ""]), min_size=1, max_size=5)
LINES = st.builds(
    DiffLine,
    st.sampled_from(["add", "remove", "context"]),
    st.sampled_from(["frr.conf", "banner"]),
    st.integers(0, 3),
    WORDS.map(" ".join),
)


def line(op: str, text: str, depth: int = 0, part: str = "frr.conf") -> DiffLine:
    return DiffLine(op, part, depth, text)


@given(st.lists(LINES, max_size=30))
def test_every_line_stands_in_a_column_once_and_in_order(diff: list[DiffLine]):
    rows = list(facing(diff))
    left = [cell.number for row in rows if (cell := row.left)]
    right = [cell.number for row in rows if (cell := row.right)]
    assert left == [number for number, each in enumerate(diff, 1) if each.op != "add"]
    assert right == [number for number, each in enumerate(diff, 1) if each.op != "remove"]
    for row in rows:
        for cell in (row.left, row.right):
            assert cell is None or "".join(text for text, _ in cell.words) == cell.line.text


def test_a_value_that_changes_faces_its_new_one_and_only_its_words_are_marked():
    (row,) = facing([line("remove", "neighbor x timers 10 30"), line("add", "neighbor x timers 10 90")])
    assert row.mark == "change"
    assert row.left.words == (("neighbor x timers 10 ", False), ("30", True))
    assert row.right.words == (("neighbor x timers 10 ", False), ("90", True))


def test_what_has_no_partner_stands_alone():
    rows = list(facing([line("remove", "ntp server a"), line("add", "mtu 1500"), line("remove", "mtu 9000")]))
    assert [row.mark for row in rows] == ["remove", "add", "remove"]


@pytest.mark.parametrize(
    ("diff", "about"),
    [
        ([line("context", "router bgp 1"), line("add", "timers bgp 1 3", 1)], {"routing"}),
        ([line("context", "interface lan0"), line("add", "vrrp 10 priority 90", 1)], {"first_hop"}),
        ([line("context", "interface lan0"), line("add", "description x", 1)], {"lines"}),
        ([line("add", "server 3fff:200:1::123 iburst", 0, "chrony.sources")], {"time"}),
        ([line("add", "Authorised persons only.", 0, "banner")], {"configuration"}),
        ([line("context", "router bgp 1")], set()),
    ],
)
def test_a_change_is_about_what_its_lines_and_their_sections_say(diff: list[DiffLine], about: set[str]):
    assert services(tuple(diff)) == about


def test_a_plan_takes_as_long_as_its_longest_groups_one_wave_after_the_other():
    targets = tuple(
        TargetPlan(name, "frr", group, "0" * 64, (), (), (), (line("add", "x"),), organisation=owner)
        for name, group, owner in [("a1", "a", "rivers"), ("a2", "a", "rivers"), ("b1", "b", ""), ("c1", "c", "")]
    )
    waves = (Wave(1, (("a", ("a2", "a1")),)), Wave(2, (("b", ("b1",)), ("c", ("c1",)))))
    found = radius(Plan("gov-wan", "1" * 64, "", targets, waves, ()))
    assert (found.count.routers, found.organisations, found.waves) == (4, ("", "rivers"), 2)
    assert [(group.group, group.wave, group.members) for group in found.groups][0] == ("a", 1, ("a2", "a1"))
    assert found.pairs == 3
    assert found.seconds({"router": 10}, side_by_side=16) == 30
    assert found.seconds({"router": 10}, side_by_side=1) == 40


def test_a_plan_reaches_zones_in_views_and_name_servers_beside_its_routers():
    found = radius(mixed_plan())
    assert found.count == (2, 1, 3)
    assert found.zones == (("gov-wan.example", ("internal", "lgwan")), ("rivers.gov-wan.example", ("internal",)))
    assert (found.servers, found.platforms, found.pairs) == (("ns3",), ("frr",), 1)
    assert [group.phase for group in found.groups] == ["servers", "leaving", "routers", "coming", "coming", "coming"]
    assert found.seconds({"router": 40, "server": 20, "zone": 5}, side_by_side=16) == 20 + 5 + 80 + 5
    only = [target for target in mixed_plan().targets if target.target == "gov-wan.example@lgwan"]
    alone = Plan("gov-wan", "1" * 64, "", tuple(only), (), ())
    assert phases(alone) == {"gov-wan.example@lgwan": "names"}

"""What targets are called on a terminal, and how a plan of all kinds reads there."""

from __future__ import annotations

import pytest
from mixed_plans import mixed_plan

from netctl.cli.planview import write_plan
from netctl.cli.targets import called, counted
from netctl.control.changes.plan import fold
from netctl.model.counts import TargetCount


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (TargetCount(3, 1, 2), "3 routers, 1 name server and 2 zones"),
        (TargetCount(zones=1, routers=1), "1 router and 1 zone"),
        (TargetCount(servers=2), "2 name servers"),
        (TargetCount(), "nothing"),
    ],
)
def test_what_there_is_none_of_is_not_said(count: TargetCount, said: str) -> None:
    assert counted(count) == said


def test_a_zone_is_called_by_its_name_and_view() -> None:
    assert called("64/26.2.0.192.in-addr.arpa@internal") == "64/26.2.0.192.in-addr.arpa [192.0.2.64/26] (internal)"
    assert called("gov-wan.example@lgwan~leaving") == "gov-wan.example (lgwan): names that go first"
    assert called("rivers-hq-r1") == "rivers-hq-r1"


def test_a_plan_of_all_kinds_says_what_comes_when_and_what_goes_beyond_the_limits(capsys) -> None:
    plan = mixed_plan()
    write_plan(plan, fold(plan), full=False, commands=False, origins=False)
    lines = capsys.readouterr().out.splitlines()
    assert "2 zones: gov-wan.example (internal), gov-wan.example (lgwan)  (+1 -1 records)" in lines
    assert "  +   3600 AAAA 3fff:200:1::701" in lines
    order = [line for line in lines if line.startswith("  wave ")]
    assert order[:3] == [
        "  wave 1 (name servers): ns3",
        "  wave 2 (names that go first): rivers.gov-wan.example (internal): names that go first",
        "  wave 3 (routers): rivers-hq-r2 then rivers-hq-r1",
    ]
    assert order[3].startswith("  wave 4 (names, after the routers): rivers.gov-wan.example (internal), ")
    said = lines[lines.index("Beyond the limits, if this plan is approved") + 1]
    assert "may delete up to 250 records" in said
    assert "the zone's own NS records" in said

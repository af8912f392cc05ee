"""Requests become lines of the ledger, and stay what they are."""

from datetime import date, timedelta

import pytest
from plans import OLD, PLAN, WAN, level, pool

from netctl.addressing.allocate import Day, Request, allocate, release
from netctl.addressing.ledger import HEADER, Ledger, read
from netctl.addressing.prefix import prefix
from netctl.addressing.verify import flaws, unavailable
from netctl.errors import (
    AllocationInUse,
    AllocationKeyInvalid,
    LevelNeeded,
    PoolFull,
    UnknownAllocation,
    UnknownPool,
)
from netctl.model.addressing import Addressing
from netctl.inventory.yamlreader import parse

TODAY = Day(date(2026, 11, 22), "alice")


def asked(*keys, ledger=None, plan=PLAN, taken=None, day=TODAY):
    requests = [Request(*key.split("@")) for key in keys]
    return allocate(plan, ledger or Ledger(), requests, taken or {}, day)


def prefixes(ledger):
    return {entry.key: str(entry.prefix) for entry in ledger.in_use()}


def test_a_request_brings_what_lies_above_it():
    assert prefixes(asked("wan/rivers/east/hq/office@lan")) == {
        "wan/rivers": "3fff:800::/32",
        "wan/rivers/east": "3fff:800::/40",
        "wan/rivers/east/hq": "3fff:800::/48",
        "wan/rivers/east/hq/office": "3fff:800::/64",
    }


def test_organisations_are_far_from_each_other_and_lans_are_not():
    ledger = asked("wan/forests", "wan/rivers", "wan/harbours", "wan/forests/e/s/a@lan", "wan/forests/e/s/b@lan")
    assert prefixes(ledger)["wan/harbours"] == "3fff:880::/32"
    assert prefixes(ledger)["wan/rivers"] == "3fff:840::/32"
    assert prefixes(ledger)["wan/forests/e/s/b"] == "3fff:800:0:1::/64"


def test_a_link_leaves_the_ends_of_its_64_alone():
    ledger = asked(*(f"wan/a/b/c/p2p/l{number}@link" for number in range(3)), *("wan/a/b/c/los/r1@loopback",))
    assert prefixes(ledger)["wan/a/b/c/p2p"] == "3fff:800:0:8000::/64"
    assert prefixes(ledger)["wan/a/b/c/p2p/l0"] == "3fff:800:0:8000::2/127"
    assert prefixes(ledger)["wan/a/b/c/p2p/l2"] == "3fff:800:0:8000::6/127"
    assert prefixes(ledger)["wan/a/b/c/los/r1"] == "3fff:800::2/128"


def test_what_was_granted_is_granted_again_as_it_was():
    once = asked("wan/rivers/east/hq", "old/hq")
    assert asked("old/hq", "wan/rivers/east/hq", ledger=once, day=Day(date(2027, 1, 1), "bob")) == once


def test_a_reserved_block_and_the_pools_of_numbers_are_left_out():
    plan = Addressing({"v4": pool("v4", "192.0.2.0/24", level("half", 25), reserved=["192.0.2.0/26"])}, 0)
    assert prefixes(asked("v4/a", plan=plan)) == {"v4/a": "192.0.2.128/25"}
    with pytest.raises(PoolFull):
        asked("v4/a", plan=plan, taken={"": [prefix("192.0.2.192/27")]})
    assert prefixes(asked("v4/a", plan=plan, taken={"other": [prefix("192.0.2.192/27")]}))


def test_vrfs_may_have_the_same_addresses():
    ledger = asked("guests/a", "wan/a")
    assert prefixes(ledger)["guests/a"] == prefixes(ledger)["wan/a"] == "3fff:800::/32"
    assert list(flaws(PLAN, ledger)) == []


def test_what_was_released_rests_and_is_given_to_somebody_else_only_then():
    ledger = release(asked("old/a", "old/b"), ["old/a"], TODAY)
    early = Day(TODAY.date + timedelta(days=29))
    late = Day(TODAY.date + timedelta(days=30))
    assert prefixes(asked("old/c", ledger=ledger, day=early))["old/c"] == "203.0.113.32/28"
    given = asked("old/c", ledger=ledger, day=late)
    assert prefixes(given) == {"old/b": "203.0.113.16/28", "old/c": "203.0.113.0/28"}
    assert "old/a" not in given.entries


@pytest.mark.parametrize("days", [1, 400])
def test_who_comes_back_has_what_it_had(days):
    ledger = release(asked("old/a", "old/b"), ["old/a"], TODAY)
    back = asked("old/a", ledger=ledger, day=Day(TODAY.date + timedelta(days=days)))
    assert prefixes(back)["old/a"] == "203.0.113.0/28"
    assert len(back) == 2


def test_the_lines_of_those_below_go_with_what_was_given_away():
    ledger = release(asked("wan/a/e/s/x@lan"), ["wan/a"], TODAY, below=True)
    given = asked("wan/b", ledger=ledger, day=Day(date(2027, 11, 22)))
    assert [str(entry) for entry in given] == [
        'wan/b: {level: organisation, prefix: 3fff:800::/32, since: "2027-11-22"}'
    ]


def test_what_others_are_cut_from_is_not_released_alone():
    ledger = asked("wan/a/b/c", "wan/d")
    with pytest.raises(AllocationInUse, match="wan/a still holds wan/a/b, and 1 more"):
        release(ledger, ["wan/a"], TODAY)
    left = release(ledger, ["wan/a"], TODAY, below=True)
    assert [entry.key for entry in left.in_use()] == ["wan/d"]


@pytest.mark.parametrize("key", ["wan/nobody", "wan"])
def test_what_is_not_allocated_is_not_released(key):
    with pytest.raises(UnknownAllocation):
        release(asked("wan/a"), [key], TODAY)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("wan", AllocationKeyInvalid),
        ("wan/", AllocationKeyInvalid),
        ("wan/A", AllocationKeyInvalid),
        ("wan/a b", AllocationKeyInvalid),
        ("wan/a/b/c/d/e/f", AllocationKeyInvalid),
        ("nowhere/a", UnknownPool),
        ("wan/a/b/c/d", LevelNeeded),
        ("wan/a/b/c/d@region", AllocationKeyInvalid),
        ("wan/a@nothing", LevelNeeded),
    ],
)
def test_what_is_no_place_in_the_plan_is_refused(key, kind):
    with pytest.raises(kind):
        asked(key)


def test_a_key_that_the_ledger_knows_needs_no_level():
    once = asked("wan/a/b/c/d@lan")
    assert asked("wan/a/b/c/d", ledger=once) == once
    assert prefixes(asked("wan/a/b/c/p2p@links", ledger=once))["wan/a/b/c/p2p"] == "3fff:800:0:8000::/64"
    with pytest.raises(LevelNeeded):
        asked("wan/a/b/c/d@links", ledger=once)


def test_a_name_that_rests_at_one_level_is_not_used_at_another():
    ledger = release(asked("wan/a/b/c/d@lan"), ["wan/a/b/c/d"], TODAY)
    with pytest.raises(LevelNeeded, match="rests as a lan"):
        asked("wan/a/b/c/d@links", ledger=ledger)


def test_the_file_is_sorted_so_that_each_line_stands_before_what_is_cut_from_it():
    ledger = asked("wan/a-b", "wan/a/c", "old/x")
    assert [entry.key for entry in ledger] == ["old/x", "wan/a", "wan/a/c", "wan/a-b"]
    assert ledger.text() == HEADER + (
        'old/x: {level: site, prefix: 203.0.113.0/28, since: "2026-11-22", by: "alice"}\n'
        'wan/a: {level: organisation, prefix: 3fff:800::/32, since: "2026-11-22", by: "alice"}\n'
        'wan/a/c: {level: region, prefix: 3fff:800::/40, since: "2026-11-22", by: "alice"}\n'
        'wan/a-b: {level: organisation, prefix: 3fff:880::/32, since: "2026-11-22", by: "alice"}\n'
    )


def test_the_file_is_yaml():
    ledger = release(asked("wan/a", "old/1.2"), ["wan/a"], TODAY)
    data = parse(ledger.text(), "ledger.yaml")
    assert data["wan/a"] == {
        "level": "organisation",
        "prefix": "3fff:800::/32",
        "since": "2026-11-22",
        "released": "2026-11-22",
        "by": "alice",
    }
    assert data["old/1.2"]["prefix"] == "203.0.113.0/28"


GOOD = 'old/a: {level: site, prefix: 203.0.113.0/28, since: "2026-11-22"}'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("old/a", "no line of a ledger"),
        (GOOD.replace("site", "Site"), "no line of a ledger"),
        (GOOD.replace("11-22", "02-30"), "no such day"),
        (GOOD.replace("0/28", "1/28"), "host bits"),
        (GOOD.replace("203.0.113.0/28", "3fff:0::/32"), "is written"),
        ("<<<<<<< HEAD", "no line of a ledger"),
        (f"{GOOD}\n{GOOD}", "stands on line 1 already"),
    ],
)
def test_a_line_that_does_not_hold_is_told_with_its_number(line, said):
    _, found = read(line)
    assert [said in flaw.message for flaw in found] == [True]
    assert found[0].line == line.count("\n") + 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["new/a: site 203.0.113.0/28"], "no pool is named 'new'"),
        (["old/a: room 203.0.113.0/28"], "has no level 'room'"),
        (["old/a: site 203.0.113.0/27"], "a site of old is a /28"),
        (["old/a/b: site 203.0.113.0/28"], "not as many names"),
        (["old/a: site 198.51.100.0/28"], "outside old"),
        (["wan/a/b: region 3fff:800::/40"], "wan/a, which it is cut from, is not allocated"),
        (["wan/a: organisation 3fff:800::/32", "wan/a/b: region 3fff:801::/40"], "outside wan/a"),
        (["old/a: site 203.0.113.0/28", "old/b: site 203.0.113.0/28"], "overlaps 203.0.113.0/28 of old/a on line 1"),
    ],
)
def test_a_ledger_that_its_plan_has_no_place_for_is_told_with_its_line(lines, said):
    written = [line.split(" ") for line in lines]
    text = "\n".join(
        f'{key} {{level: {level}, prefix: {prefix}, since: "2026-11-22"}}' for key, level, prefix in written
    )
    ledger, unread = read(text)
    assert unread == []
    found = list(flaws(PLAN, ledger))
    assert [said in flaw.message for flaw in found] == [True]
    assert found[0].line == len(lines)


def test_an_entry_where_others_have_their_addresses_is_told():
    ledger = asked("old/a", "wan/a")
    assert [flaw.text for flaw in unavailable(PLAN, ledger, {"": [prefix("203.0.113.0/25")]})] == ["203.0.113.0/28"]
    assert list(unavailable(PLAN, ledger, {})) == []


def test_a_full_pool_says_so_and_gives_nothing():
    with pytest.raises(PoolFull, match=r"old 203.0.113.0/24 has no free /28 for old/s9"):
        asked(*(f"old/s{number}" for number in range(17)))


def test_plans_know_the_way_down_to_a_level():
    assert [each.name for each in WAN.chain("link")] == ["organisation", "region", "site", "links", "link"]
    assert [each.name for each in OLD.chain("site")] == ["site"]

"""Nobody adds a name under another's zone: not by a zone, not by a record, not by a plan."""

import pytest

from declared_names import MAIN, POLICY, VIEWS, declare, intended, wrong
from netctl.errors import NameOfAnother
from netctl.services.dns.ownership import Owners, Titles
from netctl.zones import names

ZONE, OTHER = "dns/zones/0.yaml", "dns/zones/1.yaml"
RIVERS = "zone: rivers.gov-wan.example\norganisation: rivers\n"
LEAVE = MAIN + "delegate: {rivers: rivers}\n"


def test_a_zone_with_leave_from_the_zone_above_is_its_organisation_s(tmp_path):
    assert wrong(declare(tmp_path, LEAVE, RIVERS)) == set()


@pytest.mark.parametrize(
    "text",
    [
        RIVERS,
        "zone: x.rivers.gov-wan.example\norganisation: forests\n",
        "zone: forests.gov-wan.example\norganisation: rivers\n",
    ],
)
def test_a_zone_without_leave_is_refused(tmp_path, text):
    above = MAIN if text == RIVERS else LEAVE
    assert wrong(declare(tmp_path, above, text)) == {("E1003", OTHER, 1)}


def test_leave_covers_zones_within_it(tmp_path):
    assert wrong(declare(tmp_path, LEAVE, RIVERS, "zone: a.b.rivers.gov-wan.example\norganisation: rivers\n")) == set()


def test_another_organisation_cannot_cut_into_a_zone_that_is_not_its_own(tmp_path):
    assert wrong(declare(tmp_path, LEAVE, RIVERS, "zone: www.rivers.gov-wan.example\norganisation: forests\n")) == {
        ("E1003", "dns/zones/2.yaml", 1)
    }


def test_the_network_itself_cannot_cut_into_an_organisation_s_zone(tmp_path):
    assert wrong(declare(tmp_path, LEAVE, RIVERS, "zone: www.rivers.gov-wan.example\n")) == {
        ("E1003", "dns/zones/2.yaml", 1)
    }


def test_a_zone_below_none_needs_leave_from_the_policy(tmp_path):
    text = "zone: rivers-agency.example\norganisation: rivers\n"
    assert wrong(declare(tmp_path / "a", text)) == {("E1003", ZONE, 1)}
    policy = POLICY + "delegate: {rivers-agency.example: rivers}\n"
    assert wrong(declare(tmp_path / "b", text, policy=policy)) == set()


def test_a_reverse_zone_gives_leave_by_prefix(tmp_path):
    above = "prefix: 3fff:100::/32\ndelegate:\n  3fff:100:1::/48: rivers\n"
    assert wrong(declare(tmp_path / "a", above, "prefix: 3fff:100:1::/48\norganisation: rivers\n")) == set()
    assert wrong(declare(tmp_path / "b", above, "prefix: 3fff:100:2::/48\norganisation: rivers\n")) == {
        ("E1003", OTHER, 1)
    }


@pytest.mark.parametrize("owner", ["rivers", "www.rivers", "a.b.rivers"])
def test_a_record_in_another_s_zone_is_refused(tmp_path, owner):
    text = LEAVE + f"records:\n  {owner}: {{A: 192.0.2.80}}\n"
    assert wrong(declare(tmp_path, text, RIVERS)) == {("E1004", ZONE, 4)}


def test_a_bulk_file_is_no_way_into_another_s_zone(tmp_path):
    bulk = {"bulk/a.zone": "www A 192.0.2.80\nwww.rivers A 192.0.2.80\n"}
    assert wrong(declare(tmp_path, LEAVE + "file: bulk/a.zone\n", RIVERS, bulk=bulk)) == {
        ("E1004", "dns/bulk/a.zone", 2)
    }


def test_a_view_of_its_own_is_no_way_into_another_s_zone(tmp_path):
    text = LEAVE + "views: [internal, outside]\nrecords:\n  www.rivers: {A: {values: 192.0.2.80, views: [outside]}}\n"
    assert wrong(declare(tmp_path, text, RIVERS, views=VIEWS)) == {("E1004", ZONE, 5)}


def test_one_s_own_zone_of_another_view_leaves_its_names_free(tmp_path):
    text = MAIN + "views: [internal, outside]\nrecords:\n  www.a: {A: {values: 192.0.2.80, views: [outside]}}\n"
    assert wrong(declare(tmp_path, text, "zone: a.gov-wan.example\n", views=VIEWS)) == set()


def test_a_zone_is_declared_once_a_view_and_by_one_organisation(tmp_path):
    assert wrong(declare(tmp_path / "a", MAIN, MAIN)) == {("E1007", OTHER, 1)}
    again = "zone: rivers.gov-wan.example\nviews: [outside]\norganisation: forests\n"
    found = wrong(declare(tmp_path / "b", LEAVE, RIVERS, again, views=VIEWS))
    assert ("E1007", "dns/zones/2.yaml", 1) in found


def owners(tmp_path):
    declared, _ = intended(declare(tmp_path, LEAVE, RIVERS))
    return Owners(declared.zones)


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("www.gov-wan.example", ""),
        ("rivers.gov-wan.example", "rivers"),
        ("a.b.rivers.gov-wan.example", "rivers"),
        ("b.example", None),
    ],
)
def test_a_name_belongs_to_the_organisation_of_the_longest_zone(tmp_path, name, organisation):
    assert owners(tmp_path).organisation_of(names.wire(name)) == organisation


@pytest.mark.parametrize(
    ("owner", "kind", "allowed"),
    [
        ("www", 1, True),
        ("@", 6, True),
        ("rivers", 2, True),
        ("rivers", 43, True),
        ("ns.rivers", 28, True),
        ("rivers", 16, False),
        ("www.rivers", 5, False),
        ("www.rivers", 2, False),
    ],
)
def test_a_plan_for_the_zone_above_may_hold_cuts_and_glue_and_nothing_else_below(tmp_path, owner, kind, allowed):
    origin = names.wire("gov-wan.example")
    key = (names.wire(owner, origin), kind)
    assert owners(tmp_path).may_hold(origin, key) is allowed
    trespasses = list(owners(tmp_path).trespasses(origin, [key]))
    assert [each.organisation for each in trespasses] == ([] if allowed else ["rivers"])


def test_a_plan_for_a_zone_may_not_reach_above_or_beside_it(tmp_path):
    rivers, main = names.wire("rivers.gov-wan.example"), names.wire("gov-wan.example")
    found = list(
        owners(tmp_path).trespasses(rivers, [(names.wire("www", main), 1), (names.wire("b.example"), 1), (rivers, 1)])
    )
    assert [(each.zone, each.organisation) for each in found] == [("gov-wan.example.", ""), ("", "")]


def held(declared, zone, view, *keys):
    """What a plan is told that would leave these RRsets in a zone: "" where it may."""
    origin = names.wire(zone)
    (found,) = (each for each in declared.zones if each.origin == origin)
    wanted = [(names.wire(owner, origin), kind) for owner, kind in keys]
    try:
        Titles(declared.zones).require(found, view, wanted, "ns1")
    except NameOfAnother as error:
        return error.message
    return ""


OUTSIDE = "views: [internal, outside]\n"


@pytest.mark.parametrize(
    ("view", "key", "whose"),
    [
        ("internal", ("www", 1), ""),
        ("internal", ("rivers", 2), ""),
        ("internal", ("ns.rivers", 1), ""),
        (
            "internal",
            ("www.rivers", 5),
            "www.rivers.gov-wan.example. belongs to zone rivers.gov-wan.example. of rivers",
        ),
        ("outside", ("www.rivers", 1), "www.rivers.gov-wan.example. belongs to zone rivers.gov-wan.example. of rivers"),
        ("outside", ("rivers", 2), "rivers.gov-wan.example. belongs to zone rivers.gov-wan.example. of rivers"),
        ("internal", ("www.own", 5), "www.own.gov-wan.example. belongs to zone own.gov-wan.example."),
        ("outside", ("www.own", 5), ""),
    ],
)
def test_a_plan_is_asked_in_its_view_and_no_view_is_a_way_into_another_s_zone(tmp_path, view, key, whose):
    declared, _ = intended(declare(tmp_path, LEAVE + OUTSIDE, RIVERS, "zone: own.gov-wan.example\n", views=VIEWS))
    assert held(declared, "gov-wan.example", view, key) == whose


def test_one_s_own_zone_below_another_s_is_no_way_around_that_one(tmp_path):
    between = RIVERS + OUTSIDE + "delegate: {a: forests}\n"
    policy = POLICY + "delegate: {example: forests}\n"
    top = "zone: gov-wan.example\norganisation: forests\ndelegate: {rivers: rivers}\n" + OUTSIDE
    below = "zone: a.rivers.gov-wan.example\norganisation: forests\n"
    declared, _ = intended(declare(tmp_path, top, between, below, policy=policy, views=VIEWS))
    told = held(declared, "gov-wan.example", "outside", ("www.a.rivers", 5), ("x.rivers", 16))
    assert told == "www.a.rivers.gov-wan.example. belongs to zone rivers.gov-wan.example. of rivers, and 1 more"


def test_a_plan_for_names_outside_all_zones_is_told_so(tmp_path):
    declared, _ = intended(declare(tmp_path, LEAVE, RIVERS, views=VIEWS))
    told = held(declared, "gov-wan.example", "internal", ("b.example.", 1))
    assert told == "b.example. is in no zone that is declared"

"""Sites, the map's chart, and the search: what is in reach, and nothing else."""

import change_seeds
import pytest

from netctl.control.pages.search import search
from netctl.control.pages.site_page import site_list, site_page
from netctl.control.pages.topology import topology
from netctl.errors import UnknownPlace
from netctl.model.people import Grant


def hits(watching, query, user="noc"):
    found = search(watching.store, watching.atlas, user=user, query=query)
    return [(hit.kind, hit.id) for hit in found.hits]


def test_a_site_tells_of_both_its_ways_out_and_their_load(watching):
    watching.rounds()
    found = site_page(watching.store, watching.atlas, "rivers-hq", user="noc")
    assert (found.view.redundancy, [each.state for each in found.view.lines]) == ("full", ["up", "up"])
    assert [core.name for core in found.cores] == ["core-main-1", "core-backup-1"]
    assert found.prefixes == ("3fff:100:1::/48", "192.0.2.16/28")
    for each in found.view.lines:
        assert 0 < each.load.share_to_a < each.load.share_to_b == each.load.share < 1


def test_a_dead_router_leaves_the_load_to_the_far_end(watching):
    watching.rounds(4, dead=["rivers-hq-r1"])
    found = site_page(watching.store, watching.atlas, "rivers-hq", user="noc")
    assert (found.view.redundancy, found.view.lines[0].state) == ("one_router", "down")
    assert found.view.lines[0].load.share is not None, "the core counts as well"
    assert [problem.subject for problem in found.problems] == ["rivers-hq-r1"]


def test_without_counters_the_load_is_unknown(watching):
    found = site_page(watching.store, watching.atlas, "rivers-hq", user="noc")
    assert [each.load.share for each in found.view.lines] == [None, None]
    assert (found.view.redundancy, found.view.lines[0].state) == ("unknown", "unknown")


def test_sites_and_maps_end_where_the_reach_ends(watching):
    watching.rounds()
    assert [line.site.id for line in site_list(watching.store, watching.atlas, user="rita").lines] == [
        "rivers-east",
        "rivers-hq",
    ]
    with pytest.raises(UnknownPlace):
        site_page(watching.store, watching.atlas, "harbours-hq", user="rita")
    own = topology(watching.store, watching.atlas, user="rita")
    assert (own.centres, own.links, {view.site.organisation for view in own.sites}) == ((), (), {"rivers"})
    with pytest.raises(UnknownPlace):
        topology(watching.store, watching.atlas, user="rita", organisation="harbours")
    with pytest.raises(UnknownPlace):
        topology(watching.store, watching.atlas, user="noc", region="nowhere")


def test_the_map_of_everything_holds_the_backbone_and_every_site(watching):
    watching.rounds(cut=["bb3"])
    found = topology(watching.store, watching.atlas, user="noc")
    assert [centre.centre.id for centre in found.centres] == ["main", "backup"]
    assert {view.line.id: view.state for view in found.links}["bb3"] == "down"
    assert len(found.sites) == found.total == 7


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rivers-hq-r1", ("device", "rivers-hq-r1")),
        ("河川庁", ("site", "rivers-east")),
        ("RIVERS AGENCY", ("site", "rivers-east")),
        ("3fff:100:5::2", ("address", "forests-north-r1")),
        ("3FFF:0100:5:0::2", ("address", "forests-north-r1")),
        ("3fff:100:5:99::1", ("prefix", "forests-north")),
        ("3fff:100:5::/48", ("prefix", "forests-north")),
        ("192.0.2.17", ("address", "rivers-hq-r1")),
        ("203.0.113.7", ("address", "rivers-hq-r2")),
        ("3fff:600::3:3", ("address", "rivers-hq-r2")),
    ],
)
def test_what_is_asked_for_is_found(watching, query, expected):
    assert expected in hits(watching, query)


def test_a_whole_name_comes_first(watching):
    assert hits(watching, "rivers-hq")[0][1].startswith("rivers-hq")
    assert ("site", "rivers-hq") in hits(watching, "rivers-hq")


def test_open_problems_are_found_by_number_and_by_what_they_are_about(watching):
    watching.rounds()
    watching.rounds(dead=["rivers-hq-r1"])
    assert ("problem", "P-000001") in hits(watching, "P-1")
    assert ("problem", "P-000001") in hits(watching, "rivers-hq-r1")


@pytest.mark.parametrize("query", ["", "   ", "x" * 300, "nothing like this", "::", "%", "'", "\x00", "P-999", "C-999"])
def test_odd_questions_find_nothing(watching, query):
    assert hits(watching, query) == []


@pytest.mark.parametrize("query", ["harbours", "core-main-1", "3fff:100:3::1", "198.51.100.1", "港湾"])
def test_nothing_beyond_the_reach_is_found(watching, query):
    watching.rounds(dead=["harbours-hq-r1"])
    assert hits(watching, query)
    assert hits(watching, query, user="rita") == []


def test_a_change_is_found_by_a_word_of_its_title_by_whoever_may_see_it(watching):
    with watching.store.writing() as books:
        books.users.add("aiko", [Grant("author")], "aiko")
    first = change_seeds.propose(watching.store, title="NTP 100% 切り替え")
    second = change_seeds.propose(watching.store, change_seeds.revised(change_seeds.small_plan()), title="ntpの戻し")
    assert hits(watching, "ntp") == [("change", second.id), ("change", first.id)]
    assert hits(watching, "100%") == [("change", first.id)]
    assert hits(watching, "1_0") == [], "what means something to a database means itself here"
    assert hits(watching, "ntp", user="rita") == [], "both reach further than rivers"
    assert hits(watching, first.id).count(("change", first.id)) == 1

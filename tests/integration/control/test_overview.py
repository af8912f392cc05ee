"""Is everything well? Only what was seen a short while ago counts."""

from netctl.control.pages.overview import health


def tiles(found):
    return {tile.service: tile for tile in found.tiles}


def test_before_the_first_round_nothing_is_green(watching):
    found = health(watching.store, watching.atlas, user="noc")
    assert found.states == {"down": 0, "degraded": 0, "unknown": 20, "up": 0}
    assert {(tile.state, tile.stale, tile.at) for tile in found.tiles} == {("unknown", True, "")}


def test_when_all_is_well_every_tile_is_and_says_how_old_its_datum_is(watching):
    watching.rounds()
    found = health(watching.store, watching.atlas, user="noc")
    assert found.states["up"] == found.devices == 20
    assert {(tile.state, tile.affected, tile.unknown, tile.stale) for tile in found.tiles} == {("up", 0, 0, False)}
    assert all(tile.at == found.found.round.began_at for tile in found.tiles)
    assert found.lost == ()


def test_once_watching_has_stopped_everything_is_unknown_again(watching):
    watching.rounds(dead=["rivers-hq-r1"])
    watching.wait(76)
    found = health(watching.store, watching.atlas, user="noc")
    assert found.states["unknown"] == 20
    assert all(tile.state == "unknown" and tile.stale and tile.at for tile in found.tiles)


def test_a_dead_router_counts_once_and_takes_redundancy_from_its_site(watching):
    watching.rounds()
    watching.rounds(dead=["rivers-hq-r1"])
    found = health(watching.store, watching.atlas, user="noc")
    assert (found.states["down"], tiles(found)["reachability"].affected) == (1, 1)
    assert tiles(found)["routing"].routers == 19, "what a dead router would say of its sessions nobody knows"
    assert [(site.id, how) for site, how in found.lost] == [("rivers-hq", "one_router")]
    assert sum(found.problems.values()) == len(found.gravest) == 1


def test_a_cut_line_leaves_a_site_on_one_line(watching):
    watching.rounds(cut=["harbours-hq:2"])
    found = health(watching.store, watching.atlas, user="noc")
    assert [(site.id, how) for site, how in found.lost] == [("harbours-hq", "one_line")]
    assert tiles(found)["lines"].state == "degraded"


def test_two_broken_ways_cut_a_site_off_and_it_comes_first(watching):
    watching.rounds(cut=["harbours-hq:2", "rivers-hq:2"], dead=["rivers-hq-r1"])
    watching.rounds(cut=["harbours-hq:2", "rivers-hq:2"], dead=["rivers-hq-r1"])
    found = health(watching.store, watching.atlas, user="noc")
    assert [(site.id, how) for site, how in found.lost] == [("rivers-hq", "cut_off"), ("harbours-hq", "one_line")]


def test_routers_that_nobody_has_looked_at_keep_a_tile_from_being_green(watching):
    watching.rounds(without=["forests-hq-r1"])
    found = health(watching.store, watching.atlas, user="noc")
    assert (found.states["unknown"], found.states["up"]) == (1, 19)
    assert {(tile.state, tile.unknown) for tile in found.tiles} == {("unknown", 1)}


def test_somebody_of_one_organisation_sees_its_routers_and_problems_only(watching):
    watching.rounds(cut=["harbours-hq:2"], clocks_lost=["rivers-east-r1"])
    found = health(watching.store, watching.atlas, user="rita")
    assert (found.devices, found.sites, found.lost) == (4, 2, ())
    assert {problem.organisation for problem in found.gravest} == {"rivers"}
    assert sum(found.problems.values()) == 1


def test_a_new_round_is_seen_at_once(watching):
    watching.rounds()
    assert health(watching.store, watching.atlas, user="noc").states["down"] == 0
    watching.rounds(dead=["core-main-1"])
    assert health(watching.store, watching.atlas, user="noc").states["down"] == 1
    watching.rounds()
    assert health(watching.store, watching.atlas, user="noc").states["down"] == 0


def test_what_is_low_turns_no_tile_red_however_many_routers_it_concerns(watching):
    watching.rounds()
    every = tuple(watching.atlas.network.devices)
    watching.rounds(drifted=every)
    found = tiles(health(watching.store, watching.atlas, user="noc"))["configuration"]
    assert (found.affected, found.state) == (20, "degraded")

"""One cause is one problem, for the outages that an operation centre meets."""

from outages import standings, world

from netctl.model.watch import Reason
from netctl.observe.correlate import correlate

HQ1, HQ2 = "rivers-hq-r1", "rivers-hq-r2"
DRIFT = Reason("WATCH-DRIFT", "configuration", "low", "", "3 lines differ from what is declared")


def causes(place=None, **outage):
    place = place or world()
    return correlate(place[1], standings(place, **outage))


def only(found):
    (cause,) = found
    return cause


def test_a_network_that_is_well_has_no_problem():
    assert causes() == ()


def test_a_dead_router_is_one_problem_with_what_its_neighbours_say_as_symptoms():
    cause = only(causes(dead=[HQ1]))
    assert (cause.key, cause.code, cause.severity) == (f"device:{HQ1}", "WATCH-DEVICE-DOWN", "medium")
    assert (cause.kind, cause.subject, cause.organisation) == ("device", HQ1, "rivers")
    assert cause.targets == ("core-main-1", HQ1, HQ2)
    assert "site rivers-hq runs on rivers-hq-r2 alone" in cause.detail
    assert any(symptom.startswith(f"{HQ2} WATCH-VRRP lan0 10") for symptom in cause.symptoms)


def test_a_router_that_missed_one_look_is_down_where_all_its_neighbours_have_lost_it():
    cause = only(causes(dead=[HQ1], late=True))
    assert (cause.key, cause.code) == (f"device:{HQ1}", "WATCH-DEVICE-DOWN")


def test_one_missed_look_alone_is_nothing():
    assert causes(unseen=[HQ1], late=True) == ()


def test_a_cut_line_is_one_problem_and_not_four():
    cause = only(causes(cut=["rivers-hq:1"]))
    assert (cause.key, cause.code, cause.severity) == ("line:rivers-hq:1", "WATCH-LINE-DOWN", "medium")
    assert cause.targets == ("core-main-1", HQ1)
    assert cause.places == ("rivers-hq:1", "rivers-hq")
    assert "runs on line rivers-hq:2 alone" in cause.detail


def test_a_router_that_answers_only_through_its_cut_line_is_not_taken_for_dead():
    cause = only(causes(cut=["rivers-hq:1"], unseen=[HQ1]))
    assert cause.key == "line:rivers-hq:1"
    assert any(symptom.startswith(f"{HQ1} WATCH-UNREACHABLE") for symptom in cause.symptoms)


def test_a_site_behind_two_cut_lines_is_one_problem():
    cause = only(causes(cut=["rivers-hq:1", "rivers-hq:2"]))
    assert (cause.key, cause.code, cause.severity) == ("site:rivers-hq", "WATCH-SITE-CUT-OFF", "high")
    assert "line rivers-hq:1 is cut, line rivers-hq:2 is cut" in cause.detail


def test_a_site_that_lost_a_router_and_the_other_ones_line_is_cut_off():
    cause = only(causes(dead=[HQ1], cut=["rivers-hq:2"]))
    assert cause.key == "site:rivers-hq"
    assert "rivers-hq-r1 does not answer, line rivers-hq:2 is cut" in cause.detail


def test_a_site_whose_routers_are_both_silent_is_one_problem():
    assert only(causes(dead=[HQ1, HQ2])).key == "site:rivers-hq"


def test_routers_that_forward_but_do_not_answer_are_told_apart_from_dead_ones():
    one = only(causes(unseen=[HQ1]))
    assert (one.code, one.severity) == ("WATCH-DEVICE-UNSEEN", "low")
    both = only(causes(unseen=[HQ1, HQ2]))
    assert (both.key, both.code, both.severity) == ("unseen:rivers-hq", "WATCH-SITE-UNSEEN", "medium")


def test_a_dead_core_is_one_problem_whatever_hangs_on_it():
    cause = only(causes(dead=["core-main-1"]))
    assert (cause.key, cause.code, cause.severity) == ("device:core-main-1", "WATCH-DEVICE-DOWN", "medium")
    assert cause.organisation == ""


def test_two_dead_cores_that_cut_sites_off_are_one_problem():
    cause = only(causes(dead=["core-main-1", "core-backup-1"]))
    assert (cause.key, cause.code, cause.severity) == ("group:core-backup-1", "WATCH-GROUP-DOWN", "high")
    assert cause.subject == "core-backup-1, core-main-1"
    assert "sites cut off: " in cause.detail


def test_a_site_that_lost_one_way_to_a_dead_core_and_the_other_by_itself_is_a_problem_of_its_own():
    found = {cause.key: cause for cause in causes(dead=["core-main-1", HQ2])}
    assert set(found) == {"device:core-main-1", "site:rivers-hq"}
    assert "core-main-1 is down, rivers-hq-r2 does not answer" in found["site:rivers-hq"].detail


def test_a_backbone_in_two_halves_is_one_problem():
    cause = only(causes(cut=["bb3", "bb4"]))
    assert (cause.key, cause.code, cause.severity) == ("group:backbone", "WATCH-BACKBONE-SPLIT", "high")


def test_cut_lines_say_what_they_share():
    lines = ("forests-hq:2", "harbours-hq:1")
    assert {world()[1].lines[line].carrier for line in lines} == {"yamabuki"}
    found = causes(cut=lines)
    assert [cause.subject for cause in found] == list(lines)
    assert all("2 lines of yamabuki are cut: forests-hq:2, harbours-hq:1" in cause.detail for cause in found)


def test_one_family_alone_does_not_make_a_line_a_cut_one():
    one = world()[2][HQ1].neighbours[0]
    reason = Reason("WATCH-BGP", "routing", "medium", one.address, "core-main-1 is Idle")
    cause = only(causes(more={HQ1: (reason,)}))
    assert (cause.key, cause.code) == ("line:rivers-hq:1", "WATCH-BGP")


def test_what_waits_for_its_push_cuts_nothing():
    peers = [peer.address for peer in world()[2]["core-main-1"].neighbours if peer.description == HQ1]
    reasons = tuple(Reason("WATCH-BGP", "routing", "low", peer, "no session is configured") for peer in peers)
    cause = only(causes(more={"core-main-1": reasons}))
    assert (cause.code, cause.severity) == ("WATCH-BGP", "low")


def test_a_dead_time_source_is_one_problem_and_one_wrong_clock_is_that_routers():
    names = list(world()[2])
    cause = only(causes(clocks=names))
    assert (cause.code, cause.kind, cause.targets) == ("WATCH-TIME-SOURCE", "service", tuple(sorted(names)))
    assert only(causes(clocks=[HQ1])).key == f"clock:{HQ1}"


def test_clocks_behind_a_cut_are_symptoms_of_it():
    cause = only(causes(cut=["rivers-hq:1", "rivers-hq:2"], clocks=[HQ1, HQ2]))
    assert cause.key == "site:rivers-hq"


def test_drift_is_a_problem_of_each_router():
    found = causes(more={HQ1: (DRIFT,), HQ2: (DRIFT,)})
    assert [cause.key for cause in found] == [f"WATCH-DRIFT:{HQ1}", f"WATCH-DRIFT:{HQ2}"]


def test_a_pair_that_does_not_hear_itself_is_one_problem():
    masters = tuple(
        Reason("WATCH-VRRP", "first_hop", "high", f"lan0 10 IPv{family}", "two masters") for family in (4, 6)
    )
    peers = {
        name: tuple(
            Reason("WATCH-BGP", "routing", "medium", peer.address, "mate is Active")
            for peer in world()[2][name].neighbours
            if peer.kind == "mate"
        )
        for name in (HQ1, HQ2)
    }
    cause = only(causes(more={HQ1: peers[HQ1], HQ2: masters + peers[HQ2]}))
    assert (cause.key, cause.code, cause.severity, cause.subject) == (
        "pair:rivers-hq",
        "WATCH-VRRP",
        "high",
        "rivers-hq",
    )


def test_versions_that_differ_in_a_pair_are_one_problem():
    said = {
        name: (Reason("WATCH-VERSION", "configuration", "low", mate, f"runs 1, {mate} runs 2"),)
        for name, mate in ((HQ1, HQ2), (HQ2, HQ1))
    }
    assert only(causes(more=said)).key == "version:rivers-hq"


def test_nobody_in_sight_is_one_problem_of_netctl_itself():
    names = list(world()[2])
    cause = only(causes(dead=names))
    assert (cause.code, cause.subject, cause.severity) == ("WATCH-BLIND", "netctl", "high")
    assert cause.targets == tuple(sorted(names))


def test_thousands_of_routers_behind_one_pair_of_cores_are_one_problem():
    place = world(400)
    lost = [name for name, site in place[1].site_of.items() if site and place[0].sites[site].number % 2 == 0]
    cause = only(causes(place, dead=["core-main-1", "core-backup-1", *lost]))
    assert cause.code == "WATCH-GROUP-DOWN"
    assert "200 sites cut off" in cause.detail
    assert set(lost) <= set(cause.targets)

"""What the engine orders is what real FRR daemons take, and what it predicts is what they then hold.

A prediction begins with what the router prints, so hostname and the like stand on both sides. Routers that share nothing
are raised for every case: FRR remembers in which order it was told.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from integration.config.scratch_frr import ScratchFrr, raised
from integration.render.frr_box import MISSING
from networks import ROOT

from configurations import corpus, engine, hazard, hazards, mutated, read
from netctl.config.commands import Command, Session
from netctl.config.syntax import Tree, render

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "-")

ENGINE = engine("frr")
HAZARDS = [path for path in hazards() if path.parent.name == "frr"]
SOURCES = {path.stem: path for path in corpus("frr")} | {
    device: ROOT / "tests" / "golden" / "render" / device / "intended" / "frr.conf"
    for device in ("rivers-hq-r1", "core-main-1", "border-main")
}
# What is grown or shrunk, the seed of the change, and where statements are taken from.
PAIRS = (
    ("wan-router-8.4", 5, "border-main"),
    ("branch-8.4", 1, "wan-router-8.4"),
    ("backbone-8.4-crlf", 2, "wan-router-8.4"),
    ("core-main-1", 3, "rivers-hq-r1"),
    ("border-main", 4, "core-main-1"),
    ("rivers-hq-r1", 6, "border-main"),
)


def expect_held(router: ScratchFrr, predicted: Tree, said: object) -> None:
    held = ENGINE.parse(router.running())
    assert ENGINE.differences(predicted, held) == [], (said, render(held))


def play(router: ScratchFrr, tree: Tree, commands: tuple[Command, ...]) -> Tree:
    """Says a patch as its text reads; FRR refuses nothing of it, and holds afterwards what was predicted."""
    text = ENGINE.write(commands)
    outcome = ENGINE.apply(tree, commands)
    assert router.say(text.splitlines()) == [], text
    assert outcome.ignored == []
    expect_held(router, outcome.tree, text)
    return outcome.tree


@pytest.mark.parametrize("path", HAZARDS, ids=[path.stem for path in HAZARDS])
def test_every_prefix_of_a_patch_leads_where_it_is_predicted_to_and_the_rollback_back(path: Path, tmp_path: Path):
    case = hazard(path)
    running, intended = ENGINE.parse(case["running"]), ENGINE.parse(case["intended"])
    session = Session(**{"user": "", "address": ""} | case["session"]) if case.get("session") else None
    remedy = ENGINE.remedy(running, intended, session)
    with raised(tmp_path, case["running"], case["intended"]) as router:
        before = tree = ENGINE.parse(router.running())
        for command in remedy.commands:
            tree = play(router, tree, (command,))
        tree = play(router, tree, remedy.rollback)
        assert ENGINE.differences(tree, before) == []
        if len(remedy.commands) > 1:
            play(router, tree, remedy.commands)


def intended_of(name: str, seed: int, other: str, folder: Path) -> str:
    """Another configuration as FRR prints what it took of it at boot."""
    change = mutated(ENGINE.parse(read(SOURCES[name])), "frr", seed, ENGINE.parse(read(SOURCES[other])))
    folder.mkdir()
    with raised(folder, render(change)) as router:
        return router.running()


@pytest.mark.parametrize(("name", "seed", "other"), PAIRS, ids=[f"{name}-{seed}" for name, seed, _ in PAIRS])
def test_what_frr_prints_of_itself_is_no_difference_and_a_patch_of_many_leads_there_and_back(
    name: str, seed: int, other: str, tmp_path: Path
):
    text = intended_of(name, seed, other, tmp_path / "intended")
    with raised(tmp_path, read(SOURCES[name]), text) as router:
        running, intended = ENGINE.parse(router.running()), ENGINE.parse(text)
        printed = ENGINE.differences(ENGINE.parse(read(SOURCES[name])), running)
        assert [pair.item.key for pair in printed] == ["hostname"]  # it is the box's own
        remedy = ENGINE.remedy(running, intended)
        assert len(remedy.commands) > 2
        there = play(router, running, remedy.commands)
        assert ENGINE.differences(there, intended) == []
        back = play(router, there, remedy.rollback)
        assert ENGINE.differences(back, running) == []


def test_what_is_typed_by_hand_to_take_a_name_away_takes_what_was_predicted(tmp_path: Path):
    router_bgp = ("router bgp 64500",)
    typed = (
        Command(router_bgp, "no neighbor 192.0.2.1"),
        Command(router_bgp, "no neighbor CORE"),
        Command((), "no ip prefix-list FROM-UP"),
        Command((), "no route-map IMPORT-UP"),
        Command((), "no access-list VTY"),
        Command((), "no bgp as-path access-list NO-TRANSIT"),
    )
    with raised(tmp_path, read(SOURCES["wan-router-8.4"])) as router:
        play(router, ENGINE.parse(router.running()), typed)


@pytest.mark.parametrize("which", ["router bgp 64500", "router bgp 64500\n"], ids=["everywhere", "but-in-the-vrf"])
def test_another_as_number_takes_the_instances_of_vrfs_away_first(which: str, tmp_path: Path):
    """FRR refuses to take the default instance away while one of a VRF stands, and to number it anew while it stands."""
    with raised(tmp_path, read(SOURCES["wan-router-8.4"])) as router:
        running = ENGINE.parse(router.running())
        intended = ENGINE.parse(router.running().replace(which, which.replace("64500", "64510")))
        remedy = ENGINE.remedy(running, intended)
        there = play(router, running, remedy.commands)
        assert ENGINE.differences(there, intended) == []
        assert ENGINE.differences(play(router, there, remedy.rollback), running) == []


def test_another_router_id_in_a_vrf_says_its_route_distinguisher_again(tmp_path: Path):
    """FRR makes an `rd vpn export` of its own of a new router-id, over the one that was said."""
    vrf = "router bgp 64500 vrf cust-a\n bgp router-id "
    with raised(tmp_path, read(SOURCES["wan-router-8.4"])) as router:
        running = ENGINE.parse(router.running())
        intended = ENGINE.parse(router.running().replace(f"{vrf}203.0.113.1", f"{vrf}203.0.113.7"))
        there = play(router, running, ENGINE.remedy(running, intended).commands)
        assert ENGINE.differences(there, intended) == []

"""What holds for the waves of every choice of routers."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from netctl.inventory import load, reference_root
from netctl.model.network import Network
from netctl.plan import order_waves


@cache
def network() -> Network:
    return load(reference_root())


CHOICES = st.sets(st.sampled_from(sorted(network().devices)), min_size=1)


@given(CHOICES)
def test_every_changed_router_is_in_exactly_one_wave_and_no_other_router_is(changed: set[str]) -> None:
    ordered = [name for wave in order_waves(network(), changed) for _, members in wave.groups for name in members]
    assert sorted(ordered) == sorted(changed)


@given(CHOICES)
def test_a_group_is_in_one_wave_its_second_position_first(changed: set[str]) -> None:
    waves = order_waves(network(), changed)
    groups = [group for wave in waves for group, _ in wave.groups]
    assert len(groups) == len(set(groups))
    for wave in waves:
        for group, members in wave.groups:
            assert {network().group_of(name).id for name in members} == {group}
            assert [network().devices[name].position for name in members] == sorted(
                (network().devices[name].position for name in members), reverse=True
            )


@given(CHOICES)
def test_a_canary_site_goes_first_and_the_centres_last_and_never_together(changed: set[str]) -> None:
    waves = order_waves(network(), changed)
    kinds = [{network().groups[group].kind for group, _ in wave.groups} for wave in waves]
    assert all(len(kind) == 1 for kind in kinds)
    rank = {"site": 0, "border": 1, "centre": 2}
    order = [rank[next(iter(kind))] for kind in kinds]
    assert order == sorted(order)
    sizes = [len(wave.groups) for wave in waves if network().groups[wave.groups[0][0]].kind == "site"]
    assert sizes[:1] in ([], [1])
    assert all(later <= 2 * earlier for earlier, later in zip(sizes, sizes[1:]))
    assert all(len(wave.groups) == 1 for wave, kind in zip(waves, kinds) if kind == {"centre"})


@given(CHOICES)
def test_the_main_centre_comes_after_the_backup_centre(changed: set[str]) -> None:
    order = [group for wave in order_waves(network(), changed) for group, _ in wave.groups]
    if "main" in order and "backup" in order:
        assert order.index("backup") < order.index("main")
    assert [wave.number for wave in order_waves(network(), changed)] == list(
        range(1, len(order_waves(network(), changed)) + 1)
    )

"""The order of a plan of name servers, zones and routers, whichever of them change."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from netctl.inventory import load, reference_root
from netctl.model.artefact import Artefact, RunningState
from netctl.model.dns import NameServer
from netctl.model.network import Network, Source
from netctl.model.places import ZoneTargetName, server_group
from netctl.model.plan import TargetPlan
from netctl.plan.servers import ServerShare, in_order
from netctl.plan.waves import LARGEST_WAVE, order_all, order_waves

ROLES = ["primary", "secondary", "resolver"]
PLAIN = TargetPlan("", "", "", "", (), (), (), ())


@cache
def network() -> Network:
    return load(reference_root())


def zone(number: int, *, leaving: bool = False) -> TargetPlan:
    """One of many zones, some below others."""
    name = ZoneTargetName(".".join(["z"] * (number % 3) + [f"zone-{number}", "example"]), "v", leaving)
    return replace(PLAIN, target=str(name), group=name.group, kind="zone")


def server(name: str, role: str, *, writes: bool) -> ServerShare:
    declared = NameServer(name, f"{name}.example.", "bind", role, "", "", (), 53, (), Source("", 1))
    return ServerShare(declared, writes, RunningState(name, "bind", ()), Artefact(name, "bind", ()))


NUMBERS = st.sets(st.integers(0, 200), max_size=150)
SERVERS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(ROLES))


@given(SERVERS, NUMBERS, NUMBERS, st.sets(st.sampled_from(sorted(network().devices))))
def test_servers_come_first_then_what_leaves_then_routers_then_the_rest(roles, leaving, coming, routers):
    servers = [replace(PLAIN, target=name, group=server_group(roles[name]), kind="server") for name in sorted(roles)]
    out = [zone(number, leaving=True) for number in sorted(leaving)]
    back = [zone(number) for number in sorted(coming)]
    catalog = replace(PLAIN, target="catalog.example@v", group="catalog.example@v", kind="zone")
    waves = order_all(servers, out, order_waves(network(), routers), back, [catalog])
    order = [member for wave in waves for _, members in wave.groups for member in members]
    assert len(order) == len(set(order)) == len(servers) + len(out) + len(routers) + len(back) + 1
    stages = {each.target: 0 for each in servers} | {each.target: 1 for each in out} | dict.fromkeys(routers, 2)
    found = [stages.get(name, 3) for name in order]
    assert found == sorted(found)
    assert [wave.number for wave in waves] == list(range(1, len(waves) + 1))
    assert all(0 < len(wave.groups) <= LARGEST_WAVE for wave in waves)
    assert all(len({stages.get(each, 3) for _, group in wave.groups for each in group}) == 1 for wave in waves)
    for wave in waves:
        assert len({group for group, _ in wave.groups}) == len(wave.groups)


@given(NUMBERS)
def test_a_zone_is_never_in_a_later_wave_than_the_one_it_is_cut_out_of(numbers):
    waves = order_all([], [], [], [zone(number) for number in sorted(numbers)], [])
    depths = [[group.partition("@")[0].count(".") for group, _ in wave.groups] for wave in waves]
    assert all(min(one) >= max(other) for one, other in zip(depths, depths[1:], strict=False))


@given(SERVERS, st.sampled_from("abcdefgh"))
def test_primaries_come_before_secondaries_and_resolvers_and_the_one_that_writes_last_of_them(roles, writer):
    shares = [server(name, role, writes=name == writer and role == "primary") for name, role in roles.items()]
    found = in_order(shares)
    places = [ROLES.index(share.server.role) for share in found]
    assert places == sorted(places)
    primaries = [share for share in found if share.server.role == "primary"]
    assert not any(share.writes for share in primaries[:-1])

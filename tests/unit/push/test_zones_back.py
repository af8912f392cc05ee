"""The way back of zones: the inverse of what was written, in the opposite order, over nobody's work."""

from __future__ import annotations

import pytest
from mixed_plans import OWN, RIVERS, ROUTERS, SERVER, mixed_plan, zone_of

from netctl.errors import ZoneHeldByAnother
from netctl.model.places import LEAVING
from netctl.plan.zonepart import change_of, changed, content_digest
from netctl.push.zones_back import waves_back, zones_back
from netctl.zones import names
from netctl.zones.data import ZoneData

FIRST, THEN = f"{RIVERS}{LEAVING}", str(RIVERS)


def after(*targets: str) -> ZoneData:
    """The rivers' zone before the mixed plan, with these of its steps done."""
    plan = mixed_plan()
    shares = {share.target: share for share in plan.targets}
    origin = names.wire(RIVERS.zone)
    held = zone_of(RIVERS.zone, {
        ("@", "MX"): ("10 mail",),
        ("gauge-1", "AAAA"): ("3fff:100:1::1:1",),
        ("gauge-2", "AAAA"): ("3fff:100:1::1:2",),
        ("levels", "CNAME"): ("www",),
        ("www", "AAAA"): ("3fff:100:1::80",),
    })  # fmt: skip
    assert content_digest(held) == shares[FIRST].running_digest
    for target in targets:
        held = changed(held, change_of(shares[target], origin))
    return held


def back(done: list[str], held: ZoneData) -> list:
    return list(zones_back(mixed_plan(), done, {RIVERS.group: held}))


def test_what_came_goes_first_and_what_had_left_returns_to_exactly_what_was() -> None:
    shares = back([FIRST, THEN], after(FIRST, THEN))
    assert [share.target for share in shares] == [THEN, FIRST]
    data = after(FIRST, THEN)
    for share in shares:
        assert content_digest(data) == share.running_digest
        data = changed(data, change_of(share, data.origin))
    assert data == after()


def test_a_step_that_was_not_made_or_is_back_already_has_no_share() -> None:
    assert [share.target for share in back([FIRST], after(FIRST))] == [FIRST]
    assert [share.target for share in back([FIRST, THEN], after(FIRST))] == [FIRST]
    assert back([FIRST, THEN], after()) == []


def test_names_that_somebody_else_changed_since_are_named_and_not_overwritten() -> None:
    held = after(FIRST, THEN)
    theirs = zone_of(RIVERS.zone, {("tide", "AAAA"): ("3fff:100:1::42",)})
    with pytest.raises(ZoneHeldByAnother, match="tide AAAA"):
        back([FIRST, THEN], ZoneData(held.origin, {**held.rrsets, **theirs.rrsets}))


def test_the_order_of_the_way_back_is_names_that_came_routers_names_that_had_left_and_servers() -> None:
    plan = mixed_plan()
    wanted = [share.target for share in plan.targets]
    waves = waves_back(plan, wanted)
    assert [wave.number for wave in waves] == list(range(1, len(waves) + 1))
    order = [{name for _, members in wave.groups for name in members} for wave in waves]
    assert order == [{THEN, *map(str, OWN)}, set(ROUTERS), {FIRST}, {SERVER}]
    only = waves_back(plan, [FIRST])
    assert [wave.groups for wave in only] == [((RIVERS.group, (FIRST,)),)]

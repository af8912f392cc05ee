"""What leaves before routers change: for any zones of one plan, in any views."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.plan.leaving import Moving, in_two_steps
from netctl.plan.zonepart import changed, holds_after
from netctl.services.dns.reverse import address_of
from netctl.zones import names
from netctl.zones.data import SOA, Key, RRset, ZoneData
from netctl.zones.difference import difference
from netctl.zones.embedded import AAAA, NAMED, PTR, A
from netctl.zones.records import names_in
from zone_data import OWNERS, data, soa, zone

REVERSE = names.wire("2.0.192.in-addr.arpa")
OTHER = names.wire("other.example")
CLASSLESS = names.wire("0/29.2.0.192.in-addr.arpa")
ADDRESSES = [each for kind in (A, AAAA) for each in data(kind)]


def reverse_zone(seed: int, origin: bytes) -> ZoneData:
    """PTR records of some addresses to some of the names."""
    choose = random.Random(seed)
    found: dict[Key, RRset] = {(origin, SOA): soa(1)}
    for octet in choose.sample(range(4), choose.randint(0, 4)):
        owner = b"\x01%d" % octet + origin
        targets = choose.sample(OWNERS, choose.randint(1, 2))
        found[owner, PTR] = RRset(choose.choice([60, 300]), tuple(sorted(targets)))
    return ZoneData(origin, found)


def other_zone(seed: int) -> ZoneData:
    """Names of another zone, at the addresses that the first one's have."""
    choose = random.Random(seed)
    found: dict[Key, RRset] = {(OTHER, SOA): soa(1)}
    for label in choose.sample([b"a", b"b", b"c"], choose.randint(0, 3)):
        found[b"\x01" + label + OTHER, A] = RRset(60, (choose.choice(data(A)),))
    return ZoneData(OTHER, found)


def moving(seed: int) -> list[Moving]:
    """Two views of one forward zone, its reverse zones of either kind, and another zone; some do not change."""
    choose = random.Random(seed)

    def made(view: str, make, prefix: str = "") -> Moving:
        held = make(choose.randrange(1 << 30))
        wanted = held if choose.random() < 0.2 else make(choose.randrange(1 << 30))
        return Moving(view, held, difference(held, wanted), prefix)

    return [
        made("v", zone),
        made("w", zone),
        made("v", lambda seed: reverse_zone(seed, REVERSE)),
        made("v", lambda seed: reverse_zone(seed, CLASSLESS), "192.0.2.0/29"),
        made("v", other_zone),
    ]


PLANS = st.builds(moving, st.integers(0, 1_000_000_000))


def records(zone: ZoneData) -> set[tuple[bytes, int, bytes]]:
    return {(owner, kind, each) for (owner, kind), rrset in zone.rrsets.items() for each in rrset.rdatas if kind != SOA}


def split(zones: list[Moving], *, routers: bool = True):
    """For each zone: view, records before, after the first step, at the end; and that step."""
    for each, steps in zip(zones, in_two_steps(zones, routers=routers), strict=True):
        first = changed(each.held, steps.leaving)
        last = changed(first, steps.rest)
        yield each, steps, first, last


@given(PLANS, st.booleans())
def test_the_two_steps_are_the_whole_and_the_first_only_takes_away(zones, routers):
    for each, steps, first, last in split(zones, routers=routers):
        assert not difference(last, changed(each.held, each.change))
        assert holds_after(last, each.change)
        assert not steps.leaving.added
        assert records(first) <= records(each.held)
        assert all(before.ttl == after.ttl and after.rdatas for _, before, after in steps.leaving.changed)
        assert bool(steps.leaving) == (records(first) != records(each.held))


@given(PLANS)
def test_after_the_first_step_nothing_that_goes_is_at_an_address_that_another_name_gets(zones):
    done = list(split(zones))
    come = {
        (owner, address)
        for each, _, _, last in done
        for owner, kind, address in records(last) - records(each.held)
        if kind in {A, AAAA}
    }
    for _, _, first, last in done:
        for owner, kind, address in records(first) - records(last):
            assert kind not in {A, AAAA} or not any(other != owner and address == given for other, given in come)


@given(PLANS)
def test_without_routers_only_what_another_zone_s_name_gets_leaves_first(zones):
    done = list(split(zones, routers=False))
    come = {
        (each.change.origin, owner, address)
        for each, _, _, last in done
        for owner, kind, address in records(last) - records(each.held)
        if kind in {A, AAAA}
    }

    def elsewhere(zone, owner, address):
        return any(origin != zone.change.origin and name != owner and address == got for origin, name, got in come)

    for each, _, first, last in done:
        for owner, kind, address in records(each.held) - records(last):
            if kind in {A, AAAA}:
                assert ((owner, kind, address) in records(first)) != elsewhere(each, owner, address)
            elif kind != PTR:
                assert (owner, kind, address) in records(first)


@given(PLANS)
def test_a_ptr_goes_in_the_step_in_which_its_address_goes(zones):
    (forward, _, first, last), _, *back, _ = split(zones)
    gone = records(forward.held) - records(last)
    stays = {(owner, each): (owner, kind, each) in records(first) for owner, kind, each in gone if kind in {A, AAAA}}
    for each, _, first, last in back:
        for owner, kind, target in records(each.held) - records(last):
            address = target, address_of(owner, each.prefix)
            assert address not in stays or ((owner, kind, target) in records(first)) == stays[address]


@given(PLANS)
@settings(max_examples=200)
def test_what_stays_until_later_leads_nowhere_only_where_an_address_had_to_go(zones):
    done = list(split(zones))
    for view in ("v", "w"):
        mine = [each for each in done if each[0].view == view]
        held = {owner for each, _, _, _ in mine for owner, _, _ in records(each.held)}
        there = {owner for _, _, first, _ in mine for owner, _, _ in records(first)}
        given = {
            address
            for each, _, _, last in done
            for _, kind, address in records(last) - records(each.held)
            if kind in {A, AAAA}
        }
        had_to_go = {
            owner
            for each, _, first, _ in mine
            for owner, kind, address in records(each.held) - records(first)
            if kind in {A, AAAA} and address in given
        }
        for _, _, first, last in mine:
            for _, kind, each in records(first) - records(last):
                for target in names_in(kind, each) if kind in NAMED else ():
                    assert target not in held or target in there or target in had_to_go


@given(PLANS)
def test_a_name_that_goes_altogether_and_that_nothing_points_at_leaves_first(zones):
    done = list(split(zones))
    for view in ("v", "w"):
        mine = [each for each in done if each[0].view == view]
        pointed = {
            target
            for each, _, _, _ in mine
            for _, kind, data in records(each.held)
            for target in (names_in(kind, data) if kind in NAMED else ())
        }
        after = {owner for _, _, _, last in mine for owner, _, _ in records(last)} | {each[3].origin for each in mine}
        for _, _, first, last in mine:
            for owner, kind, _ in records(first) - records(last):
                assert owner in after or owner in pointed or kind == PTR

"""What must hold of every ledger, whatever was asked of it and in which order."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from plans import PLAN

from netctl.addressing.allocate import Day, Request, allocate, release, resting
from netctl.addressing.ledger import Ledger, read
from netctl.addressing.verify import flaws
from netctl.errors import AllocationInUse, NetctlError, PoolFull

START = date(2026, 1, 1)
names = st.sampled_from("abcd")
keys = st.one_of(
    st.builds("old/{}{}".format, names, names).map(Request),
    st.builds("guests/{}".format, names).map(Request),
    st.lists(names, min_size=1, max_size=3).map(lambda each: Request("/".join(["wan", *each]))),
    st.tuples(names, names, st.sampled_from(("lan", "links"))).map(
        lambda each: Request(f"wan/a/b/{each[0]}/{each[2]}{each[1]}", each[2])
    ),
    st.tuples(names, names).map(lambda each: Request(f"wan/a/b/{each[0]}/linksa/{each[1]}", "link")),
)
steps = st.lists(st.tuples(st.integers(0, 40), st.lists(keys, max_size=4), st.integers(0, 99)), max_size=8)


def history(steps):
    """A ledger after each step: some days later, some are asked for, and perhaps one is released."""
    ledger, today = Ledger(), START
    for days, requests, chosen in steps:
        today += timedelta(days=days)
        try:
            ledger = allocate(PLAN, ledger, requests, {}, Day(today))
        except PoolFull:
            continue
        used = [entry.key for entry in ledger.in_use()]
        if used and chosen < 50:
            ledger = release(ledger, [used[chosen % len(used)]], Day(today), below=True)
        yield today, requests, ledger


@settings(max_examples=60)
@given(steps)
def test_no_two_in_use_ever_share_an_address(steps):
    for _, _, ledger in history(steps):
        assert list(flaws(PLAN, ledger)) == []


@settings(max_examples=40)
@given(steps)
def test_asking_again_changes_nothing(steps):
    for today, requests, ledger in history(steps):
        used = [Request(entry.key, entry.level) for entry in ledger.in_use()]
        assert allocate(PLAN, ledger, used, {}, Day(today + timedelta(days=1))) == ledger


@settings(max_examples=40)
@given(steps)
def test_what_rests_is_nobody_else_s(steps):
    for today, _, ledger in history(steps):
        sleeping = [entry for entry in ledger if resting(PLAN, entry, today)]
        for entry in ledger.in_use():
            vrf = PLAN.pools[entry.pool].vrf
            assert not [
                each.key
                for each in sleeping
                if PLAN.pools[each.pool].vrf == vrf
                and each.prefix.overlaps(entry.prefix)
                and not each.key.startswith(entry.key)
            ]


@settings(max_examples=40)
@given(st.lists(keys, max_size=12), st.lists(keys, max_size=4))
def test_adding_moves_nothing_that_was_there(first, then):
    before = allocate(PLAN, Ledger(), first, {}, Day(START))
    after = allocate(PLAN, before, then, {}, Day(START))
    assert {key: after.entries[key] for key in before.entries} == dict(before.entries)


@settings(max_examples=40)
@given(st.lists(keys, max_size=12).flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_the_order_of_requests_is_nothing(both):
    one, other = (allocate(PLAN, Ledger(), requests, {}, Day(START)) for requests in both)
    assert one.text() == other.text()


@settings(max_examples=40)
@given(steps)
def test_the_file_gives_the_ledger_back(steps):
    for _, _, ledger in history(steps):
        again, unread = read(ledger.text())
        assert unread == []
        assert again.text() == ledger.text()
        assert {key: entry._replace(line=0) for key, entry in again.entries.items()} == {
            key: entry._replace(line=0) for key, entry in ledger.entries.items()
        }


@given(st.text(max_size=200) | st.text(st.sampled_from("old/a: {levlspx,}\n0123456789.<=#"), max_size=200))
def test_no_text_is_too_strange_to_be_told_of(text):
    ledger, found = read(text)
    assert all(flaw.line >= 1 and flaw.message for flaw in found)
    assert len(ledger) + len(found) <= text.count("\n") + 1


@given(st.text(max_size=40), st.text(max_size=10))
def test_no_key_is_too_strange_to_be_refused(key, level):
    try:
        allocate(PLAN, Ledger(), [Request(f"wan/{key}", level)], {}, Day(START))
    except NetctlError as error:
        assert error.code.startswith("NETCTL-E110")


@given(st.sets(st.sampled_from(("wan/a", "wan/a/b", "wan/a/b/c", "wan/d"))))
def test_nothing_is_left_without_what_it_is_cut_from(keys):
    ledger = allocate(PLAN, Ledger(), [Request("wan/a/b/c"), Request("wan/d")], {}, Day(START))
    try:
        left = release(ledger, keys, Day(START))
    except AllocationInUse:
        left = release(ledger, keys, Day(START), below=True)
    assert list(flaws(PLAN, left)) == []

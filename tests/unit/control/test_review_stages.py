"""Where a change is on its way, and how long the rest may take."""

from __future__ import annotations

from typing import get_args

import pytest
from mixed_plans import mixed_plan
from change_seeds import add_people, large_plan, propose

from netctl.change import steps
from netctl.control.changes import decide
from netctl.control.rollout.pace import ASSUMED, expected
from netctl.control.rollout.push_watch import watch
from netctl.control.changes.review import stages
from netctl.control.changes.sheets import Sheets, sheet_of
from netctl.model.change import ChangeState
from netctl.settings import Settings
from netctl.store import Receipts, Store


@pytest.mark.parametrize("state", get_args(ChangeState))
def test_every_state_has_one_place_on_the_way(state):
    way = stages(state)
    here = [stage for stage in way if stage.state in ("now", "bad")]
    assert [stage.name for stage in here] == [state]
    order = ["past", "now", "bad", "ahead"]
    assert [order.index(stage.state) for stage in way] == sorted(order.index(stage.state) for stage in way)


@pytest.mark.parametrize("state", ["rejected", "stopped", "unknown", "rolled_back"])
def test_what_ended_elsewhere_has_nothing_ahead(state):
    assert [stage.state for stage in stages(state)][-1] == "bad"


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True) as opened:
        add_people(opened)
        yield opened


PLAN = large_plan(4)


def pushed(store: Store) -> str:
    change = propose(store, plan=PLAN)
    decide.decide(store, change.id, "approve", user="ben", digest=change.plan_digest, reason="r")
    steps.begin_push(store, change.id, user="daichi")
    return change.id


def test_the_time_a_push_takes_is_assumed_until_one_was_seen(store):
    sheet = sheet_of(PLAN, PLAN.digest)
    with store.reading() as books:
        assert expected(books, sheet, 16) == (ASSUMED["router"] * 4, ASSUMED["router"], False)
    change = pushed(store)
    with store.writing() as books:
        for second, step, outcome in ((0, "mate-check", "begun"), (4, "drain", "ok"), (12, "release", "ok")):
            at = f"2026-11-22T12:00:{second:02}.000000Z"
            books.rollout.write(_line(change, step, outcome, at))
    steps.finish(store, change, actor="daichi")
    with store.reading() as books:
        assert expected(books, sheet, 16) == (48.0, 12.0, True)


def _line(change, step, outcome, at):
    from netctl.model.change import ReceiptLine

    return ReceiptLine(change, "site-0-r2", step, outcome, "", "w", at)


def test_a_watcher_sees_every_step_however_often_others_looked(store, tmp_path):
    settings, change = Settings(home=tmp_path), pushed(store)
    receipts = Receipts(store, "daichi")

    def seen() -> tuple[str, int]:
        first = watch(store, settings, change, user="emi").waves[0].groups[0][1][0]
        assert watch(store, settings, change, user="ben").waves[0].groups[0][1][0] == first
        return first.state, len(first.steps)

    assert seen() == ("waiting", 0)
    receipts.set_member(change, "site-0-r2", "in_flight")
    assert seen() == ("in_flight", 0)
    for count, step in enumerate(("mate-check", "identity"), start=1):
        receipts.begin(change, "site-0-r2", step, "w")
        assert seen() == ("in_flight", count)
    receipts.set_member(change, "site-0-r2", "done")
    assert seen() == ("done", 0)


def test_sheets_are_read_once_and_the_oldest_is_let_go(store):
    sheets, plans = Sheets(most=2), [large_plan(routers) for routers in (2, 4, 6)]
    with store.writing() as books:
        digests = [books.plans.keep(plan) for plan in plans]
    with store.reading() as books:
        first = sheets.of(books, digests[0])
        assert sheets.of(books, digests[0]) is first
        for digest in digests[1:]:
            sheets.of(books, digest)
        assert sheets.of(books, digests[0]) is not first
        assert sheets.of(books, digests[0]) == first == sheet_of(plans[0], digests[0])


def test_sheets_of_long_differences_let_others_go_and_the_last_one_stays(store):
    plans = [large_plan(routers, groups=1) for routers in (2, 4, 6)]
    lines = sheet_of(plans[0], "").lines
    sheets = Sheets(lines=2 * lines)
    with store.writing() as books:
        digests = [books.plans.keep(plan) for plan in plans]
    with store.reading() as books:
        kept = [sheets.of(books, digest) for digest in digests]
        assert [sheets.of(books, digest) is sheet for digest, sheet in zip(digests[1:], kept[1:], strict=True)] == [
            True,
            True,
        ]
        assert sheets.of(books, digests[0]) is not kept[0]
        alone = Sheets(lines=lines - 1)
        assert alone.of(books, digests[0]) is alone.of(books, digests[0])


def test_zones_and_servers_take_the_time_of_their_own_kind(store):
    sheet = sheet_of(mixed_plan(), "")
    with store.reading() as books:
        found = expected(books, sheet, 16)
    assert found.seconds == ASSUMED["server"] + ASSUMED["zone"] + 2 * ASSUMED["router"] + ASSUMED["zone"]

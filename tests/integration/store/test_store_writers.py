"""Who writes, as both databases remember it: one promotion at a time, each of its steps twice, all of it audited."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from netctl.control.dns.writer import writer_in, writer_of, writing_now
from netctl.errors import PromotionRefused
from netctl.model.people import Grant
from netctl.store import Store
from netctl.store.verify import verify

DIGEST = "5" * 64


@pytest.fixture
def store(store: Store) -> Store:
    with store.writing() as books:
        books.users.add("ai", [Grant("operator", "")], "root")
    return store


def begin(books, server="ns2", former="ns1", *, as_declared=False, losing=()):
    told = {"user": "ai", "reason": "the main centre is dark", "digest": DIGEST, "worker": "here:1"}
    return books.writers.begin(server, former, as_declared=as_declared, losing=losing, **told)


def told_of(books, server):
    return [entry.action for entry in books.audit.entries(subject=server)]


def test_the_declared_one_writes_until_another_is_promoted(store: Store) -> None:
    assert writer_in(store) == ""
    with store.reading() as books:
        assert writing_now(books) is None
    with store.writing() as books:
        begun = begin(books, losing=("rivers.gov-wan.example@internal",))
    assert (begun.state, begun.losing, begun.ended_at) == ("begun", ("rivers.gov-wan.example@internal",), "")
    with store.reading() as books:
        assert writer_of(books) == "ns2"
        found = writing_now(books)
        assert (found.server, found.former, found.complete, found.since) == ("ns2", "ns1", False, begun.begun_at)


def test_who_was_owed_a_turn_is_remembered_until_it_had_it(store: Store, clock) -> None:
    with store.writing() as books:
        number = begin(books).number
    with store.writing() as books:
        done = books.writers.finish(number, "ai", ["ns1", "ns3"])
    clock.now += timedelta(seconds=60)
    with store.writing() as books:
        again = books.writers.finish(number, "ai", [])
        assert books.writers.finish(number, "ai", []) == again
    assert (done.owed, again.owed, again.ended_at) == (("ns1", "ns3"), (), done.ended_at)
    with store.reading() as books:
        assert told_of(books, "ns2") == ["promotion.begin", "promotion.done", "promotion.done"]
        assert writing_now(books).complete


def test_a_second_promotion_waits_for_the_first(store: Store) -> None:
    with store.writing() as books:
        begin(books)
    with pytest.raises(PromotionRefused, match="of ns2 by ai is under way"), store.writing() as books:
        begin(books, "ns1", "ns2")


def test_one_that_was_given_up_leaves_things_as_they_were(store: Store) -> None:
    with store.writing() as books:
        books.writers.give_up(begin(books).number, "ai")
        assert writer_of(books) == ""
        books.writers.finish(begin(books).number, "ai")
        books.writers.give_up(begin(books, "ns1", "ns2").number, "ai")
        assert writer_of(books) == "ns2"


def test_the_way_back_ends_at_what_is_declared(store: Store) -> None:
    with store.writing() as books:
        books.writers.finish(begin(books).number, "ai")
        back = begin(books, "ns1", "ns2", as_declared=True)
        assert writer_of(books) == ""
        assert not writing_now(books).complete
        books.writers.finish(back.number, "ai")
        assert writing_now(books) is None
        assert [(each.server, each.state) for each in books.writers.all()] == [("ns2", "done"), ("ns1", "done")]


def test_what_was_said_again_for_others_did_not_begin_it(store: Store, clock) -> None:
    with store.writing() as books:
        first = books.writers.finish(begin(books).number, "ai", ["ns4"])
    clock.now += timedelta(seconds=60)
    with store.writing() as books:
        books.writers.give_up(begin(books, "ns1", "ns2").number, "ai")
        books.writers.finish(begin(books, "ns2", "ns2").number, "ai")
        found = writing_now(books)
    assert (found.since, found.former, found.owed) == (first.ended_at, "ns1", ())


def test_every_step_is_kept_and_told_before_and_after(store: Store) -> None:
    with store.writing() as books:
        number = begin(books).number
        books.writers.note(number, "ns2", "configure", "begun", actor="ai")
    with store.writing() as books:
        books.writers.note(number, "ns2", "configure", "ok", actor="ai", detail="it writes\x00now")
        books.writers.take_over(number, "ai", "here:2", before="here:1")
    with store.reading() as books:
        steps = [(each.step, each.outcome, each.detail) for each in books.writers.steps(number)]
        assert steps == [("configure", "begun", ""), ("configure", "ok", "it writes\N{REPLACEMENT CHARACTER}now")]
        assert told_of(books, "ns2") == ["promotion.begin", "promotion.step", "promotion.step", "promotion.resume"]
        assert books.writers.get(number).worker == "here:2"
        with pytest.raises(LookupError):
            books.writers.get(number + 1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE promotions SET server = 'ns3'",
        "UPDATE promotions SET state = 'given_up'",
        "UPDATE promotions SET as_declared = true",
        "DELETE FROM promotions",
    ],
)
def test_who_writes_cannot_be_changed_behind_the_log(store: Store, change: str) -> None:
    with store.writing() as books:
        books.writers.finish(begin(books).number, "ai", ["ns3"])
        assert verify(books).holds
    with store.writing() as books:
        books.writers._connection.execute(text(change))
    with store.reading() as books:
        report = verify(books)
    assert not report.holds and "promotion" in report.broken

"""Who follows is told that something moved, by one thread, and only so many may follow."""

import threading

import pytest

from netctl.errors import DatabaseLocked
from netctl.web.marks import Marks, NoFreeStream

QUICK = 0.01


@pytest.fixture
def world():
    """Marks over a dictionary that the test changes."""
    values = {"changes": "1", "audit": "1"}
    made = []

    def marks(most=4, read=None):
        made.append(Marks(read or (lambda topics: {name: values[name] for name in topics}), most=most, every=QUICK))
        return made[-1]

    yield values, marks
    for each in made:
        each.close()


def test_a_follower_learns_what_moved(world):
    values, make = world
    marks = make()
    with marks.following(("changes",)):
        before = marks.wait(("changes",), {}, 5)
        values["changes"] = "2"
        assert marks.wait(("changes",), {"changes": "1"}, 5) == {"changes": "2"}
        assert before in ({}, {"changes": "1"})


def test_a_follower_of_another_topic_is_left_alone(world):
    values, make = world
    marks = make()
    with marks.following(("changes",)), marks.following(("audit",)):
        while marks.wait(("audit",), {"audit": "0"}, 5) != {"audit": "1"}:
            pass
        values["changes"] = "2"
        assert marks.wait(("audit",), {"audit": "1"}, 0.1) == {"audit": "1"}


def test_no_more_may_follow_than_there_are_places(world):
    _, make = world
    marks = make(most=1)
    with marks.following(("audit",)):
        with pytest.raises(NoFreeStream), marks.following(("audit",)):
            pass
    with marks.following(("audit",)):
        assert marks.followers == 1


def test_one_thread_reads_for_everybody_and_ends_when_nobody_follows(world):
    _, make = world
    readers = set()
    asked = threading.Event()

    def read(topics):
        readers.add(threading.current_thread())
        asked.set()
        return {name: "1" for name in topics}

    marks = make(most=8, read=read)
    with marks.following(("audit",)), marks.following(("changes",)), marks.following(("audit",)):
        assert asked.wait(5)
        marks.wait(("audit", "changes"), {"audit": "0", "changes": "0"}, 5)
    (reader,) = readers
    reader.join(5)
    assert not reader.is_alive()


def test_following_goes_on_while_the_store_is_busy(world):
    _, make = world
    answers = iter([DatabaseLocked("busy"), {"audit": "7"}])

    def read(topics):
        answer = next(answers, {"audit": "7"})
        if isinstance(answer, Exception):
            raise answer
        return answer

    marks = make(read=read)
    with marks.following(("audit",)):
        assert marks.wait(("audit",), {"audit": "0"}, 5) == {"audit": "7"}


def test_closing_ends_every_wait(world):
    _, make = world
    marks = make()
    with marks.following(("audit",)):
        threading.Timer(0.05, marks.close).start()
        while not marks.closed:
            marks.wait(("audit",), {"audit": "1"}, 0.2)
    with pytest.raises(NoFreeStream), marks.following(("audit",)):
        pass


def test_who_may_not_read_the_audit_log_does_not_follow_it(installation):
    asked = "/live/marks?topics=changes,audit,nothing,change:C-000001"
    assert set(installation.browser("viewer").get(asked).json) == {"changes"}
    assert set(installation.browser("auditor").get(asked).json) == {"changes", "audit"}

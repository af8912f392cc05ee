"""What a page tells of a push: steps, and until when a router waits for its confirmation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netctl.control.rollout.push_watch import _steps, deadline
from netctl.model.change import ReceiptLine
from netctl.model.moments import read_moment, stamp
from netctl.push.names import COMMITS, ROLL_BACK, STEPS

BEGAN = datetime(2026, 11, 22, 12, tzinfo=UTC)


def lines(*said: tuple[str, str]) -> tuple[ReceiptLine, ...]:
    """One receipt a second."""
    return tuple(
        ReceiptLine("C-000001", "r1", step, outcome, "", "w", stamp(BEGAN + timedelta(seconds=second)))
        for second, (step, outcome) in enumerate(said)
    )


@pytest.mark.parametrize(
    ("said", "second"),
    [
        ([("drain", "begun")], 0),
        ([("drain", "begun"), ("drain", "ok"), ("apply", "begun")], 2),
        ([("apply", "begun"), ("apply", "failed"), ("roll-back", "begun")], 0),
        ([("undrain", "begun"), ("undrain", "ok"), ("undrain-verify", "begun")], 0),
    ],
)
def test_a_commit_waits_from_the_moment_it_was_begun(said, second):
    assert deadline(lines(*said), 120) == stamp(BEGAN + timedelta(seconds=second + 120))


@pytest.mark.parametrize(
    "said",
    [
        [],
        [("mate-check", "begun")],
        [("apply", "begun"), ("apply", "ok"), ("confirm", "begun"), ("confirm", "ok")],
        [("undrain", "begun"), ("undrain", "skipped")],
        [("apply", "begun"), ("apply", "failed"), ("roll-back", "begun"), ("roll-back", "ok")],
    ],
)
def test_where_nothing_waits_there_is_no_deadline(said):
    assert deadline(lines(*said), 120) == ""


STEP = st.sampled_from((*STEPS, ROLL_BACK))
OUTCOME = st.sampled_from(["begun", "ok", "failed", "skipped"])
SAID = st.lists(st.tuples(STEP, OUTCOME), max_size=40)


@given(SAID, st.integers(30, 600))
def test_a_deadline_is_that_of_a_commit_that_began_and_never_later(said, seconds):
    found = deadline(lines(*said), seconds)
    begun = [line.at for line in lines(*said) if line.step in COMMITS and line.outcome == "begun"]
    assert not found or read_moment(found) == read_moment(begun[-1]) + timedelta(seconds=seconds)


@given(SAID)
def test_no_receipt_is_lost_and_steps_stay_in_order(said):
    told = _steps(lines(*said))
    assert [step.began_at for step in told] == sorted(step.began_at for step in told)
    ended = [step.outcome for step in told if step.outcome]
    assert sorted(ended) == sorted(outcome for _, outcome in said if outcome != "begun")

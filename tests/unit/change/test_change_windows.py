"""Windows: open from the moment they open until just before they close, in any time zone."""

from datetime import UTC, datetime, timedelta

import pytest

from netctl.change.windows import is_open, window
from netctl.errors import MomentUnreadable

OPENS = datetime(2026, 11, 22, 13, tzinfo=UTC)


def test_a_window_is_open_from_its_first_moment_to_just_before_its_last() -> None:
    night = window("2026-11-22T22:00:00+09:00", "2026-11-23T05:00:00+09:00")
    assert not is_open(night, OPENS - timedelta(microseconds=1))
    assert is_open(night, OPENS)
    assert is_open(night, OPENS + timedelta(hours=7, microseconds=-1))
    assert not is_open(night, OPENS + timedelta(hours=7))


def test_a_side_that_is_not_said_is_open() -> None:
    assert is_open(window(), OPENS)
    assert is_open(window(opens="2026-11-22T13:00:00Z"), datetime.max.replace(tzinfo=UTC))
    assert is_open(window(closes="2026-11-22T13:00:01Z"), datetime.min.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    ["tomorrow", "2026-11-22T13:00:00", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+09:00", "9" * 5000, "2026-11-22"],
)
def test_a_moment_that_is_none_or_has_no_offset_is_refused(text: str) -> None:
    with pytest.raises(MomentUnreadable) as refusal:
        window(opens=text)
    assert refusal.value.where == "window opens"
    assert refusal.value.hint


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(MomentUnreadable):
        window("2026-11-22T13:00:00Z", "2026-11-22T22:00:00+09:00")

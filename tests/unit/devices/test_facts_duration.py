import pytest

from netctl.devices.facts.duration import between, seconds

DAY, HOUR, MINUTE = 86400, 3600, 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("93784", 93784),
        ("93784.52", 93784),
        ("4 minutes", 240),
        ("1 minute", 60),
        ("1 year, 2 weeks, 3 days, 4 hours, 5 minutes", (365 + 14 + 3) * DAY + 4 * HOUR + 5 * MINUTE),
        ("12 day(s), 3 hour(s), 0 minute(s), 5 second(s)", 12 * DAY + 3 * HOUR + 5),
        ("12 days 3 hours 0 minutes 5 seconds", 12 * DAY + 3 * HOUR + 5),
        ("3 weeks 2 days 1 hour 7 minutes", 23 * DAY + HOUR + 7 * MINUTE),
        ("5days 21:12:17", 5 * DAY + 21 * HOUR + 12 * MINUTE + 17),
        ("5日 21:12:17", 5 * DAY + 21 * HOUR + 12 * MINUTE + 17),
        ("5 21:12:17", 5 * DAY + 21 * HOUR + 12 * MINUTE + 17),  # Shift_JIS's 日, lost on the way
        ("2日3時間4分5秒", 2 * DAY + 3 * HOUR + 4 * MINUTE + 5),
        ("12 days,  2:44", 12 * DAY + 2 * HOUR + 44 * MINUTE),
        ("6d 03:12", 6 * DAY + 3 * HOUR + 12 * MINUTE),
        ("21:12:17", 21 * HOUR + 12 * MINUTE + 17),
        ("1w2d", 9 * DAY),
        ("3 hrs, 2 mins, 1 sec", 3 * HOUR + 2 * MINUTE + 1),
    ],
)
def test_what_a_router_says_is_read_in_seconds(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "a while", "-5", "2 fortnights", "9" * 4000, "9" * 50 + " days", "3 month"])
def test_what_tells_no_length_of_time_is_none(text):
    assert seconds(text) is None


def test_an_uptime_lies_between_two_moments_of_one_clock():
    assert between("Fri Nov  6 06:53:00 2026", "Sun Nov 22 10:00:00 2026") == 16 * DAY + 3 * HOUR + 7 * MINUTE
    assert between("2026/11/22 09:00:00", "2026/11/22 09:00:10") == 10


@pytest.mark.parametrize(
    ("since", "now"),
    [("", ""), ("yesterday", "Sun Nov 22 10:00:00 2026"), ("Sun Nov 22 10:00:00 2026", "Sun Nov 22 09:59:59 2026")],
)
def test_moments_that_make_no_sense_tell_no_uptime(since, now):
    assert between(since, now) is None

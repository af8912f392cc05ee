"""Whatever a router prints, its facts are read or it is told that they are not understood."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.devices.facts import SavedOutputs, collect, load_sheet
from netctl.devices.facts.duration import between, seconds
from netctl.errors import ReplyMalformed
from recorded_facts import FACTS, RECORDED

ROOT = Path(__file__).parents[3]
SHEETS = {name: load_sheet(ROOT, name) for name in FACTS}
LINES = {name: (RECORDED / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in FACTS}


@st.composite
def damaged(draw):
    """A platform, and a recorded session with lines lost, doubled, cut short, out of order or made of anything."""
    name = draw(st.sampled_from(sorted(FACTS)))
    lines = draw(st.lists(st.one_of(st.sampled_from(LINES[name]), st.text(max_size=30)), max_size=40))
    cut = draw(st.integers(0, 30))
    return name, "\n".join(line[:cut] if draw(st.booleans()) else line for line in lines)


def understood(name, text):
    try:
        return collect(SHEETS[name], SavedOutputs(text, SHEETS[name]), "rx-1")
    except ReplyMalformed:
        return None


@given(damaged())
@settings(max_examples=150)
def test_a_damaged_session_is_read_or_told(case):
    found = understood(*case)
    if found is not None:
        assert found.uptime is None or found.uptime >= 0
        assert any((found.model, found.serial_number, found.os_version, found.uptime is not None))
        for text in (found.hostname, found.model, found.serial_number, found.os_version):
            assert text == " ".join(text.split())


@pytest.mark.parametrize("name", sorted(FACTS))
@given(noise=st.text(alphabet="abc xyz,\n", max_size=60))
@settings(max_examples=8)
def test_other_output_behind_a_session_changes_nothing(name, noise):
    prompt = LINES[name][-1]
    text = "\n".join([*LINES[name], f"{prompt.rstrip()} show users", noise, prompt])
    assert understood(name, text) == FACTS[name]


@given(st.text(alphabet="0123456789 :.,dwhmsy日時分秒daysweek()", max_size=40))
def test_any_text_is_a_length_of_time_or_none(text):
    found = seconds(text)
    assert found is None or found >= 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_are_moments_or_not(since, now):
    assert between(since, now) is None or between(since, now) >= 0


@given(st.integers(0, 9), st.integers(0, 51), st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))
def test_what_ios_writes_is_what_has_passed(years, weeks, days, hours, minutes):
    units = [("year", years), ("week", weeks), ("day", days), ("hour", hours), ("minute", minutes)]
    text = ", ".join(f"{amount} {unit}{'s' * (amount != 1)}" for unit, amount in units)
    assert seconds(text) == (((years * 365 + weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60

"""A push waits for every copy, but for those that a promotion owes their turn and that say nothing."""

from types import SimpleNamespace

import pytest
from ports import free_port

from netctl.errors import NetctlError, SecondaryBehind
from netctl.push.answering import PlacesOfCopies


@pytest.fixture
def copies(primary, place, notes):
    here, away = place(primary, name="ns2"), place(free_port(), name="ns3")
    return lambda *owed: PlacesOfCopies([here, away], SimpleNamespace(notes=notes), 2, owed)


def test_one_that_is_owed_its_turn_and_silent_is_waited_for_by_nobody(copies) -> None:
    assert [level.server for level in copies("ns3").level(10, 5)] == ["ns2"]
    assert [server for server, _ in copies("ns3").read()] == ["ns2"]


def test_one_that_is_owed_its_turn_and_answers_must_serve_what_was_written(copies) -> None:
    with pytest.raises(SecondaryBehind, match="ns2 serves 10"):
        copies("ns2", "ns3").level(11, 1)


def test_one_that_is_silent_and_owed_nothing_is_a_failure(copies) -> None:
    with pytest.raises(SecondaryBehind, match="ns3"):
        copies("ns4").level(10, 1)
    with pytest.raises(NetctlError):
        copies().read()

"""What chronyc prints, read as a clock."""

import pytest

from netctl.devices.chrony import clock
from netctl.model.health import Clock

PATH = "/usr/bin/chronyc\n"
FOLLOWED = (
    "2001DB87,3fff:200:1::123,3,1795350676.674770655,-0.000003375,-0.000002746,0.000002746,0.033,-0.535,14.811,"
    "0.000080110,0.000040321,2.0,Normal\n"
)
LOST = "00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.0,1.0,0.0,Not synchronised\n"
ITSELF = "7F7F0101,,2,1795350676.6,0.000000000,0.000000000,0.000000000,0.0,0.0,0.0,0.000000000,0.0,0.0,Normal\n"
SELECTED = "^,*,3fff:200:1::123,2,6,17,1,0.000008633,0.000005887,0.000040135\n"
OTHER = "^,+,3fff:200:2::123,2,6,17,1,0.000001057,-0.000001444,0.000022351\n"
SILENT = "^,?,3fff:200:1::123,2,6,0,713,0.000008633,0.000005887,0.000040135\n"
NOBODY = Clock(False, "", None, None)


def test_the_source_followed_its_stratum_and_the_offset_are_told():
    assert clock(PATH + FOLLOWED + OTHER + SELECTED) == Clock(True, "3fff:200:1::123", 3, -0.000003375)


def test_a_clock_that_follows_nobody_has_no_offset_of_zero():
    assert clock(PATH + LOST + SILENT) == NOBODY


def test_a_source_that_fell_silent_is_followed_no_more_although_chronyd_still_shows_it():
    assert clock(PATH + FOLLOWED + SILENT) == NOBODY


@pytest.mark.parametrize("reach", ["0", "10", "370"])
def test_sources_that_missed_three_polls_are_followed_no_more_although_one_is_still_called_selected(reach):
    silent = [row.replace(",17,", f",{reach},") for row in (SELECTED, OTHER)]
    assert clock(PATH + FOLLOWED + "".join(silent)) == NOBODY


def test_another_source_that_answers_keeps_the_clock_until_chronyd_turns_to_it():
    assert clock(PATH + FOLLOWED + SELECTED.replace(",17,", ",340,") + OTHER).synchronised


def test_a_box_that_serves_its_own_time_is_synchronised():
    assert clock(PATH + ITSELF) == Clock(True, "", 2, 0.0)


@pytest.mark.parametrize("said", ["", "506 Cannot talk to daemon\n", "tracking,2\n"])
def test_a_time_service_that_does_not_run_is_a_clock_nobody_keeps(said):
    assert clock(PATH + said) == NOBODY


@pytest.mark.parametrize("broken", [FOLLOWED.replace(",3,", ",three,"), FOLLOWED.replace("-0.000003375", "little")])
def test_figures_that_are_none_are_not_made_up(broken):
    assert clock(PATH + broken + SELECTED) == NOBODY


@pytest.mark.parametrize("said", ["", "\n"])
def test_a_box_without_chrony_tells_nothing(said):
    assert clock(said) is None

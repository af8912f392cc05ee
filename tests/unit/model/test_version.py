from itertools import pairwise

import pytest

from netctl.model.version import Version, compare

# Each line from the oldest to the newest.
IN_ORDER = {
    "cisco_ios": ["12.2(55)SE", "12.2(55)SE12", "15.2(4)M", "15.2(4)M3", "15.2(4)M3a", "15.2(4)M10", "16.9.5",
                  "17.03.04", "17.03.04a", "17.3.5", "17.12.1"],
    "cisco_iosxr": ["6.5.3", "7.5.2", "7.5.10", "7.11.1", "24.1.1"],
    "cisco_nxos": ["6.0(2)A8(11b)", "7.0(3)I7(9)", "7.0(3)I7(10)", "9.3(5)", "9.3(10)", "10.2(3)", "10.2(3)F",
                   "10.2(4)M"],
    "arista_eos": ["4.28.3F", "4.28.3M", "4.28.3.1M", "4.28.10F", "4.29.0F"],
    "juniper_junos": ["12.3R12-S9", "15.1R7", "15.1X49", "15.1X49-D50", "15.1X49-D150", "21.4R3", "21.4R3.15",
                      "21.4R3-S5", "21.4R3-S5.4", "21.4R3-S5.4-EVO", "21.4R3-S10", "22.1R1"],
    "frr": ["8.4.4-1.1~deb12u2", "8.4.4-1.1~deb12u10", "8.4.4-1.1", "8.5-dev", "8.5-rc1", "8.5", "8.5.1", "10.0"],
    "nec_ix": ["8.11.11", "10.2.9", "10.2.33", "10.10.21"],
    "yamaha": ["Rev.8.03.94", "Rev.14.01.42", "Rev.15.02.30", "Rev.15.04.05"],
    "furukawa_fitelnet": ["V01.06(02)", "T01.07(00)", "V01.07(00)", "V01.07(01)", "V10.02(00)"],
    "fujitsu_sir": ["E08.40", "V08.40", "V20.14", "V20.54 NY0115"],
    "alaxala": ["11.9.Z", "11.14.J", "Ver. 11.14.K", "Ver. 12.7.B"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "older", "newer"),
    [(platform, *pair) for platform, versions in IN_ORDER.items() for pair in pairwise(versions)],
)
def test_a_version_comes_before_the_next_one(platform, older, newer):
    assert compare(older, newer, platform) == -1
    assert compare(newer, older, platform) == 1


@pytest.mark.parametrize(
    ("platform", "one", "other"),
    [
        ("cisco_ios", "17.03.04a", "17.3.4a"),
        ("cisco_ios", "Version 15.2(4)M3, RELEASE SOFTWARE (fc1)", "15.2(4)m3"),
        ("cisco_iosxr", "7.5.2[Default]", "7.5.2"),
        ("yamaha", "Rev.15.02.30 (Thu Sep 26 10:12:54 2025)", "15.2.30"),
        ("alaxala", "Ver. 12.7.B [OS-SE]", "12.7.B"),
        ("nec_ix", "Ver.10.2.33", "10.2.33"),
        ("", "Ver12.7", "V12.7"),
    ],
)
def test_the_same_version_written_otherwise_is_the_same(platform, one, other):
    assert compare(one, other, platform) == 0
    assert hash(Version.parse(one, platform)) == hash(Version.parse(other, platform))


@pytest.mark.parametrize("text", ["", " ", "unknown", "n/a", "-1.0", "１７.3", "Version", "\ud800", "(15.2)"])
def test_a_text_of_unknown_shape_comes_before_every_version(text):
    found = Version.parse(text, "cisco_ios")
    assert not found.known
    assert found < Version.parse("0", "cisco_ios")


def test_a_letter_before_the_number_counts_only_where_it_is_documented():
    assert compare("V20.14", "E20.14", "fujitsu_sir") == 1
    assert compare("V20.14", "E20.14", "yamaha") == 0


def test_numbers_of_any_length_are_compared():
    assert compare("1." + "9" * 5000, "1.1" + "0" * 5000) == -1


def test_a_version_shows_itself_as_it_was_written():
    assert str(Version.parse("Rev.15.02.30", "yamaha")) == "Rev.15.02.30"
    assert Version.parse("Rev.15.02.30", "yamaha").canonical == "15.2.30"


def test_versions_of_two_platforms_are_never_equal():
    assert Version.parse("1.0", "frr") != Version.parse("1.0", "nec_ix")
    assert Version.parse("1.0", "frr") != "1.0"

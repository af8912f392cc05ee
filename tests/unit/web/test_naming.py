"""Figures as people read them."""

import pytest

from netctl.web import naming


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (0.0, "0 bit/s"),
        (999.0, "999 bit/s"),
        (999.6, "1.0 kbit/s"),
        (55_800_000.0, "55.8 Mbit/s"),
        (1e11, "100 Gbit/s"),
        (9e15, "9000 Tbit/s"),
    ],
)
def test_rates_have_the_unit_that_fits(value, said):
    assert naming.rate(value) == said


@pytest.mark.parametrize(("value", "said"), [(0.0, "0 %"), (0.004, "<1 %"), (0.07, "7 %"), (1.07, "107 %")])
def test_a_little_load_is_not_none(value, said):
    assert naming.share(value) == said


def test_offsets_have_a_sign():
    assert (naming.offset(0.0011), naming.offset(-0.05), naming.offset(None)) == ("+1.1 ms", "-50.0 ms", "")

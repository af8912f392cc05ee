"""What targets other than routers are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netctl.model.places import ZoneTargetName, read_as_prefix, zone_target


@pytest.mark.parametrize(
    ("zone", "read"),
    [
        ("0.0.1.0.f.f.f.3.ip6.arpa", "0.0.1.0.f.f.f.3.ip6.arpa [3fff:100::/32]"),
        ("2.0.192.in-addr.arpa", "2.0.192.in-addr.arpa [192.0.2.0/24]"),
        ("64/26.2.0.192.in-addr.arpa", "64/26.2.0.192.in-addr.arpa [192.0.2.64/26]"),
        ("gov-wan.example", "gov-wan.example"),
        ("ip6.arpa", "ip6.arpa"),
        ("-.3.ip6.arpa", "-.3.ip6.arpa"),
        ("65/26.2.0.192.in-addr.arpa", "65/26.2.0.192.in-addr.arpa"),
        ("300.in-addr.arpa", "300.in-addr.arpa"),
        (".", "."),
    ],
)
def test_a_reverse_zone_is_read_as_its_prefix_and_any_other_name_stays(zone: str, read: str) -> None:
    assert read_as_prefix(zone) == read


@given(st.text(st.sampled_from("0123456789abcdefg./-"), max_size=40), st.sampled_from(["ip6", "in-addr"]))
def test_no_name_is_too_odd_to_be_read(begin: str, kind: str) -> None:
    zone = f"{begin}.{kind}.arpa"
    assert read_as_prefix(zone).startswith(zone)


@given(
    st.text(st.characters(exclude_characters="@~"), min_size=1),
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.booleans(),
)
def test_a_zones_target_is_read_as_it_was_written(zone: str, view: str, leaving: bool) -> None:
    name = ZoneTargetName(zone, view, leaving)
    assert zone_target(str(name)) == name

from dataclasses import replace

import pytest

from netctl.services.routing.addresses import (
    access_index,
    access_link,
    backbone_link,
    centre_lan,
    loopback,
    pools,
    site_lan,
    system_id,
    v6_text,
)
from networks import reference

POOLS = pools(reference().addresses)


def test_a_site_s_lan_is_the_first_64_of_its_48_and_its_own_28():
    lan = site_lan(POOLS, replace(reference().sites["rivers-hq"], number=7))
    assert (lan.block_v6, lan.v6_prefix, lan.v4_prefix) == ("3fff:100:7::/48", "3fff:100:7::/64", "192.0.2.112/28")
    assert (lan.v6(1), lan.v4(1), lan.v6(3), lan.v4(3)) == (
        "3fff:100:7::1",
        "192.0.2.113",
        "3fff:100:7::3",
        "192.0.2.115",
    )


def test_a_centre_s_lan_comes_from_the_centres_pools():
    lan = centre_lan(POOLS, 2)
    assert (lan.v6_prefix, lan.v4_prefix) == ("3fff:200:2::/64", "198.51.100.160/28")


@pytest.mark.parametrize(
    ("role", "number", "expected"),
    [
        ("core", 1, ("3fff:300::1", "198.51.100.1")),
        ("core", 4, ("3fff:300::4", "198.51.100.4")),
        ("border", 1, ("3fff:300::9", "198.51.100.9")),
        ("border", 2, ("3fff:300::a", "198.51.100.10")),
        ("ce", 2, ("3fff:300::12", "198.51.100.18")),
        ("ce", 15, ("3fff:300::1f", "198.51.100.31")),
    ],
)
def test_a_loopback_follows_from_role_and_number(role, number, expected):
    assert loopback(POOLS, role, number) == expected


def test_no_two_routers_share_a_loopback_however_many_there_are():
    numbers = {"core": range(1, 2000), "border": range(1, 2000), "ce": range(2, 131072, 7)}
    wide = POOLS._replace(loopbacks_v4=10 << 24)
    found = [loopback(wide, role, number) for role, these in numbers.items() for number in these]
    assert len(set(found)) == len(found)


def test_the_core_has_the_even_end_of_an_access_link():
    assert access_link(POOLS, access_index(2, 1)) == (("3fff:400::8", "203.0.113.8"), ("3fff:400::9", "203.0.113.9"))


def test_end_a_has_the_first_address_of_a_backbone_link():
    assert backbone_link(POOLS, 3) == (("3fff:500::6", "203.0.113.134"), ("3fff:500::7", "203.0.113.135"))


def test_an_nsap_title_holds_the_loopback():
    assert system_id("198.51.100.1") == "49.0001.1980.5110.0001.00"


@pytest.mark.parametrize(("value", "text"), [(0, "::"), (1, "::1"), (0xFFFF_C000_0201, "::ffff:c000:201")])
def test_addresses_that_could_be_dotted_are_not(value, text):
    assert v6_text(value) == text

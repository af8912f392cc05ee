"""Yamaha: a line selects what the following ones are about."""

from __future__ import annotations

from unit.config.syntax.layouts import YAMAHA, sees

SECTIONS = """
ip route default gateway pp 1
pp select 1
  pp always-on on
  ip pp mtu 1454
tunnel select 1
  ipsec tunnel 101
  ipsec sa policy 101 1 esp aes256-cbc sha256-hmac
  tunnel enable 1
ip filter 1 pass * *
"""


def test_as_the_router_prints_it_a_section_ends_where_the_indentation_does():
    tree = sees(
        """
        # RTX1300
        ip route default gateway pp 1
        pp select 1
         pp always-on on
         ip pp mtu 1454
        tunnel select 1
         ipsec tunnel 101
          ipsec sa policy 101 1 esp aes256-cbc sha256-hmac
         tunnel enable 1
        ip filter 1 pass * *
        """,
        YAMAHA,
        SECTIONS,
    )
    assert tree.children[0].lead == "# RTX1300\n"


def test_as_people_write_it_a_section_ends_with_a_closer_or_another_opener():
    tree = sees(
        """
        ip route default gateway pp 1
        pp select 1
        pp always-on on
        # mtu of the line
        ip pp mtu 1454
        tunnel select 1
        ipsec tunnel 101
           ipsec sa policy 101 1 esp aes256-cbc sha256-hmac
        tunnel enable 1
        # all said
        tunnel select none
        ip filter 1 pass * *
        """,
        YAMAHA,
        SECTIONS,
    )
    assert tree.children[2].tail == "# all said\ntunnel select none\n"


def test_empty_sections_and_closers_without_one_are_kept():
    tree = sees(
        "pp select none\npp select 1\npp select anonymous\npp select none\na\n",
        YAMAHA,
        "pp select 1\npp select anonymous\na\n",
    )
    assert tree.children[0].lead == "pp select none\n"
    assert tree.children[1].tail == "pp select none\n"

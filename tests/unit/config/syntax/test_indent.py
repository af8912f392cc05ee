"""Sections by indentation, as routers print them."""

from __future__ import annotations

import pytest

from netctl.config.syntax import Layout, parse, render
from unit.config.syntax.layouts import ALAXALA, EOS, FITELNET, FRR, IOS, IX, NXOS, XR, outline, sees


def test_ios_sections_go_two_levels_deep_and_separators_say_nothing():
    tree = sees(
        """
        version 17.9
        !
        vrf definition MGMT
         !
         address-family ipv4
         exit-address-family
        !
        router bgp 65010
         bgp log-neighbor-changes
         !
         address-family ipv4
          network 198.51.100.0 mask 255.255.255.0
         exit-address-family
        !
        end
        """,
        IOS,
        """
        version 17.9
        vrf definition MGMT
          address-family ipv4
        router bgp 65010
          bgp log-neighbor-changes
          address-family ipv4
            network 198.51.100.0 mask 255.255.255.0
        """,
    )
    assert tree.tail == "!\nend\n"
    assert tree.children[2].lead == "!\n"
    assert tree.children[2].children[1].tail == " exit-address-family\n"


def test_ios_policies_go_deeper_under_the_line_they_belong_to():
    sees(
        """
        policy-map WAN-OUT
         class VOICE
          police cir 1000000
           conform-action transmit
           exceed-action drop
         class class-default
          fair-queue
        """,
        IOS,
        """
        policy-map WAN-OUT
          class VOICE
            police cir 1000000
              conform-action transmit
              exceed-action drop
          class class-default
            fair-queue
        """,
    )


def test_xr_prints_nested_sections_with_separators_at_every_level():
    sees(
        """
        router bgp 65010
         neighbor 192.0.2.1
          remote-as 65020
          address-family ipv4 unicast
           route-policy PASS in
          !
         !
        !
        interface Loopback0
        """,
        XR,
        """
        router bgp 65010
          neighbor 192.0.2.1
            remote-as 65020
            address-family ipv4 unicast
              route-policy PASS in
        interface Loopback0
        """,
    )


def test_nxos_indents_by_two_and_eos_by_three():
    sees(
        "vrf context BLUE\n  ip route 0.0.0.0/0 192.0.2.1\ninterface Vlan10\n  no shutdown\n",
        NXOS,
        "vrf context BLUE\n  ip route 0.0.0.0/0 192.0.2.1\ninterface Vlan10\n  no shutdown\n",
    )
    sees(
        "router bgp 65010\n   vrf BLUE\n      rd 65010:1\n   !\n   vrf RED\n!\nip routing\n!\nend\n",
        EOS,
        "router bgp 65010\n  vrf BLUE\n    rd 65010:1\n  vrf RED\nip routing\n",
    )


def test_frr_closes_every_section():
    tree = sees(
        "router bgp 65010\n !\n address-family ipv4 unicast\n  network 192.0.2.0/24\n exit-address-family\nexit\n!\nline vty\nexit\n",
        FRR,
        "router bgp 65010\n  address-family ipv4 unicast\n    network 192.0.2.0/24\nline vty\n",
    )
    assert [node.tail for node in tree.children] == ["exit\n", "exit\n"]


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        (IX, "interface GigaEthernet0.0\n  ip address 192.0.2.1/24\n  no shutdown\n!\nip route default 192.0.2.254\n"),
        (FITELNET, "interface Tunnel 1\n ip address 192.0.2.1 255.255.255.0\nexit\n!\nip route default 192.0.2.254\n"),
        (ALAXALA, "# made by hand\ninterface vlan 10\n  ip address 192.0.2.1\n!\nip default-gateway 192.0.2.254\n"),
    ],
)
def test_japanese_routers_with_indentation(layout, text):
    tree = parse(text, layout)
    assert render(tree) == text
    assert [len(node.children) for node in tree.children] == [text.count("\n "), 0]


def test_a_line_between_two_indentations_stands_beside_the_deeper_one():
    sees("a\n    b\n  c\n    d\n e\n", IOS, "a\n  b\n  c\n    d\n  e\n")


def test_a_text_that_begins_indented_is_read_from_there():
    sees("   a\n    b\n  c\nd\n", Layout("indent"), "a\n  b\nc\nd\n")


def test_tabs_reach_to_the_next_multiple_of_eight():
    tree = parse("a\n\tb\n        c\n\t d\n", IOS)
    assert outline(tree) == "a\n  b\n  c\n    d\n"


def test_comments_inside_a_section_stay_with_it_and_others_go_to_the_next_statement():
    tree = parse("a\n b\n ! about a\n\n! about c\nc\n ! of c\n!\n", IOS)
    assert [node.tail for node in tree.children] == [" ! about a\n", " ! of c\n"]
    assert tree.children[1].lead == "\n! about c\n"
    assert tree.tail == "!\n"


def test_a_comment_of_several_characters_is_not_its_first_character():
    tree = parse("// nothing\n/ something\n", Layout("indent", comments=("//",)))
    assert outline(tree) == "/ something\n"


def test_lines_know_their_number_in_the_text():
    text = "!\na\n\n b\nbanner motd #\nx\n#\nc\n"
    assert [node.number for _, node in parse(text, IOS).walk()] == [2, 4, 5, 8]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_tell_lines_apart(end):
    text = f"a{end} b {end}  exit{end}!{end}c"
    tree = parse(text, IOS)
    assert render(tree) == text
    assert outline(tree) == "a\n  b\nc\n"


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x85", "\xa0", "\u2028", "\u3000", "\udcff", "\x00"])
def test_characters_that_python_takes_for_line_ends_or_spaces_are_text(odd):
    text = f"a\n description {odd}x{odd}\n"
    tree = parse(text, IOS)
    assert render(tree) == text
    assert tree.children[0].children[0].line == f"description {odd}x{odd}"


def test_five_thousand_levels_need_no_recursion():
    text = "".join(f"{' ' * depth}a\n" for depth in range(5000))
    tree = parse(text, IOS)
    assert render(tree) == text == render(tree.copy())
    assert max(depth for depth, _ in tree.walk()) == 4999

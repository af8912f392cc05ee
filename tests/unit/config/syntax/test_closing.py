"""Which section a closing line ends."""

from __future__ import annotations

from netctl.config.syntax import Layout, parse, render
from unit.config.syntax.layouts import FRR, IOS, outline, sees


def tails(text, layout=IOS):
    tree = parse(text, layout)
    assert render(tree) == text
    return {node.line: node.tail for _, node in tree.walk() if node.tail}


def test_a_closer_ends_the_section_it_is_as_far_indented_as():
    assert tails("a\n b\n  c\n exit\nexit\n") == {"b": " exit\n", "a": "exit\n"}


def test_a_closer_inside_a_section_ends_that_section():
    assert tails("a\n b\n  exit\nc\n") == {"b": "  exit\n"}
    assert tails("interface x\n exit\n") == {"interface x": " exit\n"}


def test_beside_the_last_line_a_closer_ends_the_section_around_it():
    assert tails("interface x\n shutdown\n exit\ninterface y\n") == {"interface x": " exit\n"}


def test_beside_an_empty_section_a_closer_ends_that_one_where_the_text_goes_on():
    assert tails("bgp\n peer x\n exit\n peer y\n") == {"peer x": " exit\n"}
    assert tails("bgp\n peer x\n exit\n!\nexit\n") == {"peer x": " exit\n", "bgp": "!\nexit\n"}


def test_a_closer_with_a_name_ends_the_section_of_that_name():
    assert tails("interface x\n vrrp 10 address-family ipv4\n  priority 110\n  exit-vrrp\n y\n") == {
        "vrrp 10 address-family ipv4": "  exit-vrrp\n"
    }


def test_eigrp_closes_sections_under_two_names():
    tree = sees(
        """
        router eigrp WAN
         !
         address-family ipv4 unicast autonomous-system 10
          !
          af-interface default
           passive-interface
          exit-af-interface
          !
          topology base
          exit-af-topology
          network 192.0.2.0
         exit-address-family
        """,
        IOS,
        """
        router eigrp WAN
          address-family ipv4 unicast autonomous-system 10
            af-interface default
              passive-interface
            topology base
            network 192.0.2.0
        """,
    )
    family = tree.children[0].children[0]
    assert [node.tail for node in (*family.children, family)] == [
        "  exit-af-interface\n",
        "  exit-af-topology\n",
        "",
        " exit-address-family\n",
    ]


def test_ios_12_does_not_indent_what_is_inside_an_address_family():
    sees(
        """
        router bgp 65010
         bgp log-neighbor-changes
         !
         address-family ipv4
         neighbor 192.0.2.1 activate
         no auto-summary
         exit-address-family
         !
         address-family vpnv4
         neighbor 192.0.2.1 activate
         exit-address-family
        !
        ip classless
        """,
        IOS,
        """
        router bgp 65010
          bgp log-neighbor-changes
          address-family ipv4
            neighbor 192.0.2.1 activate
            no auto-summary
          address-family vpnv4
            neighbor 192.0.2.1 activate
        ip classless
        """,
    )


def test_xr_ends_maps_inside_the_section_they_end():
    layout = Layout("indent", closers=frozenset({"end-class-map", "end-policy-map"}))
    text = "class-map V\n match dscp ef \n end-class-map\n! \npolicy-map P\n class V\n  set dscp ef\n ! \n end-policy-map\n! \n"
    assert tails(text, layout) == {"class-map V": " end-class-map\n", "policy-map P": " ! \n end-policy-map\n"}


def test_what_is_indented_below_a_closed_section_is_not_put_into_it():
    assert outline(parse("a\n b\nexit\n c\n d\n", FRR)) == "a\n  b\nc\nd\n"


def test_a_closer_with_nothing_open_says_nothing():
    tree = parse("exit\na\nexit\nexit\n!\n", FRR)
    assert (tree.children[0].lead, tree.children[0].tail, tree.tail) == ("exit\n", "exit\n", "exit\n!\n")


def test_comments_before_a_closer_are_inside_the_section():
    assert tails("a\n b\n !\n! x\nexit\n") == {"a": " !\n! x\nexit\n"}


def test_end_closes_everything_and_belongs_to_no_section():
    tree = parse("a\n b\nend\n c\n", IOS)
    assert outline(tree) == "a\n  b\nc\n"
    assert tree.children[1].lead == "end\n"


def test_where_end_is_a_closer_it_ends_one_section():
    layout = Layout("indent", comments=("#",), closers=frozenset({"end", "next"}), finals=frozenset())
    text = "config system\n    edit 1\n        set x\n    next\nend\nconfig user\nend\n"
    tree = parse(text, layout)
    assert outline(tree) == "config system\n  edit 1\n    set x\nconfig user\n"
    assert [node.tail for node in tree.children] == ["end\n", "end\n"]


def test_an_indented_end_is_a_statement():
    assert outline(parse("a\n end\n", IOS)) == "a\n  end\n"

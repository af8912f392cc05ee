"""Texts kept whole: one statement, nothing swallowed that does not belong to it."""

from __future__ import annotations

import re

import pytest

from netctl.config.syntax import Layout, Whole, parse, render
from netctl.config.syntax.wholes import beginnings
from unit.config.syntax.layouts import EOS, IOS, NXOS, SIR, XR, outline, sees


def lines(text, layout=IOS):
    tree = parse(text, layout)
    assert render(tree) == text
    return [node.line for _, node in tree.walk()]


@pytest.mark.parametrize("delimiter", ["^C", "\x03", "#", "%", "z", "界", "/"])
def test_a_banner_ends_where_its_delimiter_is_seen_again(delimiter):
    banner = f"banner motd {delimiter}\n  !! 許可なき接続を禁ず !!\n\nexit\n interface y \n{delimiter}"
    assert lines(f"a\n{banner}\nb\n") == ["a", banner, "b"]


def test_a_banner_may_stand_on_one_line_or_begin_on_its_first():
    assert lines("banner motd ^CKeep out^C\na\n") == ["banner motd ^CKeep out^C", "a"]
    assert lines("banner login #Keep\n out# \na\n") == ["banner login #Keep\n out#", "a"]


def test_a_banner_says_the_same_whatever_ends_its_lines():
    for end in ("\r\n", "\r"):
        text = end.join(["banner motd ^C", " Keep ", "out", "^C", "a"])
        assert lines(text) == ["banner motd ^C\n Keep \nout\n^C", "a"]


def test_a_text_that_never_ends_swallows_nothing():
    assert lines("banner motd ^C\ninterface x\n shutdown\n") == ["banner motd ^C", "interface x", "shutdown"]
    assert lines("certificate ca 01\n 3082\ninterface x\n") == ["certificate ca 01", "3082", "interface x"]
    assert lines("route-policy P\n  pass\nhostname x\n", XR) == ["route-policy P", "pass", "hostname x"]


def test_a_certificate_is_one_statement_of_its_chain():
    tree = sees(
        """
        crypto pki certificate chain CA
         certificate self-signed 01
          30820122 3081C9A0
          00
          \tquit
         certificate ca 02
          3082
          \tquit
        interface x
        """,
        IOS,
        """
        crypto pki certificate chain CA
          certificate self-signed 01⏎  30820122 3081C9A0⏎  00⏎quit
          certificate ca 02⏎  3082⏎quit
        interface x
        """,
    )
    assert tree.children[1].number == 9


def test_an_eos_banner_ends_with_a_line_of_its_own():
    assert lines("banner login\n EOF is not the end\n!\nEOF\nip routing\n", EOS) == [
        "banner login\n EOF is not the end\n!\nEOF",
        "ip routing",
    ]


def test_an_nxos_banner_stands_between_delimiters():
    assert lines("banner motd #\nKeep out\n#\nvlan 10\n", NXOS) == ["banner motd #\nKeep out\n#", "vlan 10"]


def test_xr_policies_and_sets_are_whole_and_their_uses_are_not():
    sees(
        """
        prefix-set OWN
          192.0.2.0/24
        end-set
        !
        route-policy PASS
          # comment
          if destination in OWN then
            pass
          endif
        end-policy
        !
        router bgp 65010
         neighbor 192.0.2.1
          address-family ipv4 unicast
           route-policy PASS in
           route-policy PASS out
        """,
        XR,
        """
        prefix-set OWN⏎  192.0.2.0/24⏎end-set
        route-policy PASS⏎  # comment⏎  if destination in OWN then⏎    pass⏎  endif⏎end-policy
        router bgp 65010
          neighbor 192.0.2.1
            address-family ipv4 unicast
              route-policy PASS in
              route-policy PASS out
        """,
    )


def test_flat_texts_may_hold_wholes_too():
    layout = Layout("flat", wholes=(Whole(re.compile("text begin"), re.compile("text end")),))
    assert lines("a\ntext begin\n b\ntext end\nc\n", layout) == ["a", "text begin\n b\ntext end", "c"]
    assert lines("banner motd #\n#\n", SIR) == ["banner motd #"]


def test_a_section_goes_on_after_a_whole_in_it():
    assert outline(parse("chain\n certificate 1\n  30\n  quit\n other\nx\n", IOS)) == (
        "chain\n  certificate 1⏎  30⏎quit\n  other\nx\n"
    )


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"banner \S+ (?P<delimiter>\^.|\S).*", ("banner ",)),
        (r"^certificate .*", ("certificate ",)),
        (r"(?:route-policy|prefix-set) \S+", ("route-policy", "prefix-set")),
        (r"(?:prefix|as-path)-set .*", ("prefix", "as-path")),
        (r"(?:no )?banner", ("",)),
        (r"colou?r", ("colo",)),
        (r"ab*", ("a",)),
        (r"a|b", ("",)),
        (r"a[|]b", ("a",)),
        (r"a\|b", ("a",)),
        (r"x(a|b)", ("x",)),
        (r"(?i)banner", ("",)),
        (r"\s*banner", ("",)),
        (r".*", ("",)),
    ],
)
def test_the_words_a_pattern_begins_with_are_known_or_every_line_is_tried(pattern, expected):
    assert beginnings(re.compile(pattern)) == expected


def test_a_pattern_without_literal_words_is_still_found():
    layout = Layout("indent", wholes=(Whole(re.compile(r"(?i)BANNER (?P<delimiter>\S)"), None),))
    assert lines("a\nbanner #\nx\n#\n", layout) == ["a", "banner #\nx\n#"]

"""Differences by meaning: order where it means nothing, sections where they help, keys where there are lists."""

from __future__ import annotations

import pytest

from netctl.config.diff import diff, diff_parts, same
from netctl.config.document import parse_document
from netctl.config.text import diff_text
from netctl.devices.rules import rules_of
from netctl.inventory import reference_root
from netctl.model.artefact import Part

FRR = rules_of(reference_root())("frr")

RUNNING = """\
hostname r1
!
interface lan0
 description LAN
 ip address 192.0.2.2/28
exit
!
router bgp 64500
 neighbor 3fff::1 remote-as 64501
 !
 address-family ipv6 unicast
  neighbor 3fff::1 activate
 exit-address-family
exit
!
"""


def frr(running: str, intended: str) -> str:
    return diff_text(diff(Part("frr.conf", running), Part("frr.conf", intended), FRR))


def test_a_text_has_no_difference_to_itself() -> None:
    assert frr(RUNNING, RUNNING) == ""


def test_the_order_of_lines_and_separators_mean_nothing_where_the_platform_says_so() -> None:
    moved = "router bgp 64500\n neighbor 3fff::1 remote-as 64501\n address-family ipv6 unicast\n  neighbor 3fff::1 activate\n"
    moved += "interface lan0\n ip address 192.0.2.2/28\n description LAN\nhostname r1\n"
    assert frr(RUNNING, moved) == ""


def test_a_changed_line_is_shown_inside_its_sections_the_old_before_the_new() -> None:
    changed = RUNNING.replace("  neighbor 3fff::1 activate", "  neighbor 3fff::1 activate\n  neighbor 3fff::1 soft")
    assert frr(RUNNING, changed) == (
        "@@ frr.conf\n  router bgp 64500\n   address-family ipv6 unicast\n+   neighbor 3fff::1 soft\n"
    )
    renamed = RUNNING.replace("description LAN", "description LAN of r1")
    assert frr(RUNNING, renamed) == ("@@ frr.conf\n  interface lan0\n-  description LAN\n+  description LAN of r1\n")


def test_a_section_that_goes_is_shown_with_all_that_was_in_it() -> None:
    gone = RUNNING.replace("interface lan0\n description LAN\n ip address 192.0.2.2/28\nexit\n!\n", "")
    assert frr(RUNNING, gone) == "@@ frr.conf\n- interface lan0\n-  description LAN\n-  ip address 192.0.2.2/28\n"


def test_what_is_said_twice_means_no_more_than_once_where_order_means_nothing() -> None:
    assert frr("log syslog\nlog syslog\n", "log syslog\n") == ""
    twice, once = Part("banner", "a\na\n"), Part("banner", "a\n")
    assert diff_text(diff(twice, once, FRR)) == "@@ banner\n- a\n"


def test_order_is_a_difference_where_it_means_something() -> None:
    running, intended = Part("rsyslog.conf", "one\ntwo\n"), Part("rsyslog.conf", "two\none\n")
    assert diff_text(diff(running, intended, FRR)) == "@@ rsyslog.conf\n- two\n+ two\n"


def test_the_braces_of_a_filter_are_sections() -> None:
    running = Part("management.nft", "table inet netctl {\n\tchain management {\n\t\ttcp dport 22 drop\n\t}\n}\n")
    intended = Part("management.nft", running.text.replace("dport 22", "dport 830"))
    assert [(line.op, line.depth, line.text) for line in diff(running, intended, FRR)] == [
        ("context", 0, "table inet netctl {"),
        ("context", 1, "chain management {"),
        ("remove", 2, "tcp dport 22 drop"),
        ("add", 2, "tcp dport 830 drop"),
    ]


DOCUMENT = """\
<data xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
  <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces">
    <interface><name>lan0</name><mtu>1500</mtu></interface>
    <interface><name>wan0</name><mtu>1500</mtu></interface>
  </interfaces>
</data>
"""


def test_list_entries_of_a_document_are_told_apart_by_their_keys() -> None:
    swapped = DOCUMENT.replace("lan0", "x").replace("wan0", "lan0").replace("x</name>", "wan0</name>")
    changed = swapped.replace("<name>wan0</name><mtu>1500", "<name>wan0</name><mtu>1400")
    lines = diff(Part("config.xml", DOCUMENT), Part("config.xml", changed), None)
    assert [(line.op, line.text) for line in lines] == [
        ("context", "interfaces"),
        ("context", "interface [wan0]"),
        ("remove", "mtu 1500"),
        ("add", "mtu 1400"),
    ]


@pytest.mark.parametrize("text", ["<data>", "", '<!DOCTYPE d [<!ENTITY e "x">]><d>&e', "not xml"])
def test_a_text_that_is_no_document_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        parse_document(text)


def test_a_document_brings_no_entity_and_no_file_in() -> None:
    hostile = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d><a>&e;</a></d>'
    assert [node.line for node in parse_document(hostile)] == ["a"]


def test_added_lines_know_their_template_and_removed_ones_have_none() -> None:
    running, intended = Part("frr.conf", "a\nb\n"), Part("frr.conf", "a\nc\n")
    lines = diff(running, intended, FRR, lambda line: f"t.j2:{line}")
    assert [(line.op, line.origin) for line in lines] == [("remove", ""), ("add", "t.j2:2")]


def test_a_part_that_only_one_side_holds_counts_as_empty_there() -> None:
    running, intended = (Part("banner", "hello\n"),), (Part("frr.conf", "hostname r1\n"),)
    assert [(line.op, line.part) for line in diff_parts(running, intended, FRR)] == [
        ("add", "frr.conf"),
        ("remove", "banner"),
    ]
    assert not same(running, intended, FRR)

"""New statements are written as the platform would write them."""

from __future__ import annotations

import pytest

from netctl.config.syntax import end_last_line, line_end, make_section, node_for, parse, render
from unit.config.syntax.layouts import EOS, IOS, JUNOS, SIR, YAMAHA, outline


@pytest.mark.parametrize(
    ("layout", "depth", "raw"),
    [(IOS, 0, "a b\n"), (IOS, 2, "  a b\n"), (EOS, 2, "      a b\n"), (SIR, 0, "a b\n"), (YAMAHA, 1, " a b\n")],
)
def test_a_line_is_indented_by_the_platforms_step(layout, depth, raw):
    node = node_for("a b", depth, layout)
    assert (node.line, node.raw, node.tail, node.number) == ("a b", raw, "", 0)


def test_a_statement_of_junos_ends_with_a_semicolon_and_a_section_has_braces():
    tree = parse("", JUNOS)
    section = node_for("unit 0", 0, JUNOS, section=True)
    section.children.append(node_for("family inet", 1, JUNOS))
    tree.children.append(section)
    assert render(tree) == "unit 0 {\n    family inet;\n}\n"


def test_set_lines_of_junos_have_no_semicolon():
    assert node_for("set system host-name x", 0, JUNOS).raw == "set system host-name x\n"
    assert node_for("set", 1, JUNOS).raw == "    set;\n"


def test_a_leaf_of_junos_becomes_a_section_once_something_stands_below_it():
    tree = parse("a {\n    b;\n}\n", JUNOS)
    leaf = tree.children[0].children[0]
    for _ in range(2):
        make_section(leaf, 1, JUNOS)
    leaf.children.append(node_for("c", 2, JUNOS))
    make_section(tree.children[0], 0, JUNOS)
    assert render(tree) == "a {\n    b {\n        c;\n    }\n}\n"
    assert outline(parse(render(tree), JUNOS)) == outline(tree)


def test_a_leaf_of_an_indented_platform_stays_as_it_is():
    node = node_for("a", 0, IOS)
    make_section(node, 0, IOS)
    assert (node.raw, node.tail) == ("a\n", "")


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "a\r\n", "a\rb", "a\nb\r\n", "a"])
def test_the_line_end_of_a_text_is_that_of_its_first_line(text):
    assert line_end(text) == {"a\r\nb\r\n": "\r\n", "a\r\n": "\r\n", "a\rb": "\r", "a\nb\r\n": "\n", "a": "\n"}[text]


def test_a_text_kept_whole_keeps_its_lines_and_takes_the_line_end():
    banner = "banner motd ^C\n Keep  out\n^C"
    node = node_for(banner, 0, IOS, end="\r\n")
    assert node.raw == "banner motd ^C\r\n Keep  out\r\n^C\r\n"
    assert parse(node.raw, IOS).children[0].line == node.line == banner


@pytest.mark.parametrize(
    ("layout", "text"),
    [(IOS, "a\n b"), (IOS, "a\n b\nexit"), (IOS, "a\n!"), (JUNOS, "a {\n}"), (IOS, "a\n b\n"), (IOS, ""), (IOS, "!")],
)
def test_a_last_line_without_its_end_gets_one_before_another_follows(layout, text):
    tree = parse(text, layout)
    end_last_line(tree)
    assert render(tree) == (text if not text or text.endswith("\n") else text + "\n")

"""Trees: what they are read from, and copies."""

from __future__ import annotations

import pytest

from netctl.config.syntax import parse, render
from unit.config.syntax.layouts import IOS, JUNOS, SIR, YAMAHA, outline

TEXT = "! x\na\n b\n  c\n exit\n!\nd\n!\nend\n"


def test_a_copy_says_the_same_and_does_not_change_with_its_original():
    tree = parse(TEXT, IOS)
    copy = tree.copy()
    assert render(copy) == TEXT
    assert [node.number for _, node in copy.walk()] == [node.number for _, node in tree.walk()]
    for _, node in copy.walk():
        node.line = node.raw = node.lead = node.tail = ""
    copy.children[0].children.clear()
    copy.children.clear()
    assert render(tree) == TEXT


def test_a_copy_of_a_statement_brings_what_is_below_it():
    tree = parse(TEXT, IOS)
    twin = tree.children[0].copy()
    twin.children[0].children.clear()
    tree.children.append(tree.children[0].copy())
    assert outline(tree) == "a\n  b\n    c\nd\na\n  b\n    c\n"
    assert not twin.children[0].children


@pytest.mark.parametrize("layout", [IOS, JUNOS, SIR, YAMAHA])
@pytest.mark.parametrize("text", ["\ufeffhostname x\n", "\ufeff", "\ufeff!\n#\n"])
def test_a_byte_order_mark_is_kept_and_is_no_part_of_the_first_statement(layout, text):
    tree = parse(text, layout)
    assert render(tree) == text
    assert "\ufeff" not in outline(tree)

"""Junos in braces: statements, comments, strings, and what is broken."""

from __future__ import annotations

import pytest

from netctl.config.syntax import parse, render
from unit.config.syntax.layouts import JUNOS, outline, sees


def test_sections_and_leaves_lose_their_braces_and_semicolons():
    tree = sees(
        """
        ## Last commit: 2026-11-20 10:12:41 JST by netop
        version 21.4R3-S5;
        system {
            host-name hub-mori;
            login {
                user netop {
                    class super-user;
                    authentication {
                        encrypted-password "$6$x;y{z}"; ## SECRET-DATA
                    }
                }
            }
        }
        interfaces {
            inactive: ge-0/0/1 {
                description "to \\"mate\\"; {x}";
                unit 0 {
                    family inet;
                }
            }
        }
        """,
        JUNOS,
        """
        version 21.4R3-S5
        system
          host-name hub-mori
          login
            user netop
              class super-user
              authentication
                encrypted-password "$6$x;y{z}"
        interfaces
          inactive: ge-0/0/1
            description "to \\"mate\\"; {x}"
            unit 0
              family inet
        """,
    )
    assert tree.children[0].lead == "## Last commit: 2026-11-20 10:12:41 JST by netop\n"
    system = tree.children[1]
    assert (system.raw, system.tail) == ("system {\n", "}\n")
    secret = next(node for _, node in tree.walk() if node.line.startswith("encrypted"))
    assert secret.raw.endswith('"; ## SECRET-DATA\n')


def test_several_statements_may_stand_on_one_line():
    tree = sees("a { b; c { d; } } e;\n", JUNOS, "a\n  b\n  c\n    d\ne\n")
    assert [node.number for _, node in tree.walk()] == [1] * 5


def test_a_statement_may_stand_on_several_lines():
    sees("interfaces\n{\n  ge-0/0/0\n    disable ;\n}\n", JUNOS, "interfaces\n  ge-0/0/0 disable\n")


def test_spaces_between_words_are_one_and_those_in_strings_stay():
    sees('a   b\t"c   d"  [ e\n f ] ;\n', JUNOS, 'a b "c   d" [ e f ]\n')


def test_comments_stand_before_a_statement_or_say_nothing_in_it():
    tree = sees(
        """
        /* about a; { */
        a {
            # about b }
            b; /* after b */
            /* alone
               on two lines */
        }
        c /* within; */ d;
        """,
        JUNOS,
        "a\n  b\nc d\n",
    )
    a = tree.children[0]
    assert a.lead == "/* about a; { */\n"
    assert a.children[0].lead == "    # about b }\n"
    assert a.tail == " /* after b */\n    /* alone\n       on two lines */\n}\n"


@pytest.mark.parametrize("prefix", ["inactive: ", "protect: ", "replace: ", "delete: ", "inactive: protect: "])
def test_prefixes_stay_in_the_statement(prefix):
    sees(f"{prefix}a {{\n    {prefix}b;\n}}\n", JUNOS, f"{prefix}a\n  {prefix}b\n")


def test_strings_may_go_over_lines_and_hold_escapes():
    tree = parse('a "x\ny \\\\";\nb;\n', JUNOS)
    assert [node.line for node in tree.children] == ['a "x\ny \\\\"', "b"]
    assert tree.children[1].number == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {\n  b;\n", "a\n  b\n"),
        ("a;\n}\nb;\n", "a\n}\nb\n"),
        ("a;\n  } # x\n", "a\n}\n"),
        ("a {\n  b\n}\nc\n", "a\n  b\nc\n"),
        ("a {\n  b\n  c d\n}\n", "a\n  b\n  c d\n"),
        ("{\n  a;\n}\n", "{\n  a\n"),
        ("a;;\n;b;\n", "a\nb\n"),
        ('a "x;\nb;\n', 'a "x\nb\n'),
        ("a; /* b;\nc;\n", "a\n/* b\nc\n"),
        ('a "x; /* b;\nc; /* y */ d;\n', 'a "x\nd\n'),
        ("a {\n  /* x */\n  b\n  /* y */\n}\n", "a\n  b\n"),
        ("", ""),
        (" \n\n", ""),
        ("# nothing\n", ""),
    ],
)
def test_what_is_broken_is_kept_as_statements(text, expected):
    tree = parse(text, JUNOS)
    assert render(tree) == text
    assert outline(tree) == expected


def test_a_hundred_thousand_open_braces_need_no_recursion():
    text = "a{" * 100_000
    tree = parse(text, JUNOS)
    assert render(tree) == text == render(tree.copy())


@pytest.mark.parametrize("piece", ['" \\" ', "/*", "/* ;", "a /* x */ ", "}", ";", '"\\', "*/", "x y\n", "#"])
def test_hostile_texts_are_read_in_linear_time(piece):
    text = '"' + piece * 50_000
    assert render(parse(text, JUNOS)) == text


def test_set_lines_are_read_line_by_line():
    tree = sees(
        """
        # from the mate
        set system host-name hub-mori
        set interfaces ge-0/0/0 description "a; { b"
        deactivate interfaces ge-0/0/1
        delete protocols bgp
        insert policy-options policy-statement P term a before term b
        """,
        JUNOS,
        """
        set system host-name hub-mori
        set interfaces ge-0/0/0 description "a; { b"
        deactivate interfaces ge-0/0/1
        delete protocols bgp
        insert policy-options policy-statement P term a before term b
        """,
    )
    assert tree.children[0].lead == "# from the mate\n"


def test_one_line_of_braces_makes_the_text_no_set_lines():
    assert outline(parse("set a\nsystem { b; }\n", JUNOS)) == "set a system\n  b\n"
    assert outline(parse("settings a;\n", JUNOS)) == "settings a\n"

"""The layouts of the platforms as the tests of the parsers need them, and a way to see a tree at a glance."""

from __future__ import annotations

import re
from textwrap import dedent

from netctl.config.syntax import Layout, Tree, Whole, parse, render

BANNER = Whole(re.compile(r"banner (?:motd|login|exec) (?P<delimiter>\^C|\S)"), None)
CERTIFICATE = Whole(re.compile(r"certificate .+"), re.compile(r"quit"))
EXITS = frozenset({"exit", "exit-address-family", "exit-af-interface", "exit-af-topology", "exit-vrf", "exit-vrrp"})

IOS = Layout("indent", closers=EXITS, wholes=(BANNER, CERTIFICATE))
XR = Layout(
    "indent",
    closers=frozenset({"exit"}),
    wholes=(
        BANNER,
        Whole(re.compile(r"route-policy \S+"), re.compile(r"end-policy")),
        Whole(re.compile(r"(?:prefix|community|as-path)-set \S+"), re.compile(r"end-set")),
    ),
)
NXOS = Layout("indent", closers=frozenset({"exit"}), wholes=(BANNER,), step="  ")
EOS = Layout("indent", wholes=(Whole(re.compile(r"banner (?:motd|login)"), re.compile(r"EOF")),), step="   ")
FRR = Layout("indent", closers=EXITS)
IX = Layout("indent", closers=frozenset({"exit"}), step="  ")
FITELNET = Layout("indent", closers=frozenset({"exit"}))
ALAXALA = Layout("indent", comments=("!", "#"), closers=frozenset({"exit"}), step="  ")
JUNOS = Layout("curly", comments=("#", "/*"), step="    ")
SIR = Layout("flat", comments=("#",))
YAMAHA = Layout(
    "modal",
    comments=("#",),
    closers=frozenset({"pp select none", "tunnel select none"}),
    openers=(re.compile(r"pp select (?:\d+|anonymous)"), re.compile(r"tunnel select \d+")),
)


def outline(tree: Tree) -> str:
    """The statements, two spaces a level; a text kept whole on one line."""
    return "".join(f"{'  ' * depth}{node.line.replace(chr(10), '⏎')}\n" for depth, node in tree.walk())


def read(text: str, layout: Layout) -> Tree:
    """The tree of an indented literal, proven to be the text again."""
    text = dedent(text).removeprefix("\n")
    tree = parse(text, layout)
    assert render(tree) == text
    return tree


def sees(text: str, layout: Layout, expected: str) -> Tree:
    """The tree of a literal, proven to have the statements of another."""
    tree = read(text, layout)
    assert outline(tree) == dedent(expected).removeprefix("\n")
    return tree

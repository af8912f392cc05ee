"""Whatever the text, the tree renders to it again, and so does a copy of the tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.config.syntax import Layout, Tree, node_for, parse, render
from netctl.config.syntax.lines import line_count, split
from unit.config.syntax import layouts
from unit.config.syntax.layouts import outline

LAYOUTS = {name: layout for name, layout in vars(layouts).items() if isinstance(layout, Layout)}
CORPUS = Path(__file__).parents[3] / "corpus"
SAMPLES = {
    "branch.ios": "!\nhostname r1\n!\ninterface Gi0/1\n description 本庁 \n ip address 192.0.2.1 255.255.255.0\n!\nrouter bgp 65010\n"
    " !\n address-family ipv4\n  network 198.51.100.0\n exit-address-family\n!\nbanner motd ^C\n Keep out\n^C\n"
    "crypto pki certificate chain CA\n certificate ca 01\n  3082 0122\n  \tquit\n!\nline vty 0 4\n exit\nend\n",
    "hub.junos": '## Last commit\nversion 21.4R3;\nsystem {\n    host-name hub; /* x */\n    login { user a { class b; } }\n}\n'
    'interfaces {\n    inactive: ge-0/0/0 {\n        description "a; {b} \\" c"; ## SECRET-DATA\n    }\n}\n',
    "core.xr": "!! IOS XR\nroute-policy P\n  pass\nend-policy\n!\nrouter bgp 65010\n neighbor 2001:db8::1\n  remote-as 65020\n !\n!\nend\n",
    "line.yamaha": "# RTX\nip lan1 address 192.0.2.1/24\npp select 1\n pp always-on on\ntunnel select 1\n ipsec tunnel 1\nip filter 1 pass *\npp select none\n",
    "set.junos": "set system host-name hub\nset interfaces ge-0/0/0 description \"a b\"\ndeactivate protocols bgp\n",
    **{f"{path.parent.name}/{path.name}": path.read_bytes().decode(errors="surrogateescape") for path in sorted(CORPUS.glob("*/*"))},
}  # fmt: skip
PIECES = [
    *("a", " ", "  ", "\t", "\n", "\n ", "\n  ", "\r", "\r\n", "\x0c", "\x85", "\u2028", "\udcff", "\ufeff", "\x00", "界"),
    *("!", "#", "//", "exit\n", " exit\n", "exit-address-family\n", "address-family x\n", "end\n", "end-policy\n", "quit\n"),
    *('"', "\\", "{", "}", ";", "/*", "*/", "/", "*", "[", "]", "inactive: ", "set ", "delete "),
    *("banner motd ^C", "^C", "certificate ca 01\n", "route-policy P\n", "pp select 1\n", "pp select none\n"),
]  # fmt: skip
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


def holds(text: str, layout: Layout) -> Tree:
    """The laws of every tree of every text."""
    tree = parse(text, layout)
    assert render(tree) == text
    assert render(tree.copy()) == text
    numbers = []
    for _, node in tree.walk():
        assert node.line
        assert node.line == node.line.strip(" \t\r\n")
        numbers.append(node.number)
    assert numbers == sorted(numbers)
    assert all(0 < number <= line_count(text) + 1 for number in numbers)
    return tree


@pytest.mark.parametrize("name", LAYOUTS)
@given(text=TEXTS)
@settings(max_examples=60)
def test_any_text_is_read_and_written_again(name, text):
    holds(text, LAYOUTS[name])


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_of_every_platform_are_read_under_every_layout(sample, name):
    holds(SAMPLES[sample], LAYOUTS[name])


@given(
    sample=st.sampled_from(sorted(SAMPLES)),
    name=st.sampled_from(sorted(LAYOUTS)),
    wounds=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES)), min_size=1, max_size=6),
)
@settings(max_examples=100)
def test_samples_with_pieces_cut_out_and_put_in_are_read_and_written_again(sample, name, wounds):
    text = SAMPLES[sample][:4000]
    for where, cut, piece in wounds:
        place = int(where * len(text))
        text = text[:place] + piece + text[place + cut :]
    holds(text, LAYOUTS[name])


WORDS = st.sampled_from(["a", "b 1", "c 192.0.2.1", "d 2001:db8::1", 'e "x; {y}  z"', "f 本庁"])
TREES = st.recursive(
    st.lists(st.tuples(WORDS, st.just([])), max_size=4),
    lambda below: st.lists(st.tuples(WORDS, below), max_size=4),
    max_leaves=15,
)


def put(shape: list, nodes: list, depth: int, layout: Layout, end: str) -> None:
    for line, below in shape:
        node = node_for(line, depth, layout, section=bool(below), end=end)
        put(below, node.children, depth + 1, layout, end)
        nodes.append(node)


@pytest.mark.parametrize("name", ["IOS", "NXOS", "EOS", "JUNOS"])
@given(shape=TREES, end=st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=60)
def test_what_is_written_statement_by_statement_is_read_as_the_same_tree(name, shape, end):
    tree = Tree()
    put(shape, tree.children, 0, LAYOUTS[name], end)
    assert outline(holds(render(tree), LAYOUTS[name])) == outline(tree)


@given(TEXTS)
def test_lines_are_cut_after_every_line_end_and_nowhere_else(text):
    lines = split(text)
    assert "".join(lines) == text
    assert all(line_count(line) == 1 and line.endswith(("\n", "\r")) for line in lines[:-1])
    assert sum(map(line_count, lines)) == line_count(text)


@given(st.lists(st.sampled_from(["! x\n", " ! y\n", "\n", "exit\n", " exit\n", "a\n", " b\n", "  c\n"]), max_size=20))
def test_comments_and_closers_say_nothing_about_indented_lines(lines):
    plain = [line for line in lines if line in {"a\n", " b\n", "  c\n"}]
    said = [node.line for _, node in parse("".join(lines), LAYOUTS["FRR"]).walk()]
    assert said == [line.strip() for line in plain]

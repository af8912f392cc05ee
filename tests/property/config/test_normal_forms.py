"""Normalising twice is normalising once, and the order of what has no order never shows."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from networks import ROOT

from netctl.config.frr import normalise_running
from netctl.config.order import natural_order
from netctl.config.yang import normalise_document

GOLDENS = ROOT / "tests" / "golden" / "render"
CONFIGURATION = (GOLDENS / "core-main-1" / "intended" / "frr.conf").read_text(encoding="utf-8")
DOCUMENT = (GOLDENS / "rivers-east-r1" / "intended" / "config.xml").read_text(encoding="utf-8")
UNORDERED = ("ip prefix-list", "ipv6 prefix-list", "bgp community-list", "route-map", "interface")


def stanzas():
    """The golden cut into pieces that FRR may print in another order."""
    found, current = [], []
    for line in CONFIGURATION.splitlines():
        current.append(line)
        if line in ("!", "exit") or line.startswith(UNORDERED[:3]):
            found.append(current)
            current = []
    return [*found, current]


@given(st.text())
def test_any_text_has_a_normal_form(text):
    once = normalise_running(text)
    assert normalise_running(once) == once


@given(st.lists(st.sampled_from(["!", "exit", " a", "interface b", "route-map c", "frr x", "end", "ip nht", ""])))
def test_any_heap_of_lines_has_a_normal_form(lines):
    once = normalise_running("\n".join(lines))
    assert normalise_running(once) == once


@given(st.data())
def test_frr_may_print_what_has_no_order_in_any_order(data):
    pieces = stanzas()
    places = [n for n, piece in enumerate(pieces) if piece[0].startswith(UNORDERED)]
    shuffled = data.draw(st.permutations(places))
    mixed = list(pieces)
    for place, other in zip(places, shuffled, strict=True):
        mixed[place] = pieces[other]
    assert normalise_running("\n".join(line for piece in mixed for line in piece)) == CONFIGURATION


@given(st.randoms(use_true_random=False))
def test_a_server_may_give_elements_in_any_order(random):
    root = etree.fromstring(DOCUMENT.encode())
    for element in root.iter():
        children = list(element)
        random.shuffle(children)
        element[:] = children
    assert normalise_document(etree.tostring(root)) == DOCUMENT


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_natural_order_sorts_numbers_by_value(one, other):
    assert (natural_order(f"ac{one}") < natural_order(f"ac{other}")) == (one < other)

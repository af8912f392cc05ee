"""A backbone of any shape can be read, too: words lie neither over each other nor over routers that are not theirs."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from netctl.control.network.atlas import End, Line
from netctl.control.pages.lines import LineView, Load
from netctl.control.pages.topology import CentreView, Router
from netctl.web.drawing.backbone import backbone
from netctl.web.drawing.nouns import Drawing
from netctl.web.drawing.speech import Speech
from networks import reference

SPEECH = Speech(lambda name, /, **values: f"{name} {' '.join(map(str, values.values()))}"[:20], "en")


@st.composite
def backbones(draw):
    network = reference()
    core, border = network.devices["core-main-1"], network.devices["border-main"]
    centres, names = [], []
    for centre in network.centres.values():
        routers = [replace(border, name=f"border-{centre.id}-{n}") for n in range(draw(st.integers(0, 2)))]
        routers += [replace(core, name=f"core-{centre.id}-{n}") for n in range(draw(st.integers(1, 6)))]
        state = st.sampled_from(["up", "degraded", "down", "unknown"])
        centres.append(CentreView(centre, tuple(Router(router, draw(state)) for router in routers)))
        names += [router.name for router in routers]
    pairs = draw(st.lists(st.sampled_from(list(combinations(names, 2))), max_size=40, unique=True))
    rate = st.one_of(st.none(), st.floats(0, 2e10))
    links = tuple(
        LineView(
            Line(f"bb{n}", "backbone", End(a, f"bb{n}"), End(b, f"bb{n}"), "", "asagi", 10000, frozenset()),
            draw(st.sampled_from(["up", "down", "unknown"])),
            Load(draw(rate), draw(rate), 10000),
        )
        for n, (a, b) in enumerate(pairs)
    )
    return tuple(centres), links


@given(backbones())
def test_words_of_links_lie_over_nothing_else(made):
    centres, links = made
    drawing = Drawing(1120)
    bottom = backbone(drawing, centres, links, SPEECH)
    labels = [label.area for label in drawing.every_label()]
    assert not [(one, other) for one, other in combinations(labels, 2) if one.meets(other)]
    of_links = [wire.label.area for wire in drawing.wires if wire.label]
    assert not [(label, box) for label in of_links for box in drawing.boxes if label.meets(box.area)]
    assert not [(one.area, other.area) for one, other in combinations(drawing.boxes, 2) if one.area.meets(other.area)]
    assert all(0 <= area.x and area.x + area.width <= drawing.width and 0 <= area.y <= bottom for area in labels)


@given(backbones())
def test_every_link_is_drawn_and_every_dead_one_with_room_is_crossed_out(made):
    centres, links = made
    drawing = Drawing(1120)
    backbone(drawing, centres, links, SPEECH)
    assert [wire.state for wire in drawing.wires] == [view.state for view in links]
    assert all(wire.cross is None for wire in drawing.wires if wire.state != "down")

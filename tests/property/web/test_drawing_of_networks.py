"""The map of any network can be read: no two words of it lie over each other, whatever is up or down."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from netctl.control.network.atlas import Atlas
from netctl.control.pages.topology import MOST_SITES, chart
from netctl.control.watching.watched import Watched
from netctl.model.moments import stamp
from netctl.model.watch import Rate, Reason, RoundMark, Standing
from netctl.observe.evidence import picture
from netctl.web.drawing import draw
from netctl.web.drawing.speech import Speech
from networks import grown

NOW = datetime(2026, 11, 22, 5, 40, tzinfo=UTC)
ROUND = RoundMark(7, stamp(NOW - timedelta(seconds=9)), stamp(NOW - timedelta(seconds=5)), 30, 100)
STATES = st.sampled_from(["up", "degraded", "down", "unknown", "missing"])


def words(name: str, /, **values: object) -> str:
    return f"{name} {' '.join(map(str, values.values()))}"[:40]


def watched(atlas: Atlas, states: list[str]) -> Watched:
    standings = {}
    for number, name in enumerate(atlas.network.devices):
        state = states[number % len(states)]
        if state != "missing":
            cut = Reason("WATCH-PORT", "lines", "medium", "wan0", "down")
            reasons = (cut,) if state == "degraded" else ()
            standings[name] = Standing(name, state, ROUND.began_at, ROUND.began_at, ROUND.began_at, reasons)
    found = picture(atlas.wiring, standings)
    return Watched(ROUND, standings, found.dead, found.cut, NOW)


def drawing(count: int, states: list[str], share: float, *, seen=None, **chosen):
    atlas = Atlas(grown(tuple(range(1, count + 1))))
    found = watched(atlas, states)
    rates = tuple(Rate(port, share * 1e9, share * 5e8) for port in ("wan0", *(f"bb{n}" for n in range(1, 9))))
    whole = lambda name: Standing(name, "up", "", "", "", (), rates=rates)
    return draw(chart(atlas, found, whole, seen, **chosen), Speech(words, "ja"))


@given(
    count=st.integers(1, MOST_SITES * 2 + 5),
    states=st.lists(STATES, min_size=1, max_size=5),
    share=st.floats(0, 3),
    seen=st.sampled_from([None, frozenset({"rivers"})]),
    page=st.integers(1, 3),
    organisation=st.sampled_from(["", "rivers"]),
)
def test_no_two_labels_overlap_and_all_stay_within_the_picture(count, states, share, seen, page, organisation):
    made = drawing(count, states, share, seen=seen, page=page, organisation=organisation)
    areas = [label.area for label in made.every_label()]
    assert areas
    for one, other in combinations(areas, 2):
        assert not one.meets(other), (one, other)
    for area in areas:
        assert area.x >= 0
        assert area.x + area.width <= made.width
        assert area.y >= 0
        assert area.y + area.height <= made.height


@given(count=st.integers(1, 30), states=st.lists(STATES, min_size=1, max_size=5))
def test_the_same_network_is_always_drawn_the_same(count, states):
    assert drawing(count, states, 0.5) == drawing(count, states, 0.5)


@given(count=st.integers(1, 30))
def test_every_router_that_is_shown_leads_to_its_page_and_says_its_state(count):
    made = drawing(count, ["down", "up"], 0.5, organisation="rivers")
    routers = [box for box in made.boxes if box.href.startswith("/devices/")]
    assert len(routers) >= 6 + 2 * min(count, MOST_SITES)
    assert all(any(label.text.startswith(f"state-{box.mark}") for label in box.labels) for box in routers)

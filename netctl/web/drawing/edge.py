"""Below the backbone: sites on rails that stand for the centres, or gatherings of sites as boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from netctl.control.pages.lines import LineView
from netctl.control.pages.topology import Chart, Cluster, SiteView
from netctl.control.watching.watched import STATES
from netctl.model.network import Centre
from netctl.model.watch import DeviceState
from netctl.web.drawing.backbone import point, router_box
from netctl.web.drawing.nouns import Area, Box, Drawing, Label, Wire, fit
from netctl.web.drawing.speech import Speech

MARGIN = 24
CARD, GAP, CARD_HEIGHT = 252, 16, 100
CARDS = 4  # in a row
ROUTER = (120, 42)
RAIL, STUB = 16, 44  # between rails; from the lower rail to a card
FIGURE = 110  # what is written beside a stub
CLUSTER, CLUSTER_HEIGHT, CLUSTERS = 198, 66, 5


def sites(drawing: Drawing, chart: Chart, centres: Sequence[Centre], top: float, speech: Speech) -> float:
    """Draw sites in rows below `top`; returns where they end."""
    origin = top
    for start in range(0, len(chart.sites), CARDS):
        first_rail = top + 34
        cards_top = first_rail + RAIL * (len(centres) - 1) + STUB
        rails = {centre.id: first_rail + RAIL * number for number, centre in enumerate(centres)}
        _rails(drawing, centres, rails, origin, speech)
        for column, view in enumerate(chart.sites[start : start + CARDS]):
            left = MARGIN + column * (CARD + GAP) + 10
            _card(drawing, view, left, cards_top, speech)
            _stubs(drawing, chart, view, (left, cards_top), rails=rails, speech=speech)
        top = cards_top + CARD_HEIGHT
    return top


def clusters(drawing: Drawing, chart: Chart, top: float, speech: Speech) -> float:
    """Draw organisations or regions below `top`; returns where they end."""
    top += 28
    for number, cluster in enumerate(chart.clusters):
        row, column = divmod(number, CLUSTERS)
        area = Area(MARGIN + 10 + column * (CLUSTER + GAP), top + row * (CLUSTER_HEIGHT + GAP), CLUSTER, CLUSTER_HEIGHT)
        drawing.boxes.append(_cluster(cluster, area, chart, speech))
    return top + -(-len(chart.clusters) // CLUSTERS) * (CLUSTER_HEIGHT + GAP)


def _rails(drawing: Drawing, centres: Sequence[Centre], rails: dict[str, float], origin: float, speech: Speech) -> None:
    """A rail for each centre, led up at the picture's edge: the first centre's left, the second's right."""
    near, far = 16, drawing.width - 16
    label_y = min(rails.values()) - 6
    for centre, (edge, end, anchor) in zip(centres, ((near, far - 8, "start"), (far, near + 8, "end")), strict=False):
        y, name = rails[centre.id], speech.name(centre)
        side = cast("Literal['start', 'end']", anchor)
        label = Label(edge + (12 if side == "start" else -12), label_y, fit(name, 200, 11), 11, "rail-name", side, name)
        drawing.wires.append(Wire(f"M{edge:g},{origin:g}V{y:g}H{end:g}", "plain", -1, name, label=label))


def _card(drawing: Drawing, view: SiteView, left: float, top: float, speech: Speech) -> None:
    name, told = speech.name(view.site), speech.redundancy(view.redundancy)
    state = fit(f"{view.site.id} · {told}", CARD - 20, 11)
    labels = (
        Label(left + 10, top + 74, fit(name, CARD - 20, 13), 13, "site-name", title=name),
        Label(left + 10, top + 91, state, 11, f"site-state {view.redundancy}", title=told),
    )
    area = Area(left, top, CARD, CARD_HEIGHT)
    title = f"{name}: {told}"
    drawing.frames.append(Box(area, f"site {view.redundancy}", title, f"/sites/{view.site.id}", labels=labels))
    for number, router in enumerate(view.routers):
        drawing.boxes.append(router_box(router, point(_router_x(left, number), top + 31), speech, ROUTER, view.site.id))


def _router_x(left: float, number: int) -> float:
    return left + 66 + number * (CARD - 132)


def _stubs(
    drawing: Drawing, chart: Chart, view: SiteView, at: tuple[float, float], *, rails: dict[str, float], speech: Speech
) -> None:
    left, top = at
    order = {router.device.name: number for number, router in enumerate(view.routers)}
    for line in view.lines:
        x = _router_x(left, order[line.line.b.device]) - 50
        rail = rails.get(chart.atlas.network.devices[line.line.a.device].centre)
        if rail is not None:
            drawing.wires.append(_stub(line, x, rail, top, speech))
            drawing.labels.append(_far_end(line, x, top))


def _stub(view: LineView, x: float, rail: float, top: float, speech: Speech) -> Wire:
    title = speech.line(view)
    label = Label(x + 8, top - 22, fit(speech.figure(view), FIGURE, 11), 11, f"wire-name {view.state}", title=title)
    cross = (x, top - 15) if view.state == "down" else None
    path = f"M{x:g},{rail:g}V{top + 10:g}"
    return Wire(path, view.state, speech.level(view.load), title, label=label, cross=cross, dots=((x, rail),))


def _far_end(view: LineView, x: float, top: float) -> Label:
    name = view.line.a.device
    return Label(x + 8, top - 7, fit(name, FIGURE, 11), 11, "wire-name", title=name)


def _told(cluster: Cluster, speech: Speech) -> str:
    """How many routers are not well, and how."""
    counts = {state: cluster.states[state] for state in ("down", "degraded", "unknown")}
    told = [speech.say(f"topology-cluster-{state}", count=count) for state, count in counts.items() if count]
    return speech.say("telling-list").join(told) or speech.say("topology-cluster-well")


def _worst(cluster: Cluster) -> DeviceState:
    for state in STATES:
        if cluster.states[state]:
            return state
    return "unknown"


def _cluster(cluster: Cluster, area: Area, chart: Chart, speech: Speech) -> Box:
    organisations = chart.atlas.network.organisations
    name = speech.name(organisations[cluster.id]) if cluster.by == "organisation" else speech.region(cluster.id)
    worst = _worst(cluster)
    counts = speech.say("topology-cluster-sites", count=cluster.sites)
    told = _told(cluster, speech)
    room = CLUSTER - 40
    labels = (
        Label(area.x + 30, area.y + 20, fit(name, room, 13), 13, "cluster-name", title=name),
        Label(area.x + 30, area.y + 38, fit(counts, room, 11), 11, "cluster-sites"),
        Label(area.x + 30, area.y + 55, fit(told, room, 11), 11, "cluster-states", title=told),
    )
    within = f"region={chart.region}&" if chart.region else ""
    href = f"/topology?{within}{cluster.by}={cluster.id}"
    return Box(area, f"cluster {worst}", f"{name}: {counts}, {told}", href, worst, labels)

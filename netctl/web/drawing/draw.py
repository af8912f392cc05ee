"""A chart → a drawing. The same chart always gives the same drawing."""

from __future__ import annotations

from netctl.control.pages.topology import Chart
from netctl.web.drawing import backbone, edge
from netctl.web.drawing.nouns import Drawing
from netctl.web.drawing.speech import Speech

WIDTH = 1120


def draw(chart: Chart, speech: Speech) -> Drawing:
    """Where everything of the map stands."""
    drawing = Drawing(WIDTH)
    bottom = backbone.backbone(drawing, chart.centres, chart.links, speech)
    centres = sorted(chart.atlas.network.centres.values(), key=lambda centre: centre.number)
    if chart.sites:
        bottom = edge.sites(drawing, chart, centres, bottom, speech)
    if chart.clusters:
        bottom = edge.clusters(drawing, chart, bottom, speech)
    drawing.height = bottom + 12
    return drawing

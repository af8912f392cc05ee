"""Pictures as plain figures: where every box, wire and word of the map stands. Templates write them as SVG."""

from netctl.web.drawing.draw import draw
from netctl.web.drawing.nouns import Box, Drawing, Label, Wire
from netctl.web.drawing.spark import Spark, spark

__all__ = ["Box", "Drawing", "Label", "Spark", "Wire", "draw", "spark"]

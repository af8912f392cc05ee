"""Health over time: the graphs of one router, the numbers that a plot draws, and what the tables beside them say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from netctl.control.device_page import SPANS
from netctl.model.moments import read_moment
from netctl.model.watch import Point
from netctl.web import naming
from netctl.web.drawing import Spark, spark

DEFAULT_SPAN = "day"


@dataclass(frozen=True, slots=True)
class Plot:
    """One graph: the metrics it shows, how a value is said, and the bounds it always has."""

    name: str
    metrics: tuple[str, ...]
    say: Callable[[float], str]
    low: float | None = 0.0
    high: float | None = None


def _percent(value: float) -> str:
    return naming.share(value)


def _count(value: float) -> str:
    return f"{value:.0f}"


PLOTS = (
    Plot("reachable", ("reachable",), _percent, high=1.0),
    Plot("cpu", ("cpu",), _percent, high=1.0),
    Plot("memory", ("memory",), _percent, high=1.0),
    Plot("clock", ("clock_offset",), naming.offset, low=None),
    Plot("sessions", ("sessions_up", "sessions_down"), _count),
    Plot("received", ("rx:",), naming.rate),
    Plot("sent", ("tx:",), naming.rate),
)


@dataclass(frozen=True, slots=True)
class Graph:
    """One metric over time: a small drawing, and its least, greatest and last value in words."""

    plot: str
    metric: str
    port: str  # for traffic
    spark: Spark
    least: str
    greatest: str
    last: str


def graphs(points: Sequence[Point]) -> tuple[Graph, ...]:
    """A graph for each metric there is, in the order of `PLOTS`; a gap where nothing was seen."""
    known = dict.fromkeys(metric for point in points for metric in point.values)
    return tuple(
        graph
        for plot in PLOTS
        for wanted in plot.metrics
        for metric in known
        if (metric.startswith(wanted) if wanted.endswith(":") else metric == wanted)
        if (graph := _graph(plot, metric, points)) is not None
    )


def series(points: Sequence[Point]) -> dict[str, Any]:
    """Moments and values of all metrics, as uPlot takes them; `null` is a gap."""
    known = sorted({metric for point in points for metric in point.values})
    return {
        "moments": [round(read_moment(point.at).timestamp()) for point in points],
        "metrics": {metric: [point.values.get(metric) for point in points] for metric in known},
    }


def span_asked(text: str) -> str:
    """A span there is; a day for anything else."""
    return text if text in SPANS else DEFAULT_SPAN


def _graph(plot: Plot, metric: str, points: Sequence[Point]) -> Graph | None:
    values = [(read_moment(point.at).timestamp(), point.values.get(metric)) for point in points]
    drawn = spark(values, low=plot.low, high=plot.high)
    if drawn is None:
        return None
    known = [value for _, value in values if value is not None]
    port = metric.partition(":")[2]
    return Graph(plot.name, metric, port, drawn, plot.say(min(known)), plot.say(max(known)), plot.say(drawn.last))

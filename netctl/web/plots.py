"""Health over time: the graphs of one router, the numbers that a plot draws, and what the tables beside them say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from netctl.control.pages.device_page import SPANS
from netctl.control.pages.device_parts import Port
from netctl.model.moments import read_moment
from netctl.model.watch import Point
from netctl.web import naming
from netctl.web.drawing import Spark, spark
from netctl.web.words import t

DEFAULT_SPAN = "day"
MOST_PORTS = 8
"""Ports whose traffic is drawn: a core has a thousand."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One graph: its metrics, how a value is said, and the bounds it always has."""

    kind: str
    metrics: tuple[str, ...]
    say: Callable[[float], str]
    low: float | None = 0.0
    high: float | None = None
    port: str = ""

    @property
    def title(self) -> str:
        """What it shows."""
        return t("devices-plot-traffic", port=self.port) if self.port else t(f"devices-plot-{self.kind}")


def _count(value: float) -> str:
    return f"{value:.0f}"


_OF_EVERY_ROUTER = (
    Plot("reachable", ("reachable",), naming.share, high=1.0),
    Plot("sessions", ("sessions_up", "sessions_down"), _count),
    Plot("cpu", ("cpu",), naming.share, high=1.0),
    Plot("memory", ("memory",), naming.share, high=1.0),
    Plot("clock", ("clock_offset",), naming.offset, low=None),
)


@dataclass(frozen=True, slots=True)
class Trace:
    """One metric of a graph: a drawing of it, and its least, greatest and last value in words."""

    metric: str
    name: str
    spark: Spark
    least: str
    greatest: str
    last: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A plot with its traces, on one scale."""

    plot: Plot
    traces: tuple[Trace, ...]


def plots_of(ports: Iterable[Port]) -> tuple[Plot, ...]:
    """The plots of a router: what every router has, and the traffic of its lines, the backbone's first."""
    found = [port for port in ports if port.line or port.kind == "lan"]
    found.sort(
        key=lambda port: ("backbone", "access", "lan").index(port.kind) if port.line or port.kind == "lan" else 9
    )
    traffic = (Plot("traffic", (f"rx:{each.name}", f"tx:{each.name}"), naming.rate, port=each.name) for each in found)
    return (*_OF_EVERY_ROUTER, *list(traffic)[:MOST_PORTS])


def graphs(plots: Iterable[Plot], points: Sequence[Point]) -> tuple[Graph, ...]:
    """The plots that have something to show; a gap where nothing was seen."""
    moments = [read_moment(point.at).timestamp() for point in points]
    made = (Graph(plot, tuple(_traces(plot, moments, points))) for plot in plots)
    return tuple(graph for graph in made if graph.traces)


def series(plots: Iterable[Plot], points: Sequence[Point]) -> dict[str, Any]:
    """Moments and values, as uPlot takes them; `null` is a gap."""
    metrics = [metric for plot in plots for metric in plot.metrics]
    return {
        "moments": [round(read_moment(point.at).timestamp()) for point in points],
        "metrics": {metric: [point.values.get(metric) for point in points] for metric in metrics},
    }


def span_asked(text: str) -> str:
    """A span there is; a day for anything else."""
    return text if text in SPANS else DEFAULT_SPAN


def _traces(plot: Plot, moments: Sequence[float], points: Sequence[Point]) -> Iterable[Trace]:
    columns: Mapping[str, list[float | None]] = {
        metric: [point.values.get(metric) for point in points] for metric in plot.metrics
    }
    known = [value for column in columns.values() for value in column if value is not None]
    bounds = [bound for bound in (plot.low, plot.high) if bound is not None]
    for metric, column in columns.items():
        if not known:
            return
        low, high = min([*known, *bounds]), max([*known, *bounds])
        drawn = spark(list(zip(moments, column, strict=True)), low=low, high=high)
        if drawn is not None:
            own = [value for value in column if value is not None]
            name = t(f"devices-trace-{metric.partition(':')[0].replace('_', '-')}")
            yield Trace(metric, name, drawn, plot.say(min(own)), plot.say(max(own)), plot.say(drawn.last))

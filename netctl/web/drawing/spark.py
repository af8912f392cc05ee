"""A small graph that needs no JavaScript: one line over time, with what it shows in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 240, 48


@dataclass(frozen=True, slots=True)
class Spark:
    """SVG paths, a piece for each stretch without a gap; `low` and `high` are the values at the edges."""

    pieces: tuple[str, ...]
    low: float
    high: float
    last: float


def spark(
    points: Sequence[tuple[float, float | None]], *, low: float | None = None, high: float | None = None
) -> Spark | None:
    """The graph of (moment, value) in order of time; `None` ends a piece. Nothing where there is no value.

    `low` and `high` are bounds the graph always shows; values beyond them move the bounds.
    """
    values = [value for _, value in points if value is not None]
    if not values:
        return None
    bottom = min([*values, *(() if low is None else (low,))])
    top = max([*values, *(() if high is None else (high,))])
    first, span = points[0][0], (points[-1][0] - points[0][0]) or 1.0
    height = (top - bottom) or 1.0
    pieces: list[list[str]] = [[]]
    for at, value in points:
        if value is None:
            pieces.append([])
            continue
        x, y = WIDTH * (at - first) / span, 2 + (HEIGHT - 4) * (1 - (value - bottom) / height)
        pieces[-1].append(f"{x:.1f},{y:.1f}")
    return Spark(tuple(_path(piece) for piece in pieces if piece), bottom, top, values[-1])


def _path(piece: list[str]) -> str:
    if len(piece) == 1:
        return f"M{piece[0]}h0.1"  # a single point is a dot
    return f"M{piece[0]}L" + " ".join(piece[1:])

"""Metrics over time: every look for some hours, means over five minutes for some days, over an hour for a year.

A point is one row: a number that stands for the names of its metrics, and their values as 32-bit floats. Names are few:
routers of one kind have the same ports.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from netctl.model.moments import Clock, read_moment, stamp
from netctl.model.watch import Point
from netctl.store.packing import pack_values, unpack_values
from netctl.store.tables import watch as tables

STEPS = (0, 300, 3600)  # seconds a point stands for, from fine to coarse; 0 for single looks
_MANY = 500  # moments in one query
_MOST_SLOTS = 24  # means made at once, after a pause

_Edge = Literal["first", "last"]

# Asked for every router's page, and therefore made once.
_BOUNDS: tuple[tuple[_Edge, Any], ...] = (("first", func.min), ("last", func.max))
_EDGES: dict[_Edge, Any] = {
    which: select(of(tables.points.c.at)).where(tables.points.c.step == bindparam("step")) for which, of in _BOUNDS
}
_ROUNDS = (
    select(tables.rounds.c.began_at)
    .where(tables.rounds.c.whole.is_(True))
    .where(tables.rounds.c.began_at >= bindparam("since"), tables.rounds.c.began_at < bindparam("until"))
    .order_by(tables.rounds.c.began_at)
)
_OWN = (
    select(tables.points.c.at, tables.points.c.metric_set, tables.points.c.content)
    .where(tables.points.c.step == bindparam("step"), tables.points.c.target == bindparam("target"))
    .where(tables.points.c.at.in_(bindparam("moments", expanding=True)))
    .order_by(tables.points.c.at)
)
_NAMES = select(tables.metric_sets)


class _Kept(NamedTuple):
    at: int  # milliseconds
    seconds: int
    values: dict[str, float]


class Points:
    """The points within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._sets: dict[str, int] = {}

    def text_before(self, seconds: int) -> str:
        """The moment so many seconds ago."""
        return stamp(self._clock() - timedelta(seconds=seconds))

    # ── written ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, at: str, values: Mapping[str, Mapping[str, float]]) -> None:
        """One look at many routers, by name."""
        self._insert(0, _milliseconds(at), values)

    def condense(self, raw: int, fine: int, coarse: int) -> None:
        """Make the means of all slots that are over, and drop what is older than so many seconds, step by step."""
        for finer, step in pairwise(STEPS):
            self._condense(finer, step)
        now = int(self._clock().timestamp() * 1000)
        points = tables.points.c
        for step, seconds in zip(STEPS, (raw, fine, coarse), strict=True):
            # What has not entered a mean yet stays, however old it is.
            until = min(now - seconds * 1000, self._condensed_until(step))
            self._connection.execute(delete(tables.points).where(points.step == step, points.at < until))

    def _condensed_until(self, step: int) -> int:
        coarser = next((other for other in STEPS if other > step), None)
        if coarser is None:
            return int(self._clock().timestamp() * 1000)
        last = self._edge(coarser, "last")
        return 0 if last is None else last + coarser * 1000

    def _condense(self, finer: int, step: int) -> None:
        size = step * 1000
        over = int(self._clock().timestamp() * 1000) // size * size
        last = self._edge(step, "last")
        first = self._edge(finer, "first") if last is None else last + size
        if first is None:
            return
        slot = first // size * size
        for _ in range(_MOST_SLOTS):
            found = self._next_at(finer, slot)  # a pause of the observer leaves no slots to make
            if found is None or found // size * size >= over:
                return
            slot = found // size * size
            self._insert(step, slot, self._means(finer, slot, slot + size))
            slot += size

    def _means(self, finer: int, since: int, until: int) -> dict[str, dict[str, float]]:
        points = tables.points.c
        names = self._names()
        query = select(points.target, points.metric_set, points.content).where(
            points.step == finer, points.at >= since, points.at < until
        )
        found: dict[str, list[tuple[int, tuple[float, ...]]]] = defaultdict(list)
        for target, metric_set, content in self._connection.execute(query):
            found[target].append((metric_set, unpack_values(content)))
        return {target: _mean((names[number], values) for number, values in rows) for target, rows in found.items()}

    def _insert(self, step: int, at: int, values: Mapping[str, Mapping[str, float]]) -> None:
        rows = [
            {
                "step": step,
                "at": at,
                "target": target,
                "metric_set": self._number(metrics),
                "content": pack_values(metrics.values()),
            }
            for target, metrics in values.items()
        ]
        if rows:
            self._connection.execute(insert(tables.points), rows)

    # ── read ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def of(self, target: str, since: str, until: str, most: int) -> tuple[Point, ...]:
        """One router's points, oldest first, as fine as `most` of them and the history allow."""
        begin = _milliseconds(since)
        end = _milliseconds(until) if until else int(self._clock().timestamp() * 1000) + 1
        found = self._as_fine(target, begin, end, most)
        if len(found) > most:
            found = _merged(found, most)
        return tuple(Point(_text(each.at), each.seconds, each.values) for each in found)

    def _as_fine(self, target: str, begin: int, end: int, most: int) -> list[_Kept]:
        """From the finest step that reaches back far enough with few enough points; its end from the finer ones."""
        oldest = {step: self._edge(step, "first") for step in STEPS}
        reach = min((at for at in oldest.values() if at is not None), default=None)
        if reach is None:
            return []
        for index, step in enumerate(STEPS):
            first = oldest[step]
            coarsest = step == STEPS[-1] or all(oldest[other] is None for other in STEPS[index + 1 :])
            if not coarsest and (first is None or first > max(begin, reach)):
                continue
            moments = self._moments(step, begin, end)
            if coarsest or len(moments) <= most:
                return self._read(target, step, moments) + self._rest(target, index, moments, begin, end)
        return []

    def _rest(self, target: str, index: int, moments: list[int], begin: int, end: int) -> list[_Kept]:
        """What is too young to have entered a mean of this step, as means of as many points as make one."""
        if index == 0:
            return []
        step = STEPS[index]
        since = moments[-1] + step * 1000 if moments else begin
        younger = self._moments(STEPS[index - 1], since, end)
        found = self._read(target, STEPS[index - 1], younger) + self._rest(target, index - 1, younger, since, end)
        slots = groupby(found, key=lambda each: each.at // (step * 1000))
        return [_one(list(group)) for _, group in slots]

    def _moments(self, step: int, begin: int, end: int) -> list[int]:
        """When there may be points: a router's own are then found without reading those of all others."""
        if step:
            size = step * 1000
            first, last = self._edge(step, "first"), self._edge(step, "last")
            if first is None or last is None:
                return []
            start = max(first, -(-begin // size) * size)
            return list(range(start, min(last + 1, end), size))
        rows = self._connection.execute(_ROUNDS, {"since": _text(begin), "until": _text(end)})
        return [_milliseconds(at) for at in rows.scalars()]

    def _read(self, target: str, step: int, moments: list[int]) -> list[_Kept]:
        names = self._names()
        found: list[_Kept] = []
        for start in range(0, len(moments), _MANY):
            asked = {"step": step, "target": target, "moments": moments[start : start + _MANY]}
            for at, number, content in self._connection.execute(_OWN, asked):
                found.append(_Kept(at, step, dict(_known(names[number], unpack_values(content)))))
        return found if step else _with_lengths(found)

    # ── what both need ───────────────────────────────────────────────────────────────────────────────────────────────

    def _edge(self, step: int, which: _Edge) -> int | None:
        found = self._connection.execute(_EDGES[which], {"step": step}).scalar()
        return None if found is None else int(found)

    def _next_at(self, step: int, at: int) -> int | None:
        points = tables.points.c
        query = select(func.min(points.at)).where(points.step == step, points.at >= at)
        found = self._connection.execute(query).scalar()
        return None if found is None else int(found)

    def _names(self) -> dict[int, tuple[str, ...]]:
        rows = self._connection.execute(_NAMES)
        return {number: _split(names) for number, names in rows}

    def _number(self, metrics: Mapping[str, float]) -> int:
        names = "\t".join(metrics)
        if not self._sets:
            rows = self._connection.execute(select(tables.metric_sets))
            self._sets = {row.names: row.number for row in rows}
        if names not in self._sets:
            number = max(self._sets.values(), default=0) + 1
            self._connection.execute(insert(tables.metric_sets).values(number=number, names=names))
            self._sets[names] = number
        return self._sets[names]


@lru_cache(maxsize=256)
def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split("\t"))


def _known(names: Iterable[str], values: Iterable[float]) -> Iterator[tuple[str, float]]:
    return ((name, value) for name, value in zip(names, values, strict=True) if not math.isnan(value))


def _mean(rows: Iterable[tuple[tuple[str, ...], tuple[float, ...]]]) -> dict[str, float]:
    """The mean of each metric over the rows that have it."""
    sums: dict[str, list[float]] = {}
    for names, values in rows:
        for name, value in _known(names, values):
            entry = sums.setdefault(name, [0.0, 0.0])
            entry[0] += value
            entry[1] += 1
    return {name: total / count for name, (total, count) in sorted(sums.items())}


def _one(points: list[_Kept]) -> _Kept:
    """Several points as one, whose values are means."""
    seconds = (points[-1].at - points[0].at) // 1000 + points[-1].seconds
    rows = ((tuple(each.values), tuple(each.values.values())) for each in points)
    return _Kept(points[0].at, seconds, _mean(rows))


def _merged(points: list[_Kept], most: int) -> list[_Kept]:
    """At most `most` points, each the mean of neighbours."""
    size = -(-len(points) // max(1, most))
    return [_one(points[start : start + size]) for start in range(0, len(points), size)]


def _with_lengths(points: list[_Kept]) -> list[_Kept]:
    """Single looks stand for the time until the next one; the last one as long as the one before."""
    gaps = [max(1, (after.at - before.at) // 1000) for before, after in pairwise(points)]
    gaps += [gaps[-1] if gaps else 1] if points else []
    return [each._replace(seconds=gap) for each, gap in zip(points, gaps, strict=True)]


def _milliseconds(at: str) -> int:
    return round(read_moment(at).timestamp() * 1000)


def _text(milliseconds: int) -> str:
    return stamp(datetime.fromtimestamp(milliseconds / 1000, UTC))

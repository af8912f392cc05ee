"""What Prometheus reads: the routers as the last round left them, and what the store knows of rounds and changes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import get_args

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from netctl.control.watching.freshness import stale
from netctl.control.watching.names_metrics import names_metrics
from netctl.control.watching.names_seen import is_stale
from netctl.model.change import ChangeState
from netctl.model.moments import Clock, now, read_moment
from netctl.model.names import NamesState
from netctl.model.plan import Severity
from netctl.model.watch import RoundMark
from netctl.store import Store

__all__ = ["metrics"]


def metrics(store: Store, *, full: bool = False, clock: Clock = now) -> str:
    """Prometheus' text format; `full` adds what few ask for, every port of every router with its counters.

    Routers and name servers are left out while nobody watches: what is old must not look new.
    """
    with store.reading() as books:
        mark = books.watch.round()
        _, packed = books.watch.exposition(2 if full else 1)
        figures = _Figures(mark, books.changes.tally(), books.audit.head().number, books.problems.tally())
        names_mark = books.names.mark()
        current = names_mark is not None and not is_stale(names_mark, clock())
        names = _Names(books.names.state(serials=full), full=full) if current else None
    registry = CollectorRegistry(auto_describe=False)
    registry.register(figures)
    if names is not None:
        registry.register(names)
    told = generate_latest(registry).decode()
    if mark is None or not packed or stale(mark.ended_at, mark, clock()):
        return told
    return told + b"".join(map(zlib.decompress, packed)).decode()


class _Figures(Collector):
    """What the store knows, as Prometheus' own client collects it."""

    def __init__(
        self, mark: RoundMark | None, changes: Mapping[ChangeState, int], entries: int, problems: Mapping[Severity, int]
    ) -> None:
        self._mark = mark
        self._changes = changes
        self._entries = entries
        self._problems = problems

    def collect(self) -> Iterable[Metric]:
        changes = GaugeMetricFamily("netctl_changes", "Changes, by state.", labels=["state"])
        for state in get_args(ChangeState):
            changes.add_metric([state], self._changes.get(state, 0))
        yield changes
        problems = GaugeMetricFamily("netctl_problems", "Open problems, by severity.", labels=["severity"])
        for severity in get_args(Severity):
            problems.add_metric([severity], self._problems.get(severity, 0))
        yield problems
        yield CounterMetricFamily("netctl_audit_entries", "Entries of the audit log.", value=self._entries)
        if self._mark is not None:
            yield from _of_round(self._mark)


class _Names(Collector):
    """What is known of name servers, while that is not old."""

    def __init__(self, state: NamesState, *, full: bool) -> None:
        self._state = state
        self._full = full

    def collect(self) -> Iterable[Metric]:
        yield from names_metrics(self._state, full=self._full)


def _of_round(mark: RoundMark) -> Iterable[Metric]:
    began, ended = read_moment(mark.began_at).timestamp(), read_moment(mark.ended_at).timestamp()
    yield CounterMetricFamily("netctl_rounds", "Rounds over the routers.", value=mark.number)
    yield GaugeMetricFamily("netctl_round_seconds", "How long the last round took.", value=ended - began)
    yield GaugeMetricFamily("netctl_round_ended_timestamp_seconds", "When the last round ended.", value=ended)
    yield GaugeMetricFamily("netctl_round_interval_seconds", "Time between two rounds.", value=mark.interval)
    yield GaugeMetricFamily("netctl_round_devices", "Routers looked at in the last round.", value=mark.targets)

"""What watching the network gives: how each router stands, since when and why, and what a person has to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from netctl.model.health import Observation
from netctl.model.plan import Severity

DeviceState = Literal["up", "degraded", "down", "unknown"]
ProblemState = Literal["open", "closed"]
SubjectKind = Literal["device", "line", "site", "group", "service"]
Drift = Literal["none", "drifted", "unknown"]

# What a service tile stands for, and in which order.
SERVICES = ("reachability", "routing", "first_hop", "lines", "time", "configuration")
STALE_AFTER = 2.5  # intervals of its round: what was seen longer ago than that is unknown
Service = Literal["reachability", "routing", "first_hop", "lines", "time", "configuration"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps a router from being well. `code` is stable (``WATCH-…``), `subject` a port or peer."""

    code: str
    service: Service
    severity: Severity
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Traffic of one port between its last two observations, in bit/s; `None` after a restart of the counters."""

    interface: str
    rx: float | None
    tx: float | None


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at one router: what was seen, or `error` where it did not answer."""

    target: str
    at: str  # RFC 3339, UTC
    seconds: float  # how long the look took
    observation: Observation | None
    error: str = ""
    drift: Drift = "unknown"  # "unknown" also where this look did not compare configurations
    drift_lines: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How one router stands. `state` has hysteresis; `since` is when it began.

    `tried_at` is the last look, `seen_at` the last one that was answered ("" for never). Whoever shows it must hold
    `tried_at` against the interval: what is old is unknown, whatever `state` says. `observation` and `rates` are only
    there where one router is asked for, not in lists.
    """

    target: str
    state: DeviceState
    since: str
    tried_at: str
    seen_at: str
    reasons: tuple[Reason, ...]
    version: str = ""
    drift: Drift = "unknown"
    drift_lines: int = 0
    drift_at: str = ""  # when the configuration was compared last
    clock_offset: float | None = None
    observation: Observation | None = None
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True)
class Trail:
    """A standing, and what was seen lately that has not changed it yet.

    `counts` says for how many looks in a row something was there that the standing does not show, or not there that it
    shows; its keys are code and subject, such as ``WATCH-BGP 3fff:400::1``.
    """

    standing: Standing
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RoundMark:
    """One round over the routers, when it was over. `interval` is the time between two rounds, in seconds."""

    number: int
    began_at: str
    ended_at: str
    interval: float
    targets: int  # how many were looked at


@dataclass(frozen=True, slots=True)
class Point:
    """The mean of what one router showed in the `seconds` from `at`; the keys of `values` are metric names.

    Metrics: ``reachable`` (0 to 1), ``cpu``, ``memory`` (0 to 1), ``clock_offset`` (s), ``sessions_up``,
    ``sessions_down``, ``rx:PORT`` and ``tx:PORT`` (bit/s), ``look`` (seconds a look took).
    """

    at: str
    seconds: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Episode:
    """One router in one state for a while; `until` is "" while it lasts."""

    target: str
    state: DeviceState
    since: str
    until: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class KeptConfiguration:
    """What a router held from `at` on. `change` is the change that caused it, "" where netctl did not."""

    target: str
    at: str
    digest: str
    change: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody's word that they know of a problem and what they do about it."""

    user: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person has to look at, with everything that follows from it as `symptoms`.

    `key` says what it is about and stays the same while it lasts, so that one cause is one problem.
    """

    id: str  # "P-000001"
    key: str  # "line:rivers-hq:1", "device:rivers-hq-r1" …
    code: str
    service: Service
    severity: Severity
    kind: SubjectKind
    subject: str
    organisation: str  # "" where it is about the backbone
    detail: str
    symptoms: tuple[str, ...]  # of routers: "rivers-hq-r1 bgp 3fff:400::1 Idle"
    opened_at: str
    changed_at: str
    closed_at: str  # "" while it is open
    acknowledged: Acknowledgement | None = None
    silenced_until: str = ""
    symptom_count: int = 0  # in lists `symptoms` is left out, and this says how many there are


@dataclass(frozen=True, slots=True)
class Silence:
    """What matches makes no noise until `until`: `subject` is a router, site, line or ``*``; `code` is one or ``*``."""

    id: str  # "S-000001"
    subject: str
    code: str
    user: str
    reason: str
    at: str
    until: str
    ended_at: str = ""

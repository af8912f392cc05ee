"""Which pages people of an operation centre and of a change board look at, and how often."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Viewer:
    """Somebody who has signed in, and what they may see."""

    secret: str
    language: str
    sites: list[str]
    devices: list[str]
    scoped: bool
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A page; `weight` says how often it is asked for beside the others."""

    name: str
    weight: float
    path: Callable[[Viewer, random.Random], str]


def _fixed(path: str) -> Callable[[Viewer, random.Random], str]:
    return lambda _viewer, _dice: path


def _device(suffix: str = "") -> Callable[[Viewer, random.Random], str]:
    return lambda viewer, dice: f"/devices/{dice.choice(viewer.devices)}{suffix}"


def _any(*paths: str) -> Callable[[Viewer, random.Random], str]:
    return lambda _viewer, dice: dice.choice(paths)


def _review(viewer: Viewer, dice: random.Random) -> str:
    return f"/changes/{dice.choice(viewer.changes)}" if viewer.changes else "/changes"


def _large_review(viewer: Viewer, _dice: random.Random) -> str:
    return f"/changes/{viewer.changes[0]}" if viewer.changes else "/changes"


def _search(path: str) -> Callable[[Viewer, random.Random], str]:
    def asked(viewer: Viewer, dice: random.Random) -> str:
        number = int(dice.choice(viewer.sites).rpartition("-")[2])
        return f"{path}?q=" + dice.choice((f"site-{number:05d}", f"10.0.{number % 250}.1", f"{number}"))

    return asked


FILTERED = (
    "/devices?state=down",
    "/devices?state=degraded&region=east",
    "/devices?q=site-0012",
    "/devices?sort=-since",
    "/devices?page=30",
    "/devices?role=core&platform=frr",
)

PAGES = (
    Page("overview", 20, _fixed("/")),
    Page("overview, its parts", 24, _any("/overview/health", "/overview/health", "/overview/work")),
    Page("devices", 6, _fixed("/devices")),
    Page("devices, filtered", 12, _any(*FILTERED)),
    Page("a device", 20, _device()),
    Page("a device, its part", 10, _device("/now")),
    Page("a device, its plots", 6, _device("/health.json?span=3h")),
    Page("sites", 4, _any("/sites", "/sites?redundancy=one_router", "/sites?q=12")),
    Page("a site", 12, lambda viewer, dice: f"/sites/{dice.choice(viewer.sites)}"),
    Page("problems", 16, _any("/problems", "/problems?severity=high")),
    Page("changes", 10, _fixed("/changes")),
    Page("a review", 8, _review),
    Page("a review of 2,000", 4, _large_review),
    Page("topology", 8, _any("/topology", "/topology/map", "/topology?region=east")),
    Page("search", 10, _search("/search")),
    Page("search, suggestions", 10, _search("/search/suggestions")),
    Page("API", 16, _any("/api/v1/overview", "/api/v1/devices", "/api/v1/problems", "/api/v1/changes")),
    Page("marks", 3, _fixed("/live/marks?topics=watch,problems,changes")),
    Page("CSV of all devices", 1, _fixed("/devices.csv")),
)

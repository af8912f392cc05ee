"""Whether a line carries traffic, and how much of what it can carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from netctl.control.network.atlas import Line
from netctl.control.watching.watched import Watched
from netctl.model.watch import Standing

LineState = Literal["up", "down", "unknown"]
Redundancy = Literal["full", "one_router", "one_line", "cut_off", "unknown"]
Whole = Callable[[str], Standing | None]

MEGABIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Load:
    """Traffic of a line: bit/s each way and the share of its capacity; `None` where no counter tells."""

    to_b: float | None
    to_a: float | None
    capacity: int  # Mbit/s

    @property
    def share(self) -> float | None:
        """The busier way's share of the capacity, 0 to 1 and more."""
        shares = [share for share in (self.share_to_a, self.share_to_b) if share is not None]
        return max(shares, default=None)

    @property
    def share_to_a(self) -> float | None:
        """The share towards end `a`: for an access line, from the site."""
        return _share(self.to_a, self.capacity)

    @property
    def share_to_b(self) -> float | None:
        """The share towards end `b`: for an access line, to the site."""
        return _share(self.to_b, self.capacity)


@dataclass(frozen=True, slots=True)
class LineView:
    """A line, how it stands, and its load."""

    line: Line
    state: LineState
    load: Load


def line_state(line: Line, found: Watched) -> LineState:
    """Down where its ends do not hear each other on it; up where one of them answers and hears the other."""
    ends = (line.a.device, line.b.device)
    answering = [end for end in ends if found.state(end) in {"up", "degraded"}]
    if not answering:
        return "unknown"
    return "down" if line.id in found.cut or not found.dead.isdisjoint(ends) else "up"


def line_view(line: Line, found: Watched, whole: Whole) -> LineView:
    """The line with its load; `whole` gives a router's standing with its rates."""
    return LineView(line, line_state(line, found), _load(line, found, whole))


def redundancy(routers: Iterable[str], lines: Iterable[Line], found: Watched) -> Redundancy:
    """How many of a site's two ways out hold; a way is a router and the line on it."""
    gone = [router in found.dead and found.fresh(router) is not None for router in routers]
    ways = [line_state(line, found) for line in lines]
    dead = [router or way == "down" for router, way in zip(gone, ways, strict=True)]
    if all(dead):
        return "cut_off"
    if any(dead):
        return "one_router" if any(gone) else "one_line"
    return "unknown" if "unknown" in ways else "full"


def _load(line: Line, found: Watched, whole: Whole) -> Load:
    to_b: float | None = None
    to_a: float | None = None
    for end, mirrored in ((line.b, False), (line.a, True)):
        standing = whole(end.device) if found.fresh(end.device) is not None else None
        rates = next((rate for rate in standing.rates if rate.interface == end.port), None) if standing else None
        if rates is not None:
            rx, tx = (rates.tx, rates.rx) if mirrored else (rates.rx, rates.tx)
            to_b, to_a = (rx if to_b is None else to_b), (tx if to_a is None else to_a)
        if to_b is not None and to_a is not None:
            break  # a core holds the rates of a thousand ports: it is asked only where the site's router says nothing
    return Load(to_b, to_a, line.capacity)


def _share(rate: float | None, capacity: int) -> float | None:
    return None if rate is None or not capacity else rate / (capacity * MEGABIT)

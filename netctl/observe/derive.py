"""How a router stands after one more look: a reason is told after some looks in a row, and taken back after some.

What a look finds beside a reason whose time has come is told with it: a line that dies takes its sessions one by one,
and that is one story.

Looks that are not answered say nothing about sessions, ports or clocks: their reasons stay as they were, until the
router counts as unreachable and that is the only reason left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from netctl.model.plan import Severity
from netctl.model.watch import DeviceState, Drift, Reason, Sample, Standing, Trail
from netctl.observe.expect import Expected
from netctl.observe.rates import rates
from netctl.observe.reasons import UNREACHABLE, Mate, reasons

_HURTS: tuple[Severity, ...] = ("medium", "high")


class Hysteresis(NamedTuple):
    """How many looks in a row it takes to tell a reason, and to take it back."""

    down_after: int = 2
    up_after: int = 2


def derive(before: Trail | None, sample: Sample, expected: Expected, mate: Mate, hysteresis: Hysteresis) -> Trail:
    """The standing after `sample`, and what may change it next. The first look that is answered counts at once."""
    old = before.standing if before is not None else None
    drift, drift_lines, drift_at = _drift(old, sample)
    found = reasons(old, sample, expected, mate, drift_lines)
    told, counts = _weighed(before, {_key(each): each for each in found}, sample, hysteresis)
    state = _state(told, old, sample)
    moved = old is None or state != old.state
    standing = Standing(
        target=sample.target,
        state=state,
        since=sample.at if moved or old is None else old.since,
        tried_at=sample.at,
        seen_at=sample.at if sample.observation is not None else old.seen_at if old is not None else "",
        reasons=told,
        drift=drift,
        drift_lines=drift_lines,
        drift_at=drift_at,
    )
    return Trail(_with_sight(standing, old, sample), counts)


def settled(trail: Trail) -> bool:
    """True where nothing was seen lately that the standing does not show."""
    return not trail.counts and trail.standing.state != "unknown"


def _with_sight(standing: Standing, old: Standing | None, sample: Sample) -> Standing:
    """What was seen: now, or last."""
    seen = sample.observation
    if seen is not None:
        offset = seen.clock.offset if seen.clock is not None else None
        return replace(standing, version=seen.version, clock_offset=offset, observation=seen, rates=rates(old, sample))
    if old is None:
        return standing
    return replace(standing, version=old.version, clock_offset=old.clock_offset, observation=old.observation)


def _drift(old: Standing | None, sample: Sample) -> tuple[Drift, int, str]:
    if sample.drift != "unknown":
        return sample.drift, sample.drift_lines, sample.at
    return ("unknown", 0, "") if old is None else (old.drift, old.drift_lines, old.drift_at)


def _weighed(
    before: Trail | None, found: Mapping[str, Reason], sample: Sample, hysteresis: Hysteresis
) -> tuple[tuple[Reason, ...], dict[str, int]]:
    """The reasons that are told now, and for how many looks in a row others have contradicted them."""
    answered = sample.observation is not None
    if answered and (before is None or before.standing.state == "unknown"):
        return tuple(found.values()), {}
    told = {_key(each): each for each in before.standing.reasons} if before is not None else {}
    counts = dict(before.counts) if before is not None else {}
    ripe = any(key not in told and counts.get(key, 0) + 1 >= hysteresis.down_after for key in found)
    for key, reason in found.items():
        if key in told or ripe:
            counts.pop(key, None)
            told[key] = reason  # what it says may have changed
        else:
            counts[key] = counts.get(key, 0) + 1
    if UNREACHABLE in told and UNREACHABLE in found:
        return (told[UNREACHABLE],), {}
    if answered:
        _take_back(told, counts, found, hysteresis)
    return tuple(told.values()), counts


def _take_back(
    told: dict[str, Reason], counts: dict[str, int], found: Mapping[str, Reason], hysteresis: Hysteresis
) -> None:
    """Drop what has not been found for long enough; while something else is about to be told, nothing gets better."""
    rising = any(key in found and key not in told and found[key].severity in _HURTS for key in counts)
    for key in [key for key in counts if key not in found and key not in told]:
        del counts[key]
    for key in [key for key in told if key not in found]:
        seen = counts.get(key, 0) + 1
        if seen < hysteresis.up_after or (rising and told[key].severity in _HURTS):
            counts[key] = seen
        else:
            counts.pop(key, None)
            del told[key]


def _state(told: tuple[Reason, ...], old: Standing | None, sample: Sample) -> DeviceState:
    if any(reason.code == UNREACHABLE for reason in told):
        return "down"
    if sample.observation is None and (old is None or old.state == "unknown"):
        return "unknown"
    return "degraded" if any(reason.severity in _HURTS for reason in told) else "up"


def _key(reason: Reason) -> str:
    return f"{reason.code} {reason.subject}".rstrip()

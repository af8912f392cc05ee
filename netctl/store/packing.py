"""What watching keeps as one value: observations and reasons as JSON, metrics as 32-bit floats. Pure."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from netctl.model.health import Clock, Health, Interface, Observation, Session, VrrpStatus
from netctl.model.watch import Rate, Reason

Look = tuple[Observation | None, tuple[Rate, ...]]


def pack_look(observation: Observation | None, rates: Collection[Rate]) -> bytes:
    """What was seen last, and the rates that follow from it; nouns are lists, in the order of their fields."""
    return _json([observation, [(rate.interface, rate.rx, rate.tx) for rate in rates]]).encode()


def unpack_look(content: bytes) -> Look:
    """What `pack_look` was given; nothing was seen where another netctl wrote it in a form that is not known here."""
    try:
        observation, rates = msgspec.json.decode(content)
        return (_observation(observation) if observation else None), tuple(Rate(*rate) for rate in rates)
    except (TypeError, ValueError, msgspec.DecodeError):
        return None, ()


def _observation(data: Sequence[Any]) -> Observation:
    health, interfaces, cpu, memory, clock, *rest = data
    target, sessions, vrrp, down = health
    return Observation(
        Health(
            target,
            tuple(Session(*session) for session in sessions),
            tuple(VrrpStatus(*status) for status in vrrp),
            tuple(down),
        ),
        tuple(Interface(*interface) for interface in interfaces),
        cpu,
        memory,
        None if clock is None else Clock(*clock),
        *rest,
    )


def pack_reasons(reasons: Collection[Reason]) -> str:
    """Reasons as JSON; "" for none, which most routers have."""
    if not reasons:
        return ""
    return _json([(each.code, each.service, each.severity, each.subject, each.detail) for each in reasons])


def unpack_reasons(text: str) -> tuple[Reason, ...]:
    """What `pack_reasons` was given."""
    return tuple(Reason(*each) for each in json.loads(text)) if text else ()


def pack_counts(counts: Mapping[str, int]) -> str:
    """Counts as JSON; "" for none."""
    return _json(dict(counts)) if counts else ""


def unpack_counts(text: str) -> dict[str, int]:
    """What `pack_counts` was given."""
    return json.loads(text) if text else {}


def pack_values(values: Collection[float]) -> bytes:
    """Metrics as 32-bit floats; one that cannot be said in so few bits is none."""
    return struct.pack(f"<{len(values)}f", *(value if abs(value) < 3e38 else math.nan for value in values))


def unpack_values(content: bytes) -> tuple[float, ...]:
    """What `pack_values` was given, rounded to seven digits."""
    return struct.unpack(f"<{len(content) // 4}f", content)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""Serials stand on a circle (RFC 1982)."""

from __future__ import annotations

from collections.abc import Iterable

_ALL = 0xFFFFFFFF
_HALF = 1 << 31


def next_serial(serial: int, steps: int = 1) -> int:
    """The serial `steps` later; 0 is left out, which some servers take for "none"."""
    later = serial
    for _ in range(steps):
        later = (later + 1) & _ALL or 1
    return later


def rises(serial: int, other: int) -> bool:
    """`other` is later than `serial` (RFC 1982 section 3.2)."""
    return 0 < (other - serial) & _ALL < _HALF


def above(serial: int, others: Iterable[int], leap: int = 1) -> tuple[int, ...]:
    """The serials to go through, one update each, to one that is later than `serial` and than all `others`.

    It is at least `leap` later than each of those that are ahead: numbers that somebody may have given out unseen are
    not given out again. Less where one that is far behind would no longer see it as later.
    """
    away = [(other - serial) & _ALL for other in others]
    furthest = max((each for each in away if each <= _HALF), default=0)
    room = min((each - _HALF for each in away if each > _HALF), default=_ALL) - 1
    distance = max(furthest + 1, min(furthest + leap, room))
    path = []
    while distance > 0:
        step = min(distance, _HALF - 1)
        serial = (serial + step) & _ALL or 1
        path.append(serial)
        distance -= step
    return tuple(path)


def serial_of(soa: bytes) -> int:
    """The serial in an SOA's data: it stands before the four timers (RFC 1035 section 3.3.13)."""
    return int.from_bytes(soa[-20:-16], "big")

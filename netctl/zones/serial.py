"""Serials stand on a circle (RFC 1982)."""

from __future__ import annotations

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


def serial_of(soa: bytes) -> int:
    """The serial in an SOA's data: it stands before the four timers (RFC 1035 section 3.3.13)."""
    return int.from_bytes(soa[-20:-16], "big")

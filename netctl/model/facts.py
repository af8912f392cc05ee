"""What a router says it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """Facts in NAPALM's names. What a router does not tell is "" or, of the uptime, None; nothing is guessed."""

    hostname: str
    vendor: str
    model: str
    serial_number: str
    os_version: str
    uptime: int | None  # seconds since it started

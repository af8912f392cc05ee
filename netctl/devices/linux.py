"""What a Linux box tells of its ports, processors, memory and age. Pure: texts in; what is not told is None."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from netctl.errors import ReplyMalformed
from netctl.model.health import Interface

_TICKS = 100  # USER_HZ: what /proc counts time in, on every platform Debian has
_SPEED = re.compile(r"^/sys/class/net/([^/]+)/speed:(\d+)$", re.MULTILINE)  # -1 is not matched: not known
_MEMORY = re.compile(r"^(MemTotal|MemAvailable):\s+(\d+) kB$", re.MULTILINE)


def interfaces(name: str, links: str, speeds: str, known: Mapping[str, bool]) -> tuple[Interface, ...]:
    """All ports by name, from ``ip -j -s link`` and sysfs; `known` are those of FRR and whether they are up.

    A port that is configured but not there is listed as down. Raises `ReplyMalformed` where `links` is not JSON.
    """
    rates = {port: int(speed) for port, speed in _SPEED.findall(speeds)}
    found = {entry["ifname"]: _interface(entry, rates) for entry in _entries(name, links)}
    missing = {port: Interface(port, up, None) for port, up in known.items() if port not in found}
    return tuple(one for _, one in sorted((found | missing).items()))


def load(text: str, processors: str) -> float | None:
    """The load of the last minute per processor, 1 at most, from ``/proc/loadavg`` and ``nproc``."""
    try:
        return min(1.0, float(text.split(maxsplit=1)[0]) / int(processors))
    except (ValueError, IndexError, ZeroDivisionError):
        return None


def memory(text: str) -> float | None:
    """The share of memory that is in use and could not be given away at once, from ``/proc/meminfo``."""
    found = {key: int(size) for key, size in _MEMORY.findall(text)}
    if not found.get("MemTotal") or "MemAvailable" not in found:
        return None
    return max(0.0, 1 - found["MemAvailable"] / found["MemTotal"])


def uptime(kernel: str, first_process: str) -> float | None:
    """Seconds since the box started: its first process, from ``/proc/uptime`` and what follows the name in its stat."""
    try:
        running = float(kernel.split(maxsplit=1)[0])
        return max(0.0, running - int(first_process.split()[19]) / _TICKS)
    except (ValueError, IndexError):
        return None


def _entries(name: str, links: str) -> Iterable[dict[str, Any]]:
    if not links.strip():
        return ()
    try:
        entries = json.loads(links)
        return [entry for entry in entries if entry.get("ifname")]
    except (ValueError, AttributeError, TypeError) as error:
        raise ReplyMalformed(f"`ip -j -s link` is not what it should be: {links.strip()[:80]!r}", where=name) from error


def _interface(entry: Mapping[str, Any], rates: Mapping[str, int]) -> Interface:
    counted = entry.get("stats64", {})
    rx, tx = counted.get("rx", {}), counted.get("tx", {})
    return Interface(
        name=entry["ifname"],
        up={"UP", "LOWER_UP"} <= set(entry.get("flags", ())),
        speed=rates.get(entry["ifname"]),
        rx_bytes=rx.get("bytes"),
        tx_bytes=tx.get("bytes"),
        rx_errors=rx.get("errors"),
        tx_errors=tx.get("errors"),
        rx_dropped=rx.get("dropped"),
        tx_dropped=tx.get("dropped"),
    )

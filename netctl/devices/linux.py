"""What a Linux box tells of its ports, processors, memory and age. Pure: texts in; what is not told is None."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from netctl.errors import ReplyMalformed
from netctl.model.health import Interface

_TICKS = 100  # USER_HZ: what /proc counts time in, on every platform Debian has
_VIRTUAL_ROUTER = ("00:00:5e:00:01:", "00:00:5e:00:02:")  # RFC 9568 section 7.3
_SPEED = re.compile(r"^/sys/class/net/([^/]+)/speed:(\d+)$", re.MULTILINE)  # -1 is not matched: not known
_MEMORY = re.compile(r"^(MemTotal|MemAvailable):\s+(\d+) kB$", re.MULTILINE)


class _Counted(msgspec.Struct):
    """One direction's counters."""

    bytes: int | None = None
    errors: int | None = None
    dropped: int | None = None


class _Counters(msgspec.Struct):
    """Both directions'."""

    rx: _Counted = msgspec.field(default_factory=_Counted)
    tx: _Counted = msgspec.field(default_factory=_Counted)


class _Link(msgspec.Struct):
    """What is read of one port of ``ip -j -s link``."""

    ifname: str = ""
    address: str = ""
    flags: list[str] = []
    stats64: _Counters = msgspec.field(default_factory=_Counters)


# Made here, once: msgspec crashes where two threads teach it the same type at once, and looks are made side by side.
_LINKS = msgspec.json.Decoder(list[_Link])


def interfaces(name: str, links: str, speeds: str, known: Mapping[str, bool]) -> tuple[Interface, ...]:
    """All ports by name, from ``ip -j -s link`` and sysfs; `known` are those of FRR and whether they are up.

    A port that is configured but not there is listed as down. Those that virtual routers live on are left out: they are
    no ports of the box, a backup's is held down on purpose, and their roles are told elsewhere. Raises
    `ReplyMalformed` where `links` is not JSON.
    """
    rates = {port: int(speed) for port, speed in _SPEED.findall(speeds)}
    entries = _entries(name, links)
    told = {entry.ifname for entry in entries}
    ports = [entry for entry in entries if entry.ifname and not entry.address.startswith(_VIRTUAL_ROUTER)]
    missing = [Interface(port, up, None) for port, up in known.items() if port not in told]
    return tuple(sorted([*(_interface(port, rates.get(port.ifname)) for port in ports), *missing]))


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


def _entries(name: str, links: str) -> list[_Link]:
    if not links.strip():
        return []
    try:
        return _LINKS.decode(links)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise ReplyMalformed(f"`ip -j -s link` is not what it should be: {links.strip()[:80]!r}", where=name) from error


def _interface(entry: _Link, speed: int | None) -> Interface:
    rx, tx = entry.stats64.rx, entry.stats64.tx
    return Interface(
        name=entry.ifname,
        up={"UP", "LOWER_UP"} <= set(entry.flags),
        speed=speed,
        rx_bytes=rx.bytes,
        tx_bytes=tx.bytes,
        rx_errors=rx.errors,
        tx_errors=tx.errors,
        rx_dropped=rx.dropped,
        tx_dropped=tx.dropped,
    )

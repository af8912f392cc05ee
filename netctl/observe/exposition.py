"""What Prometheus reads of the routers, in its text format 0.0.4.

Written once a round, by whoever watches: 6,000 routers make 300,000 lines, which no request may have to make. Most of
them nobody asks for, so there are two parts: what alerts and graphs of a whole network are made of, and the rest. No
family is in both, so that the two together are a text as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from netctl.model.health import Interface, Observation
from netctl.model.moments import read_moment
from netctl.model.network import Network
from netctl.model.watch import Standing
from netctl.observe.topology import Topology

_USUAL = {
    "netctl_device_up": ("gauge", "1 while the router answers."),
    "netctl_device_degraded": ("gauge", "1 while something hurts the router's traffic or its redundancy."),
    "netctl_device_reasons": ("gauge", "What keeps the router from being well, by code; nothing where all is."),
    "netctl_device_sessions": ("gauge", "Routing sessions, by whether they are up."),
    "netctl_device_cpu_ratio": ("gauge", "Busy share of the processors."),
    "netctl_device_memory_ratio": ("gauge", "Share of the memory in use."),
    "netctl_device_drift_lines": ("gauge", "Lines that differ from what is declared; nothing where none does."),
    "netctl_clock_offset_seconds": ("gauge", "The clock's offset from its source."),
    "netctl_line_up": ("gauge", "1 while the port is up at every end of the line that answers."),
    "netctl_line_bits_per_second": ("gauge", "Traffic of the line, as its first end counts it."),
}
_REST = {
    "netctl_device_since_timestamp_seconds": ("gauge", "When the router's state began."),
    "netctl_device_seen_timestamp_seconds": ("gauge", "When the router answered last."),
    "netctl_device_info": ("gauge", "The router's platform, role and version."),
    "netctl_device_uptime_seconds": ("gauge", "How long the router has been running."),
    "netctl_clock_synchronised": ("gauge", "1 while the clock follows a source."),
    "netctl_sessions": ("gauge", "Routing sessions, by protocol and whether they are up."),
    "netctl_interface_up": ("gauge", "1 while the port is up."),
    "netctl_interface_bytes_total": ("counter", "Bytes the port has carried."),
    "netctl_interface_errors_total": ("counter", "Damaged frames."),
    "netctl_interface_dropped_total": ("counter", "Frames dropped."),
    "netctl_interface_bits_per_second": ("gauge", "Traffic between the last two looks."),
}

Line = tuple[str, str, float]  # family, labels as written, value


class Exposition(NamedTuple):
    """The text in two parts, each with families of its own."""

    usual: str
    rest: str


def exposition(network: Network, topology: Topology, standings: Iterable[Standing]) -> Exposition:
    """The text; routers that do not answer are in it as that, without what they showed last."""
    found: dict[str, list[str]] = {family: [] for family in (*_USUAL, *_REST)}
    answering: dict[str, Standing] = {}
    for standing in standings:
        for family, labels, value in _of(network, standing):
            found[family].append(f"{family}{{{labels}}} {value}\n")
        if _seen_now(standing) is not None:
            answering[standing.target] = standing
    for family, labels, value in _lines(topology, answering):
        found[family].append(f"{family}{{{labels}}} {value}\n")
    return Exposition(_text(_USUAL, found), _text(_REST, found))


def _text(families: Mapping[str, tuple[str, str]], found: Mapping[str, list[str]]) -> str:
    parts = []
    for family, (kind, told) in families.items():
        if found[family]:
            parts.append(f"# HELP {family} {told}\n# TYPE {family} {kind}\n")
            parts.extend(found[family])
    return "".join(parts)


def _seen_now(standing: Standing) -> Observation | None:
    """What the last look showed, `None` where that was not answered."""
    return standing.observation if standing.seen_at == standing.tried_at and standing.state != "unknown" else None


def _lines(topology: Topology, answering: Mapping[str, Standing]) -> Iterator[Line]:
    """Every line once: whether it is up as far as its ends tell, and its traffic in the names of its first end."""
    up: dict[str, bool] = {}
    for (device, port), line in topology.by_port.items():
        standing = answering.get(device)
        seen = _seen_now(standing) if standing is not None else None
        if standing is None or seen is None:
            continue
        name = f'line="{label(line)}"'
        for each in seen.interfaces:
            if each.name == port:
                up[line] = up.get(line, True) and each.up
        for rate in standing.rates:
            if rate.interface == port and device == topology.lines[line].a:
                yield from _both_ways("netctl_line_bits_per_second", name, rate.rx, rate.tx)
    for line, told in sorted(up.items()):
        yield ("netctl_line_up", f'line="{label(line)}"', int(told))


def label(value: str) -> str:
    """A label's value between its quotes."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _of(network: Network, standing: Standing) -> Iterator[Line]:
    device = network.devices.get(standing.target)
    if device is None or standing.state == "unknown":
        return
    name = f'device="{label(standing.target)}"'
    organisation = network.organisation_of(standing.target)
    where = f'{name},site="{label(device.site or device.centre)}",organisation="{label(organisation)}"'
    yield ("netctl_device_up", where, int(standing.state != "down"))
    yield ("netctl_device_degraded", name, int(standing.state == "degraded"))
    yield ("netctl_device_since_timestamp_seconds", name, _seconds(standing.since))
    if standing.seen_at:
        yield ("netctl_device_seen_timestamp_seconds", name, _seconds(standing.seen_at))
    about = f'{name},platform="{label(device.platform)}",role="{device.role}",version="{label(standing.version)}"'
    yield ("netctl_device_info", about, 1)
    for code, count in sorted(Counter(reason.code for reason in standing.reasons).items()):
        yield ("netctl_device_reasons", f'{name},code="{label(code)}"', count)
    if standing.drift == "drifted":
        yield ("netctl_device_drift_lines", name, standing.drift_lines)
    seen = _seen_now(standing)
    if seen is not None:
        yield from _seen(name, seen)
        for rate in standing.rates:
            yield from _both_ways(
                "netctl_interface_bits_per_second", f'{name},interface="{label(rate.interface)}"', rate.rx, rate.tx
            )


def _seen(name: str, seen: Observation) -> Iterator[Line]:
    figures: Mapping[str, float | None] = {
        "netctl_device_uptime_seconds": seen.uptime,
        "netctl_device_cpu_ratio": seen.cpu,
        "netctl_device_memory_ratio": seen.memory,
    }
    for family, value in figures.items():
        if value is not None:
            yield (family, name, value)
    if seen.clock is not None:
        yield ("netctl_clock_synchronised", name, int(seen.clock.synchronised))
        if seen.clock.offset is not None:
            yield ("netctl_clock_offset_seconds", name, seen.clock.offset)
    up = sum(session.up for session in seen.health.sessions)
    for state, count in (("up", up), ("down", len(seen.health.sessions) - up)):
        yield ("netctl_device_sessions", f'{name},state="{state}"', count)
    counted = Counter((session.protocol, session.up) for session in seen.health.sessions)
    for (protocol, up), count in sorted(counted.items()):
        yield ("netctl_sessions", f'{name},protocol="{protocol}",state="{"up" if up else "down"}"', count)
    for interface in seen.interfaces:
        yield from _port(f'{name},interface="{label(interface.name)}"', interface)


def _port(name: str, port: Interface) -> Iterator[Line]:
    yield ("netctl_interface_up", name, int(port.up))
    yield from _both_ways("netctl_interface_bytes_total", name, port.rx_bytes, port.tx_bytes)
    yield from _both_ways("netctl_interface_errors_total", name, port.rx_errors, port.tx_errors)
    yield from _both_ways("netctl_interface_dropped_total", name, port.rx_dropped, port.tx_dropped)


def _both_ways(family: str, name: str, received: float | None, sent: float | None) -> Iterator[Line]:
    for direction, value in (("receive", received), ("transmit", sent)):
        if value is not None:
            yield (family, f'{name},direction="{direction}"', value)


def _seconds(at: str) -> float:
    return read_moment(at).timestamp()

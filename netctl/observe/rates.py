"""What follows from two looks at the same counters: bit/s, and frames lost."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.model.health import Interface, Observation
from netctl.model.moments import read_moment
from netctl.model.watch import Rate, Sample, Standing

_BITS = 8


def rates(before: Standing | None, sample: Sample) -> tuple[Rate, ...]:
    """Traffic of every port since the look before; none without one, or where this one was not answered."""
    return tuple(
        Rate(
            now.name,
            _rate(then.rx_bytes, now.rx_bytes, seconds / _BITS),
            _rate(then.tx_bytes, now.tx_bytes, seconds / _BITS),
        )
        for then, now, seconds in _pairs(before, sample)
    )


def lost(before: Standing | None, sample: Sample) -> dict[str, float]:
    """Frames a second that each port dropped or found damaged since the look before, in both directions.

    Ports that are down, or were, are left out: what is sent to them is dropped, which is no news.
    """
    found = {}
    for then, now, seconds in _pairs(before, sample):
        if not (then.up and now.up):
            continue
        counters = (
            (then.rx_errors, now.rx_errors),
            (then.tx_errors, now.tx_errors),
            (then.rx_dropped, now.rx_dropped),
            (then.tx_dropped, now.tx_dropped),
        )
        found[now.name] = sum(_rate(old, new, seconds) or 0.0 for old, new in counters)
    return found


def _pairs(before: Standing | None, sample: Sample) -> Iterator[tuple[Interface, Interface, float]]:
    """Every port as it was and as it is, and the seconds between; nothing across a restart of the router."""
    if before is None or before.observation is None or sample.observation is None or not before.seen_at:
        return
    seconds = (read_moment(sample.at) - read_moment(before.seen_at)).total_seconds()
    if seconds <= 0 or _restarted(before.observation, sample.observation):
        return
    then = {interface.name: interface for interface in before.observation.interfaces}
    for interface in sample.observation.interfaces:
        if interface.name in then:
            yield then[interface.name], interface, seconds


def _restarted(before: Observation, now: Observation) -> bool:
    return before.uptime is not None and now.uptime is not None and now.uptime < before.uptime


def _rate(then: int | None, now: int | None, seconds: float) -> float | None:
    """Per second; `None` where the counter began anew."""
    if then is None or now is None or now < then:
        return None
    return (now - then) / seconds

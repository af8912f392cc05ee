"""What keeps one router from being well, as one look shows it. Pure, and without memory: hysteresis is `derive`'s.

Only what hurts traffic, or takes its way around away, is of medium severity or above; that makes a router degraded.
What is declared but not configured at all is of low severity: mostly it waits for its push.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from netctl.model.health import Health, Observation, VrrpStatus
from netctl.model.plan import Severity
from netctl.model.watch import Reason, Sample, Standing
from netctl.observe import limits
from netctl.observe.expect import Expected
from netctl.observe.rates import lost

UNREACHABLE = "WATCH-UNREACHABLE"


class Mate(NamedTuple):
    """What is known of the other router of the pair now; `health` is `None` where it did not answer."""

    health: Health | None = None
    version: str = ""
    platform: str = ""


def reasons(before: Standing | None, sample: Sample, expected: Expected, mate: Mate, drift_lines: int) -> list[Reason]:
    """All reasons of one look; `drift_lines` is what the last comparison of configurations found."""
    seen = sample.observation
    if seen is None:
        return [Reason(UNREACHABLE, "reachability", "high", "", sample.error or "no answer")]
    return [
        *_bgp(seen.health, expected),
        *_isis(seen.health, expected),
        *_bfd(seen.health),
        *_first_hop(seen.health, expected, mate),
        *_ports(seen, expected),
        *_errors(before, sample, expected),
        *_load(seen),
        *_clock(seen),
        *_configuration(seen, expected, mate, drift_lines),
    ]


def _bgp(health: Health, expected: Expected) -> Iterator[Reason]:
    if "bgp" not in expected.tells:
        return
    there = {session.peer: session for session in health.sessions if session.protocol == "bgp"}
    absent = _absent(there, expected.bgp)
    for address, far in expected.bgp.items():
        session = there.get(address)
        if session is None:
            yield Reason("WATCH-BGP", "routing", absent, address, f"no session with {far} ({address}) is configured")
        elif not session.up:
            yield Reason("WATCH-BGP", "routing", "medium", address, f"{far} ({address}) is {session.state}")


def _isis(health: Health, expected: Expected) -> Iterator[Reason]:
    if "isis" not in expected.tells:
        return
    there = {session.peer: session for session in health.sessions if session.protocol == "isis"}
    absent = _absent(there, (*expected.isis, *expected.isis.values()))
    for port, far in expected.isis.items():
        session = there.get(port) or there.get(far)
        if session is None:
            yield Reason("WATCH-ISIS", "routing", absent, port, f"no circuit on {port} to {far} is configured")
        elif not session.up:
            yield Reason("WATCH-ISIS", "routing", "medium", port, f"{far} on {port}: {session.state}")


def _bfd(health: Health) -> Iterator[Reason]:
    for session in health.sessions:
        if session.protocol == "bfd" and not session.up:
            detail = f"{session.peer} is {session.state}"
            yield Reason("WATCH-BFD", "routing", "medium", session.peer, detail)


def _first_hop(health: Health, expected: Expected, mate: Mate) -> Iterator[Reason]:
    if "vrrp" not in expected.tells:
        return
    here = _by_router(health)
    there = _by_router(mate.health) if mate.health is not None else {}
    absent = _absent(here, [(each.vrid, each.family) for each in expected.virtual_routers])
    for virtual in expected.virtual_routers:
        subject = f"{virtual.port} {virtual.vrid} IPv{virtual.family}"
        mine, theirs = here.get((virtual.vrid, virtual.family)), there.get((virtual.vrid, virtual.family))
        severity, detail = _mastery(mine, theirs, expected.mate, wins=virtual.wins)
        if mine is None:
            severity = absent
        if detail:
            yield Reason("WATCH-VRRP", "first_hop", severity, subject, detail)


def _mastery(mine: VrrpStatus | None, theirs: VrrpStatus | None, mate: str, *, wins: bool) -> tuple[Severity, str]:
    """What is wrong with who forwards for a LAN; said by one router of the pair, which answered."""
    role = theirs.role if theirs is not None else "unknown"
    if mine is None:
        return "medium", "the virtual router does not run here"
    if mine.role == "initialize":
        return "medium", "the virtual router takes no part"
    if mine.role == "master" and role == "master":
        return ("low", "") if wins else ("high", f"two masters: {mate} is master as well")
    if mine.role == "backup" and role in ("backup", "initialize"):
        return ("high", f"no master: {mate} is {role} as well") if wins else ("low", "")
    if mine.role == "master" and not wins:
        return "medium", f"master in place of {mate}"
    return "low", ""


def _ports(seen: Observation, expected: Expected) -> Iterator[Reason]:
    if "ports" not in expected.tells:
        return
    up = {interface.name: interface.up for interface in seen.interfaces}
    up |= dict.fromkeys(seen.health.interfaces_down, False)
    absent = _absent(up, expected.ports)
    for port in expected.ports:
        if port not in up:
            if seen.interfaces:
                yield Reason("WATCH-PORT", "lines", absent, port, f"{port} is not there")
        elif not up[port]:
            yield Reason("WATCH-PORT", "lines", "medium", port, f"{port} is down")


def _errors(before: Standing | None, sample: Sample, expected: Expected) -> Iterator[Reason]:
    for port, rate in lost(before, sample).items():
        if rate > limits.LOST and (port in expected.ports or "ports" not in expected.tells):
            detail = f"{port} drops or damages {rate:.0f} frames a second"
            yield Reason("WATCH-ERRORS", "lines", "medium", port, detail)


def _load(seen: Observation) -> Iterator[Reason]:
    if seen.cpu is not None and seen.cpu > limits.BUSY:
        yield Reason("WATCH-CPU", "reachability", "low", "", f"{seen.cpu:.0%} of the processors are busy")
    if seen.memory is not None and seen.memory > limits.BUSY:
        yield Reason("WATCH-MEMORY", "reachability", "low", "", f"{seen.memory:.0%} of the memory is in use")


def _clock(seen: Observation) -> Iterator[Reason]:
    clock = seen.clock
    if clock is None:
        return
    if not clock.synchronised:
        yield Reason("WATCH-CLOCK", "time", "low", "", "the clock follows no source")
    elif clock.offset is not None and abs(clock.offset) > limits.CLOCK_OFFSET:
        detail = f"{clock.offset * 1000:+.0f} ms off {clock.source}"
        yield Reason("WATCH-CLOCK", "time", "low", clock.source, detail)


def _configuration(seen: Observation, expected: Expected, mate: Mate, drift_lines: int) -> Iterator[Reason]:
    same_kind = mate.platform == expected.platform and seen.version and mate.version
    if same_kind and seen.version != mate.version:
        detail = f"runs {seen.version}, {expected.mate} runs {mate.version}"
        yield Reason("WATCH-VERSION", "configuration", "low", expected.mate, detail)
    if drift_lines:
        differ = "1 line differs" if drift_lines == 1 else f"{drift_lines} lines differ"
        detail = f"{differ} from what is declared"
        yield Reason("WATCH-DRIFT", "configuration", "low", "", detail)


def _by_router(health: Health) -> dict[tuple[int, int], VrrpStatus]:
    return {(status.vrid, status.family): status for status in health.vrrp}


def _absent(there: Iterable[object], wanted: Iterable[object]) -> Severity:
    """How grave a missing one is: where none of its kind is there, what runs them is dead."""
    return "low" if set(there) & set(wanted) else "medium"

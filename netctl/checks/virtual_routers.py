"""Virtual routers (RFC 9568): who forwards for the hosts of a LAN now, and who should."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.model.health import Health, VrrpStatus


def roles_insane(health: Health) -> list[str]:
    """A problem for every virtual router that takes no part."""
    return [
        f"{health.target}: {_name(status)} is in state {status.role}"
        for status in health.vrrp
        if status.role not in {"master", "backup"}
    ]


def missing(expected: Iterable[tuple[str, int, int]], health: Health) -> list[str]:
    """A problem for every expected (port, VRID, family) that the router does not tell of."""
    there = {(status.interface, status.vrid, status.family) for status in health.vrrp}
    return [
        f"{health.target}: virtual router {vrid} v{family} on {port} does not run"
        for port, vrid, family in expected
        if (port, vrid, family) not in there
    ]


def not_moved(member: Health, mate: Health) -> list[str]:
    """A problem for every virtual router of the pair that the drained member still holds, or the mate does not."""
    shared = {(status.vrid, status.family) for status in member.vrrp}
    held = [f"{member.target}: still master of {_name(status)}" for status in member.vrrp if status.role == "master"]
    return held + [
        f"{mate.target}: not master of {_name(status)} but {status.role}"
        for status in mate.vrrp
        if status.role != "master" and (status.vrid, status.family) in shared
    ]


def not_settled(member: Health, mate: Health) -> list[str]:
    """A problem for every virtual router of the pair whose master is not the one with the higher priority."""
    theirs = {(status.vrid, status.family): status for status in mate.vrrp}
    problems = []
    for status in member.vrrp:
        other = theirs.get((status.vrid, status.family))
        if other is None or other.priority == status.priority:
            continue
        wanted, unwanted = ("master", "backup") if status.priority > other.priority else ("backup", "master")
        for router, seen, role in ((member, status, wanted), (mate, other, unwanted)):
            if seen.role != role:
                problems.append(f"{router.target}: {_name(seen)} is {seen.role}, should be {role}")
    return problems


def _name(status: VrrpStatus) -> str:
    return f"virtual router {status.vrid} v{status.family} on {status.interface}"

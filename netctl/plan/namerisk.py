"""What a reviewer should know of zones and name servers. Two of these findings keep a plan from being proposed.

`BEYOND_LIMITS` says that a zone would lose more than the policy lets pass and the plan does not say so, `IMPOSSIBLE`
that a zone may not, or could not, become what is declared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from netctl.model.network import Network
from netctl.model.plan import Finding, Severity, TargetPlan, ZoneAllowance
from netctl.plan.servers import ServerShare
from netctl.plan.zones import ZoneShare, ZoneTargets
from netctl.services.dns.rules.limits import APEX, LimitExceeded
from netctl.zones.data import MADE_BY_SERVER
from netctl.zones.embedded import AAAA, A
from netctl.zones.names import text
from netctl.zones.records import rdata_text

BEYOND_LIMITS: Final = "RISK-DNS-BEYOND-LIMITS"
IMPOSSIBLE: Final = "RISK-DNS-IMPOSSIBLE"

_NAMED = 5  # routers that a finding names
_WORDS = ("deletions", "deleted_percent", "apex_ns")
_MOST = 50  # percent of a zone; who deletes more than that wants two who agree


def obstacles(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of the findings that keep a plan from being proposed."""
    return tuple(finding for finding in findings if finding.code in {BEYOND_LIMITS, IMPOSSIBLE})


def zone_risks(
    network: Network, zones: Sequence[ZoneTargets], allowances: Sequence[ZoneAllowance]
) -> Iterator[Finding]:
    """All findings about zones."""
    words = {text(origin): word for origin, word in needed(zones).items()}
    for zone in zones:
        yield from _of_zone(zone, words)
    yield from _management(network, zones)
    leaving = [zone.leaving for zone in zones if zone.leaving]
    if leaving:
        gone = sum(line.op == "remove" for target in leaving for line in target.diff)
        yield Finding("RISK-DNS-LEAVING", "info", "", f"{gone} record(s) leave before the rest changes")
    for allowance in allowances:
        if allowance.zone not in words:
            said = "the plan may do more to this zone than the policy lets pass, and does not"
            yield Finding("RISK-DNS-ALLOWANCE-UNUSED", "low", "", f"{allowance.zone.rstrip('.') or '.'}: {said}")


def needed(zones: Sequence[ZoneTargets]) -> dict[bytes, str]:
    """What a plan has to say of each zone that is beyond limits in some view, as in ``deletions=250,apex_ns``."""
    most: dict[bytes, dict[str, int]] = {}
    for zone in zones:
        for limit in zone.share.limits:
            word, _, value = limit.needed.partition(": ")
            known = most.setdefault(zone.share.change.origin, {})
            known[word] = max(known.get(word, 0), 0 if value == "true" else int(value))
    return {
        origin: ",".join(word if word == "apex_ns" else f"{word}={known[word]}" for word in _WORDS if word in known)
        for origin, known in most.items()
    }


def _of_zone(zone: ZoneTargets, words: Mapping[str, str]) -> Iterator[Finding]:
    share, name = zone.share, text(zone.share.change.origin)
    if zone.refused:
        yield Finding(IMPOSSIBLE, "high", zone.name, zone.refused)
    if share.fresh and not share.catalog:
        yield Finding("RISK-DNS-ZONE-NEW", "info", zone.name, "the zone comes into being")
    if share.intended.zone.dnssec:
        yield Finding("RISK-DNS-SIGNED", "info", zone.name, "the zone is signed: its server signs anew what changes")
    for limit in share.limits:
        if share.allowed:
            yield Finding(
                "RISK-DNS-LIMIT", _grave(share, limit), zone.name, f"{limit.message}; the plan says that it may"
            )
        else:
            say = f"to mean it, plan with --allow {name.rstrip('.') or '.'}:{words[name]}"
            yield Finding(BEYOND_LIMITS, "high", zone.name, f"{limit.message}; {say}")


def _grave(share: ZoneShare, limit: LimitExceeded) -> Severity:
    """High where the zone's own servers change, or more than half of it goes."""
    held = sum(len(rrset.rdatas) for key, rrset in share.running.rrsets.items() if key[1] not in MADE_BY_SERVER)
    return "high" if limit.rule == APEX or share.change.records_removed * 100 > held * _MOST else "medium"


def _management(network: Network, zones: Sequence[ZoneTargets]) -> Iterator[Finding]:
    """Names of routers' management addresses that go, and do not come back under another name."""
    routers = {device.management_address: device.name for device in network.devices.values()}
    gone = {each for zone in zones for each in _addresses(zone.share.change.removed, routers)}
    come = {each for zone in zones for each in _addresses(zone.share.change.added, routers)}
    lost = sorted(routers[address] for address in gone - come)
    if lost:
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        said = f"the names of management addresses go: of {', '.join(lost[:_NAMED])}{more}"
        yield Finding("RISK-DNS-MANAGEMENT", "medium", "", said)


def _addresses(
    rrsets: Collection[tuple[tuple[bytes, int], tuple[int, tuple[bytes, ...]]]], known: Collection[str]
) -> Iterator[str]:
    for (_, kind), (_, rdatas) in rrsets:
        if kind in {A, AAAA}:
            yield from (address for data in rdatas if (address := rdata_text(kind, data)) in known)


def server_risks(
    servers: Sequence[ServerShare], targets: Sequence[TargetPlan], declared: Mapping[str, int]
) -> Iterator[Finding]:
    """All findings about name servers; `declared` says how many there are of each role."""
    changed = {target.target for target in targets}
    touched = [share for share in servers if share.server.name in changed]
    for share in touched:
        for view, zone in sorted(share.dropped if share.writes else ()):
            said = f"zone {zone} ({view}) is no longer declared: the servers stop serving it"
            yield Finding("RISK-DNS-ZONE-DROPPED", "high", share.server.name, said)
    for role, count in sorted(declared.items()):
        mine = [share.server.name for share in touched if share.server.role == role]
        if mine and count == 1:
            said = f"the network has no other {role}: nobody answers in its place while it changes"
            yield Finding("RISK-DNS-ALONE", "medium", mine[0], said)
        elif role != "secondary" and len(mine) == count > 1:
            yield Finding("RISK-DNS-ALL", "medium", "", f"every {role} changes, one after the other")

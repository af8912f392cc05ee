"""What one plan may do to a zone before it has to say so: the apex's servers, and how much goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from netctl.model.plan import ZoneAllowance
from netctl.services.dns.declared import Limits
from netctl.services.dns.rules.sight import NS, Rule
from netctl.zones import names
from netctl.zones.difference import ZoneDifference

NOBODY = names.wire("invalid")
_FIRST = 2  # records of a zone that was never written: its SOA, and an NS that nobody can ask

APEX, DELETIONS, SHARE = "DNS-LIMIT-APEX-NS", "DNS-LIMIT-DELETIONS", "DNS-LIMIT-SHARE"

RULES: Mapping[str, Rule] = MappingProxyType({
    APEX: Rule("error", "a plan changes a zone's own NS records and does not say so"),
    DELETIONS: Rule("error", "a plan deletes more records than the policy lets pass"),
    SHARE: Rule("error", "a plan deletes a larger share of a zone than the policy lets pass"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an approved plan says of one zone: the limits in force for it, and whether its servers may change."""

    deletions: int
    deleted_percent: int
    apex_ns: bool = False


@dataclass(frozen=True, slots=True)
class LimitExceeded:
    """One limit that a difference is beyond. `needed` is what the plan would have to say, ``deletions: 250``."""

    rule: str
    zone: str
    message: str
    needed: str


def allowance(limits: Limits) -> Allowance:
    """What the policy lets pass in a plan that says nothing."""
    return Allowance(limits.deletions, limits.deleted_percent)


def in_force(limits: Limits, zone: str, given: Sequence[ZoneAllowance]) -> Allowance:
    """What one plan may do to a zone: what the policy lets pass, and what the plan says beyond it."""
    mine = [each for each in given if each.zone == zone]
    return Allowance(
        max((limits.deletions, *(each.deletions for each in mine))),
        max((limits.deleted_percent, *(each.deleted_percent for each in mine))),
        any(each.apex_ns for each in mine),
    )


def exceeded(change: ZoneDifference, running: int, allowed: Allowance) -> Iterator[LimitExceeded]:
    """Every limit that a difference is beyond; `running` is how many records the zone holds now.

    The server that nobody can ask, with which a zone begins on a new primary, may always be replaced, and a zone that
    holds nothing else loses nothing.
    """
    begins = _begins(change)
    if begins and running <= _FIRST:
        return
    zone, gone = names.text(change.origin), change.records_removed - begins
    apex = (change.origin, NS)
    touched = {key for key, _ in (*change.removed, *change.added)} | {each.key for each in change.changed}
    if apex in touched and running and not begins and not allowed.apex_ns:
        yield LimitExceeded(APEX, zone, "the zone's own NS records change", "apex_ns: true")
    if gone > allowed.deletions:
        message = f"{gone} records are deleted, {allowed.deletions} may be"
        yield LimitExceeded(DELETIONS, zone, message, f"deletions: {gone}")
    if running and gone * 100 > allowed.deleted_percent * running:
        percent = -(-gone * 100 // running)
        message = f"{gone} of {running} records are deleted, {percent} %; {allowed.deleted_percent} % may be"
        yield LimitExceeded(SHARE, zone, message, f"deleted_percent: {percent}")


def _begins(change: ZoneDifference) -> bool:
    """True where the zone was never written: its NS record is still the one of `templates/dns/first.zone.j2`."""
    apex = (change.origin, NS)
    return any(before.rdatas == (NOBODY,) for key, before, _ in change.changed if key == apex)

"""Findings that are lived with: by rule, zone and name, with a reason, up to a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from netctl.services.dns.declared import DeclaredDns, Waiver
from netctl.services.dns.rules.sight import Rule, RuleFinding
from netctl.zones import names

EXPIRED, UNUSED = "DNS-WAIVER-EXPIRED", "DNS-WAIVER-UNUSED"

RULES: Mapping[str, Rule] = MappingProxyType({
    EXPIRED: Rule("warning", "a waiver whose day is over; what it waived counts again"),
    UNUSED: Rule("info", "a waiver that no finding needs"),
})  # fmt: skip


def apply(found: Iterable[RuleFinding], declared: DeclaredDns, today: date) -> Iterator[RuleFinding]:
    """The findings, those with a waiver marked, and a finding for each waiver that is over or that nothing needs."""
    waivers = declared.policy.waivers
    index: dict[tuple[str, str], list[Waiver]] = {}
    for waiver in waivers:
        index.setdefault((waiver.rule, names.text(waiver.zone)), []).append(waiver)
    used: set[int] = set()
    for finding in found:
        covering = _covering(finding, index.get((finding.rule, finding.zone), ()))
        used |= {id(waiver) for waiver in covering}
        valid = next((waiver for waiver in covering if today <= waiver.until), None)
        yield finding if valid is None else finding.waive(valid.reason)
    for waiver in waivers:
        if today > waiver.until:
            yield _about(EXPIRED, waiver, declared, f"{waiver.rule} was waived until {waiver.until}: {waiver.reason}")
        elif id(waiver) not in used:
            yield _about(UNUSED, waiver, declared, f"nothing breaks {waiver.rule} here")


def _covering(finding: RuleFinding, waivers: Iterable[Waiver]) -> list[Waiver]:
    return [waiver for waiver in waivers if not waiver.name or names.text(waiver.name) == finding.name]


def _about(rule: str, waiver: Waiver, declared: DeclaredDns, message: str) -> RuleFinding:
    name = names.text(waiver.name or waiver.zone)
    line = declared.places.line(waiver.origin)
    zone, file = names.text(waiver.zone), waiver.origin.file
    return RuleFinding(rule, RULES[rule].severity, "", zone, name, message, "take it out of the policy", file, line)
